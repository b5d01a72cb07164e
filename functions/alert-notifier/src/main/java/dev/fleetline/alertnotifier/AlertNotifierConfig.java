package dev.fleetline.alertnotifier;

import dev.fleetline.lambda.Settings;
import java.net.URI;
import java.time.Duration;

/** What a deployment sets for this function. */
record AlertNotifierConfig(Channels channels, String claimsTable, Links links, URI runbooks) {

    /** Where messages come from and go to. */
    record Channels(String queueUrl, String deadLetterQueueUrl, String alertTopic, String alertEventsTopic) {}

    /** Where links lead, the name of the secret with their key, and how long each counts. */
    record Links(URI desk, String secret, Duration life) {}

    static AlertNotifierConfig from(Settings settings) {
        return new AlertNotifierConfig(
                new Channels(
                        settings.text("QUEUE_URL"),
                        settings.text("DEAD_LETTER_QUEUE_URL"),
                        settings.text("ALERT_TOPIC"),
                        settings.text("ALERT_EVENTS_TOPIC")),
                settings.text("CLAIMS_TABLE"),
                new Links(
                        settings.address("ALERT_DESK_URL"),
                        settings.text("ALERT_LINKS_SECRET"),
                        settings.duration("ALERT_LINK_LIFE", Duration.ofHours(1), Duration.ofDays(14))),
                settings.address("RUNBOOKS_URL"));
    }
}

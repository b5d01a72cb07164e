package dev.fleetline.alertnotifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.lambda.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertNotifierConfigTest {

    private static final Map<String, String> GOOD = Map.of(
            "QUEUE_URL", "http://queue.example.test/alerts",
            "DEAD_LETTER_QUEUE_URL", "http://queue.example.test/dead",
            "ALERT_TOPIC", "arn:aws:sns:us-east-1:000000000000:people",
            "ALERT_EVENTS_TOPIC", "arn:aws:sns:us-east-1:000000000000:machines",
            "CLAIMS_TABLE", "claims",
            "ALERT_DESK_URL", "https://desk.example.test",
            "ALERT_LINKS_SECRET", "fleetline/test/alert-links/key",
            "ALERT_LINK_LIFE", "P3D",
            "RUNBOOKS_URL", "https://runbooks.example.test/fleetline");

    @Test
    void good_settings_are_taken_as_they_are() {
        assertThat(from(GOOD))
                .isEqualTo(new AlertNotifierConfig(
                        new AlertNotifierConfig.Channels(
                                "http://queue.example.test/alerts",
                                "http://queue.example.test/dead",
                                "arn:aws:sns:us-east-1:000000000000:people",
                                "arn:aws:sns:us-east-1:000000000000:machines"),
                        "claims",
                        new AlertNotifierConfig.Links(
                                URI.create("https://desk.example.test"),
                                "fleetline/test/alert-links/key",
                                Duration.ofDays(3)),
                        URI.create("https://runbooks.example.test/fleetline")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "QUEUE_URL",
                "DEAD_LETTER_QUEUE_URL",
                "ALERT_TOPIC",
                "ALERT_EVENTS_TOPIC",
                "CLAIMS_TABLE",
                "ALERT_DESK_URL",
                "ALERT_LINKS_SECRET",
                "ALERT_LINK_LIFE",
                "RUNBOOKS_URL"
            })
    void a_setting_that_is_missing_is_named(String name) {
        assertThatThrownBy(() -> from(with(name, "")))
                .isInstanceOf(Settings.BadSetting.class)
                .hasMessageContaining("setting " + name + " of alert-notifier is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "ALERT_LINK_LIFE, PT59M, is out of bounds",
        "ALERT_LINK_LIFE, P15D, is out of bounds",
        "ALERT_LINK_LIFE, -P1D, is out of bounds",
        "ALERT_LINK_LIFE, three days, is no duration",
        "ALERT_DESK_URL, desk.example.test, is no address",
        "RUNBOOKS_URL, ftp://runbooks.example.test, is no address"
    })
    void a_setting_out_of_bounds_is_refused_by_its_name(String name, String value, String complaint) {
        assertThatThrownBy(() -> from(with(name, value)))
                .isInstanceOf(Settings.BadSetting.class)
                .hasMessageContaining(name)
                .hasMessageContaining(complaint);
    }

    private static AlertNotifierConfig from(Map<String, String> environment) {
        return AlertNotifierConfig.from(new Settings(environment, "alert-notifier"));
    }

    private static Map<String, String> with(String name, String value) {
        var changed = new HashMap<>(GOOD);
        changed.put(name, value);
        return changed;
    }
}

package dev.fleetline.outboxrelay;

import dev.fleetline.lambda.Settings;

/** What a deployment sets for this function. */
record OutboxRelayConfig(String outboxTable, String busName) {

    static OutboxRelayConfig from(Settings settings) {
        return new OutboxRelayConfig(settings.text("OUTBOX_TABLE"), settings.text("BUS_NAME"));
    }
}

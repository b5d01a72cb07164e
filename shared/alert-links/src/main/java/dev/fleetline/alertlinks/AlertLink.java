package dev.fleetline.alertlinks;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What a link lets whoever has it do: one action, on one alert, until a time.
 *
 * @param alertId 32 hexadecimal digits
 * @param until whole seconds; the link counts before this time
 */
public record AlertLink(String alertId, AlertAction action, Instant until) {

    static final String ALERT_ID = "[0-9a-f]{32}";

    public AlertLink {
        requireNonNull(action, "action");
        if (!alertId.matches(ALERT_ID)) {
            throw new IllegalArgumentException("an alert's id has 32 hexadecimal digits");
        }
        until = Instant.ofEpochSecond(until.getEpochSecond());
    }
}

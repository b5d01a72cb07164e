package dev.fleetline.fleetevents;

import java.time.Instant;
import java.util.Optional;

/**
 * The detail of every alert event: enough for a person to act on and for a machine to deduplicate and order.
 *
 * @param sequence counts the changes of one alert; together with {@code alertId} it orders its events
 * @param dedupKey {@code account:subject:condition}, the same for every alert about the same trouble
 * @param since when the condition began, in the device's own time
 * @param occurrences how many readings have held the condition since it began
 * @param summary one plain sentence: what, how bad, since when, likely why, what to do first
 */
public record AlertDetail(
        String eventId,
        String alertId,
        int sequence,
        String dedupKey,
        String status,
        String severity,
        Optional<String> previousSeverity,
        String condition,
        Optional<String> cause,
        Device device,
        Optional<Observed> observed,
        Optional<Threshold> threshold,
        Instant since,
        Optional<Instant> lastSeen,
        int occurrences,
        Optional<String> sweepId,
        String correlationId,
        String summary,
        String runbookUrl) {

    /** The device as it is known when the event is decided. */
    public record Device(
            String imei,
            Optional<String> uid,
            Optional<String> iccid,
            Optional<String> name,
            Optional<String> model,
            Optional<String> group,
            Optional<String> site) {}

    /** The reading that decided. */
    public record Observed(double value, String unit, Instant at, String source) {}

    /** The line that was crossed, where the condition ends, and whose setting it is (fleet, model, device). */
    public record Threshold(double value, double clearAt, String origin) {}
}

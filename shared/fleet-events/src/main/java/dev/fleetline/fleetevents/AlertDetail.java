package dev.fleetline.fleetevents;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The detail of every alert event: enough for a person to act on and for a machine to deduplicate and order.
 *
 * @param sequence counts the changes of one alert; together with {@code alertId} it orders its events
 * @param dedupKey {@code account:subject:condition}, the same for every alert about the same trouble
 * @param subject what it is about, {@code device#<imei>}, {@code site#<name>}, {@code fleet}
 * @param status open, acknowledged, snoozed, resolved or suppressed
 * @param verified whether the carrier was asked and knows no better; absent where nobody has to ask
 * @param device the one that it is about, absent when it is about more than one
 * @param devices those that are lost together, where it is about more than one
 * @param since when the condition began, in the device's own time
 * @param occurrences how many readings have held the condition since it began, or how many devices have it now
 * @param held how many messages about the device were held back since the last one
 * @param flapping whether the condition comes and goes too often to be told each time
 * @param suppressedBy alertId of the wider alert that was told instead
 * @param person who said so, why and until when, where a person did
 * @param summary one plain sentence: what, how bad, since when, likely why, what to do first
 */
public record AlertDetail(
        String eventId,
        String alertId,
        int sequence,
        String dedupKey,
        String subject,
        String status,
        String severity,
        Optional<String> previousSeverity,
        String condition,
        Optional<String> cause,
        Optional<Boolean> verified,
        Optional<Device> device,
        Optional<Devices> devices,
        Optional<Observed> observed,
        Optional<Threshold> threshold,
        Instant since,
        Optional<Instant> lastSeen,
        int occurrences,
        int held,
        boolean flapping,
        Optional<String> suppressedBy,
        Optional<Person> person,
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

    /**
     * Devices that are lost together.
     *
     * @param lost how many of them are, {@code of} so many
     * @param first the IMEIs of the first of them, 50 at most
     */
    public record Devices(int lost, int of, List<String> first) {
        public Devices {
            first = List.copyOf(first);
        }
    }

    /** Who acknowledged, snoozed or resolved it, and why. */
    public record Person(String by, String why, Optional<Instant> until) {}

    /** The reading that decided, or for how many hours nothing came. */
    public record Observed(double value, String unit, Instant at, String source) {}

    /**
     * The line that was crossed, where the condition ends, and whose setting it is (fleet, model, device) or that it was
     * learned from the device itself. What came too late has no value at which it ends: it does when something comes.
     */
    public record Threshold(double value, Optional<Double> clearAt, String origin) {}
}

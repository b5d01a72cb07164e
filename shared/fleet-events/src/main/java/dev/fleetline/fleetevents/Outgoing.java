package dev.fleetline.fleetevents;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One event as it will stand on the bus, already written as JSON.
 *
 * <p>It is encoded where it is decided and stays as it is on its whole way (outbox, relay, bus), so that a relay of
 * another version publishes what was decided and not what it understands of it.
 *
 * @param source {@code fleetline.<module>} of the module that decided it
 * @param time when it was decided
 * @param detail JSON object with {@code schemaVersion} and {@code eventId}
 */
public record Outgoing(String eventId, String source, String detailType, Instant time, String detail) {

    public Outgoing {
        requireNonNull(eventId, "eventId");
        requireNonNull(source, "source");
        requireNonNull(detailType, "detailType");
        requireNonNull(time, "time");
        requireNonNull(detail, "detail");
    }

    /** The event of {@code module} ({@code device-onboarding}), decided at {@code time}. */
    public static Outgoing of(String module, Instant time, FleetEvent event) {
        return new Outgoing(
                event.eventId(), "fleetline." + module, event.detailType(), time, EventJson.detailOf(event));
    }
}

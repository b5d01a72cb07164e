package dev.fleetline.device;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What else is known when a device is judged, besides what is stored of it.
 *
 * @param platformFaults our own: during one, and until it ended, no silence counts, and a gap between wakes that one lies in
 *     says nothing about the device
 * @param carrierSawConnectionAt when the carrier last saw a connection of it, where it was asked
 * @param lineInactive whether the carrier's line state is suspended or deactivated, where it was asked
 */
public record Circumstances(
        List<PlatformFault> platformFaults, Optional<Instant> carrierSawConnectionAt, boolean lineInactive) {

    /** Nothing is known. */
    public static final Circumstances NONE = new Circumstances(List.of(), Optional.empty(), false);

    public Circumstances {
        platformFaults = List.copyOf(platformFaults);
    }

    /** Our own faults, and nobody was asked about the device. */
    public static Circumstances of(List<PlatformFault> faults) {
        return new Circumstances(faults, Optional.empty(), false);
    }

    /** The same, and the carrier was asked. */
    public Circumstances carrierSays(Optional<Instant> sawConnectionAt, boolean isLineInactive) {
        return new Circumstances(platformFaults, sawConnectionAt, isLineInactive);
    }

    /** A time in which reports could not reach us; one that goes on ends now. */
    public record PlatformFault(Instant from, Instant to) {
        boolean overlaps(Instant begin, Instant end) {
            return from.isBefore(end) && to.isAfter(begin);
        }
    }

    /** When the last of our own faults ended. */
    public Optional<Instant> platformFaultEnded() {
        return platformFaults.stream().map(PlatformFault::to).max(Instant::compareTo);
    }
}

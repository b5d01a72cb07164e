package dev.fleetline.device;

import dev.fleetline.device.Finding.Cause;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What else is known when a device is judged, besides what is stored of it.
 *
 * @param platformFaults our own: during one, and until it ended, no silence counts, and a gap between wakes that one lies in
 *     says nothing about the device
 * @param carrier what the carrier says of it, where it was asked
 * @param lossBefore what was found before of its loss, when the carrier may have been asked
 */
public record Circumstances(
        List<PlatformFault> platformFaults, Optional<CarrierView> carrier, Optional<LossBefore> lossBefore) {

    /** Nothing is known. */
    public static final Circumstances NONE = of(List.of());

    public Circumstances {
        platformFaults = List.copyOf(platformFaults);
    }

    /** Our own faults, and nobody was asked about the device. */
    public static Circumstances of(List<PlatformFault> faults) {
        return new Circumstances(faults, Optional.empty(), Optional.empty());
    }

    /** The same, and the carrier was asked. */
    public Circumstances carrierSays(Optional<Instant> sawConnectionAt, boolean isLineInactive) {
        return new Circumstances(
                platformFaults, Optional.of(new CarrierView(sawConnectionAt, isLineInactive)), lossBefore);
    }

    /** The same, and the device was found lost before. */
    public Circumstances lostBefore(Instant since, Cause cause) {
        return new Circumstances(platformFaults, carrier, Optional.of(new LossBefore(since, cause)));
    }

    /**
     * How the carrier sees a device.
     *
     * @param sawConnectionAt when it last saw a connection of it
     * @param lineInactive whether the line's state is suspended or deactivated
     */
    public record CarrierView(Optional<Instant> sawConnectionAt, boolean lineInactive) {}

    /**
     * A loss as it was found before. Of the same silence it says what the carrier said then, while it is not asked again.
     *
     * @param since since when the device was silent
     */
    public record LossBefore(Instant since, Cause cause) {}

    /** A time in which reports could not reach us; one that goes on ends now. */
    public record PlatformFault(Instant from, Instant to) {

        /**
         * Whether it is a fault of this kind when that service of ours is not well: a stream, a realm's token, reports
         * that get lost. A listener ({@code callback/CarrierService}) brings answers to what we ask, and no readings.
         */
        public static boolean isOf(String service) {
            return !service.startsWith("callback/");
        }

        boolean overlaps(Instant begin, Instant end) {
            return from.isBefore(end) && to.isAfter(begin);
        }
    }

    /** When the last of our own faults ended. */
    public Optional<Instant> platformFaultEnded() {
        return platformFaults.stream().map(PlatformFault::to).max(Instant::compareTo);
    }
}

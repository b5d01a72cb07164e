package dev.fleetline.device;

import dev.fleetline.device.Finding.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** From when on a device's silence counts, and how long it may last. */
final class Silence {

    private final Device device;
    private final HealthNumbers numbers;
    private final Circumstances circumstances;
    private Optional<Expected> known = Optional.empty();

    Silence(Device device, HealthNumbers numbers, Circumstances circumstances) {
        this.device = device;
        this.numbers = numbers;
        this.circumstances = circumstances;
    }

    /** Declared for the device, or for its model; else learned from its own wakes; else the fleet's. */
    Expected expected() {
        Expected expected = known.orElseGet(this::concluded);
        known = Optional.of(expected);
        return expected;
    }

    private Expected concluded() {
        double slack = numbers.number(HealthSetting.SLACK_PERCENT);
        String origin = numbers.origin(HealthSetting.REPORTING_INTERVAL);
        Expected declared = Expected.of(numbers.duration(HealthSetting.REPORTING_INTERVAL), slack, origin);
        if (origin.equals("device")) {
            return declared;
        }
        return device.profile()
                .reportingInterval()
                .map(ordered -> Expected.of(ordered, slack, "device"))
                .orElseGet(() -> origin.equals("model")
                        ? declared
                        : device.vitals()
                                .wakes()
                                .interval(
                                        declared,
                                        numbers.number(HealthSetting.LOST_WARNING_INTERVALS),
                                        slack,
                                        circumstances.platformFaults())
                                .map(learned -> Expected.of(learned, slack, "learned"))
                                .orElse(declared));
    }

    /**
     * The later of the last report, of being put back on the network (before which it could not report), and of the end of
     * our own last fault; empty when it never reported.
     */
    Optional<Instant> begins() {
        Instant backSince = device.lifecycle() instanceof Lifecycle.ActiveUnseen(var since) ? since : Instant.MIN;
        return device.vitals().lastSeen().map(seen -> latest(seen, backSince));
    }

    /** From when on the first report is waited for; empty when there was one, or none can come. */
    Optional<Instant> firstAwaitedSince() {
        boolean isAwaited =
                switch (device.lifecycle()) {
                    case Lifecycle.ActiveUnseen _, Lifecycle.InService _, Lifecycle.Drifted _ ->
                        device.vitals().lastSeen().isEmpty();
                    case Lifecycle.Requested _,
                            Lifecycle.Checked _,
                            Lifecycle.Registered _,
                            Lifecycle.Activating _,
                            Lifecycle.Unclear _,
                            Lifecycle.Stuck _,
                            Lifecycle.Parked _,
                            Lifecycle.Suspended _,
                            Lifecycle.Deactivated _,
                            Lifecycle.Rejected _,
                            Lifecycle.Failed _,
                            Lifecycle.Retired _ -> false;
                };
        return isAwaited ? Optional.of(latest(device.lifecycle().since(), Instant.MIN)) : Optional.empty();
    }

    private Instant latest(Instant one, Instant another) {
        Instant later = one.isAfter(another) ? one : another;
        return circumstances
                .platformFaultEnded()
                .filter(end -> end.isAfter(later))
                .orElse(later);
    }

    /** When it is a loss if the silence goes on. */
    Optional<Instant> lostAt(Severity severity) {
        return begins().map(from -> from.plus(expected().silence(numbers.number(intervals(severity)))));
    }

    /** What makes it that bad a loss now. */
    Limit lossLimit(Severity severity, Instant now) {
        Duration lasted = Duration.between(begins().orElse(now), now);
        return new Limit(
                lasted,
                expected().silence(numbers.number(intervals(severity))),
                expected().origin());
    }

    private static HealthSetting intervals(Severity severity) {
        return severity == Severity.CRITICAL
                ? HealthSetting.LOST_CRITICAL_INTERVALS
                : HealthSetting.LOST_WARNING_INTERVALS;
    }

    /** What makes it that badly missed now. */
    Limit neverSeenLimit(Severity severity, Instant now) {
        return limit(Duration.between(firstAwaitedSince().orElse(now), now), neverSeenAfter(severity), numbers);
    }

    private static HealthSetting neverSeenAfter(Severity severity) {
        return severity == Severity.CRITICAL ? HealthSetting.NEVER_SEEN_CRITICAL : HealthSetting.NEVER_SEEN_WARNING;
    }

    /** So long it lasted, against a number that is set. */
    static Limit limit(Duration lasted, HealthSetting allowed, HealthNumbers numbers) {
        return new Limit(lasted, numbers.duration(allowed), numbers.origin(allowed));
    }

    /** When it counts as never seen if there is no report until then. */
    Optional<Instant> neverSeenAt(Severity severity) {
        return firstAwaitedSince().map(from -> from.plus(numbers.duration(neverSeenAfter(severity))));
    }

    /** When a person hears that the carrier is about to put it back by itself. */
    Optional<Instant> resumeToldAt() {
        return device.lifecycle() instanceof Lifecycle.Suspended suspended
                ? suspended.until().map(then -> then.minus(numbers.duration(HealthSetting.RESUME_WARNING)))
                : Optional.empty();
    }

    /** Every moment at which silence, or the lack of a change, makes a difference. */
    List<Instant> moments() {
        Stream<Optional<Instant>> moments = device.lifecycle().isJudged()
                ? Stream.of(
                        lostAt(Severity.WARNING),
                        lostAt(Severity.CRITICAL),
                        neverSeenAt(Severity.WARNING),
                        neverSeenAt(Severity.CRITICAL))
                : Stream.of(resumeToldAt());
        return moments.flatMap(Optional::stream).sorted().toList();
    }
}

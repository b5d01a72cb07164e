package dev.fleetline.device;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long an order is left alone before somebody looks what has become of it, and when a person is told that it takes
 * long. The carrier activates within minutes as a rule, and may take 12 to 24 hours.
 */
public final class Patience {

    /** A step that the queue tries again by itself, and an activation of which nobody knows whether it was sent. */
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    /** Of something that may be over at any moment. */
    public static final Duration SOON = Duration.ofMinutes(10);

    private static final Duration AN_HOUR = Duration.ofHours(1);
    private static final Duration SIX_HOURS = Duration.ofHours(6);
    private static final Duration A_DAY = Duration.ofDays(1);

    /** After the first, a person is told that it takes long; after the second, that it is stuck. */
    private static final Duration[] NOTICES = {AN_HOUR, A_DAY};

    private Patience() {}

    /** When to look first at a device that has just come into this state; empty when it waits for nobody. */
    public static Optional<Instant> firstLook(Lifecycle state) {
        return switch (state) {
            case Lifecycle.Requested _, Lifecycle.Checked _, Lifecycle.Registered _, Lifecycle.Unclear _ ->
                Optional.of(state.since().plus(HALF_AN_HOUR));
            case Lifecycle.Activating activating ->
                Optional.of(activating.since().plus(SOON));
            case Lifecycle.Stuck stuck -> Optional.of(stuck.since().plus(SIX_HOURS));
            case Lifecycle.Parked(var _, var until, var since) -> Optional.of(until.orElseGet(() -> since.plus(A_DAY)));
            case Lifecycle.Suspended suspended -> suspended.until();
            case Lifecycle.ActiveUnseen _,
                    Lifecycle.InService _,
                    Lifecycle.Deactivated _,
                    Lifecycle.Drifted _,
                    Lifecycle.Rejected _,
                    Lifecycle.Failed _,
                    Lifecycle.Retired _ -> Optional.empty();
        };
    }

    /**
     * When to look again at a device that was looked at now and still waits: the older its order, the less often. What is
     * in the queue has been sent there again; what is parked moves by itself on its day only.
     */
    public static Instant nextLook(Device device, Instant now) {
        return switch (device.lifecycle()) {
            case Lifecycle.Requested _, Lifecycle.Checked _, Lifecycle.Registered _ ->
                notLaterThanNotice(device, now, SIX_HOURS);
            case Lifecycle.Parked _ -> now.plus(A_DAY);
            case Lifecycle.Suspended _ -> now.plus(SIX_HOURS);
            case Lifecycle.Activating _,
                    Lifecycle.Unclear _,
                    Lifecycle.Stuck _,
                    Lifecycle.ActiveUnseen _,
                    Lifecycle.InService _,
                    Lifecycle.Deactivated _,
                    Lifecycle.Drifted _,
                    Lifecycle.Rejected _,
                    Lifecycle.Failed _,
                    Lifecycle.Retired _ -> {
                Duration age = Duration.between(countedFrom(device), now);
                yield notLaterThanNotice(
                        device,
                        now,
                        age.compareTo(AN_HOUR) < 0 ? SOON : age.compareTo(A_DAY) < 0 ? AN_HOUR : SIX_HOURS);
            }
        };
    }

    private static Instant notLaterThanNotice(Device device, Instant now, Duration pause) {
        Instant next = now.plus(pause);
        return nextNotice(device)
                .filter(notice -> notice.isAfter(now) && notice.isBefore(next))
                .orElse(next);
    }

    /** How many notices a person should have had by now of an order that is still open: one after an hour, the second after a day. */
    public static int noticesDue(Device device, Instant now) {
        int due = 0;
        for (Duration notice : NOTICES) {
            if (!countedFrom(device).plus(notice).isAfter(now)) {
                due++;
            }
        }
        return due;
    }

    /** True when an order has been open for so long that the carrier cannot be expected to end it any more. */
    public static boolean isOver(Device device, Instant now) {
        return noticesDue(device, now) == NOTICES.length;
    }

    /** The carrier's time begins when it has accepted the activation, however long the order lay with us before. */
    private static Instant countedFrom(Device device) {
        return device.lifecycle() instanceof Lifecycle.Activating(var accepted, var since) && accepted
                ? since
                : device.progress().orderedAt();
    }

    private static Optional<Instant> nextNotice(Device device) {
        int told = device.progress().told();
        return told < NOTICES.length ? Optional.of(countedFrom(device).plus(NOTICES[told])) : Optional.empty();
    }
}

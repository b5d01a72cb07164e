package dev.fleetline.onboardingreconciler;

import dev.fleetline.device.Consequences.HistoryEntry;
import dev.fleetline.device.Device;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.fleetevents.FleetEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** What a person may decide about an order that no rule decides, and what comes of it. */
final class HandRules {

    private static final String ON_ITS_WAY = "the order is under way and goes on by itself";

    private final int lineActionsPerDay;

    /** {@code lineActionsPerDay} is how often one line may be activated on a day of UTC. */
    HandRules(int lineActionsPerDay) {
        this.lineActionsPerDay = lineActionsPerDay;
    }

    /** What comes of a decision. */
    sealed interface Decision {
        /** It is carried out. */
        record Carried(Step step) implements Decision {}

        /** It is so already, for this reason. */
        record Already(String why) implements Decision {}

        /** It may not be, for this reason. */
        record Refused(String why) implements Decision {}
    }

    /**
     * The order is sent once more, because the person knows that the carrier does nothing about it. Whoever sends it looks
     * at the carrier first, so one that is active or pending by then is not activated again.
     */
    Decision release(Device device, Person person, Instant now) {
        return switch (device.lifecycle()) {
            case Lifecycle.Parked parked -> released(device, parked.released(now), person, now);
            case Lifecycle.Unclear unclear -> released(device, unclear.notDone(now), person, now);
            case Lifecycle.Stuck stuck -> released(device, stuck.released(now), person, now);
            case Lifecycle.Requested _, Lifecycle.Checked _, Lifecycle.Registered _, Lifecycle.Activating _ ->
                new Decision.Already(ON_ITS_WAY);
            case Lifecycle.ActiveUnseen _, Lifecycle.InService _ -> new Decision.Already("the device is active");
            case Lifecycle.Suspended _ ->
                new Decision.Refused("the device was active, and its line is suspended: have the line restored");
            case Lifecycle.Rejected _,
                    Lifecycle.Failed _,
                    Lifecycle.Deactivated _,
                    Lifecycle.Drifted _,
                    Lifecycle.Retired _ ->
                new Decision.Refused("the order is over: order the device again, under another order id");
        };
    }

    private Decision released(Device device, Lifecycle.Registered registered, Person person, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        if (device.progress().spent().on(today) >= lineActionsPerDay) {
            return new Decision.Refused("the line has had its " + lineActionsPerDay
                    + " actions of today: it may be sent again when the day of UTC has ended");
        }
        return carried(device, registered, person, now, ReconcilerEvents.requested(device));
    }

    /** Nobody looks at a retired device any more, so its line must not cost: what the carrier shows of it decides. */
    Decision retire(Device device, Sight sight, Person person, Instant now) {
        return switch (device.lifecycle()) {
            case Lifecycle.Parked parked -> retired(device, parked.retired(now), sight, person, now);
            case Lifecycle.Unclear unclear -> retired(device, unclear.retired(now), sight, person, now);
            case Lifecycle.Stuck stuck -> retired(device, stuck.retired(now), sight, person, now);
            case Lifecycle.Rejected rejected -> retired(device, rejected.retired(now), sight, person, now);
            case Lifecycle.Failed failed -> retired(device, failed.retired(now), sight, person, now);
            case Lifecycle.Deactivated off -> retired(device, off.retired(now), sight, person, now);
            case Lifecycle.Drifted drifted -> retired(device, drifted.retired(now), sight, person, now);
            case Lifecycle.Retired _ -> new Decision.Already("the device is retired");
            case Lifecycle.Requested _, Lifecycle.Checked _, Lifecycle.Registered _, Lifecycle.Activating _ ->
                new Decision.Refused(ON_ITS_WAY + ": retire it when it has ended, or has become STUCK");
            case Lifecycle.ActiveUnseen _, Lifecycle.InService _, Lifecycle.Suspended _ ->
                new Decision.Refused("its line is in use: deactivate it on the platform, and retire the device in the "
                        + "night after, when it is DEACTIVATED here");
        };
    }

    private static Decision retired(Device device, Lifecycle.Retired retired, Sight sight, Person person, Instant now) {
        boolean isOff =
                switch (sight.ofLine(device.order().iccid())) {
                    case Sight.Missing _ -> true;
                    case Sight.Unanswered _ -> false;
                    case Sight.Seen(var line, var _) ->
                        switch (line.state()) {
                            case NOT_ACTIVE, DEACTIVATED -> true;
                            case ACTIVE, PENDING, SUSPENDED, ENDING -> false;
                        };
                };
        return isOff
                ? carried(device, retired, person, now, ReconcilerEvents.retired(device, person, now))
                : new Decision.Refused("the carrier " + sight.words()
                        + ", and nobody looks at a retired device: retire it when its line is known to be off");
    }

    private static Decision carried(Device device, Lifecycle next, Person person, Instant now, FleetEvent event) {
        return new Decision.Carried(new Step(
                device.in(next),
                Optional.of(new HistoryEntry(now, next.name(), person.by(), person.why())),
                List.of(event)));
    }
}

package dev.fleetline.device;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a device's life with us stands. Each state has methods for its legal moves only, so an illegal one does not
 * compile.
 *
 * <pre>
 * Requested ─► Checked ─► Registered ─► Activating ─► ActiveUnseen ─► InService
 *     │           │        │  ▲   ▲         │ ▲ │           ▲            ▲
 *     ▼           ▼        │  │   │         ▼ │ └─► Stuck ──┤            │ a report from
 *  Rejected     Failed ◄───┤  │   └─────── Unclear ─────────┴────────────┤ Activating, Unclear,
 *                          ▼  │              │                           │ Stuck, Parked, ActiveUnseen
 *                        Parked ◄────────────┘ ─────────────────────────►┘
 *
 * ActiveUnseen, InService, Drifted ─► Suspended ─► ActiveUnseen
 * ActiveUnseen, InService, Suspended, Drifted ─► Deactivated
 * ActiveUnseen, InService, Suspended, Deactivated ─► Drifted ─► ActiveUnseen or InService
 * Deactivated, Rejected, Failed, Parked, Drifted ─► Retired
 * Rejected, Failed, Deactivated, Drifted, Retired ─► Requested, by another order
 * </pre>
 *
 * Activating, Unclear, Stuck and Parked may also fail. A report from the device is the best proof there is.
 */
public sealed interface Lifecycle {

    /** Since when the device is in this state. */
    Instant since();

    /** The state's name as it is stored and shown, {@code IN_SERVICE}. */
    String name();

    /** True when the device should be reporting, so that its silence means something. */
    default boolean isJudged() {
        return false;
    }

    /** True when an order is under way: it has not ended, and somebody must see to it that it does. */
    default boolean isOrderOpen() {
        return false;
    }

    /** True when no other device can be ordered with its SIM; one that has come to its end has let go of it. */
    default boolean isSimHeld() {
        return true;
    }

    /** Ordered, nothing done yet. */
    record Requested(Instant since) implements Lifecycle {
        public Checked checked(Instant at) {
            return new Checked(at);
        }

        public Rejected rejected(List<String> faults, Instant at) {
            return new Rejected(faults, at);
        }

        public Failed failed(Failure failure, Instant at) {
            return new Failed(failure, at);
        }

        /** The carrier has it already, from an earlier try or by hand. */
        public Registered registered(Instant at) {
            return new Registered(at);
        }

        @Override
        public boolean isOrderOpen() {
            return true;
        }

        @Override
        public String name() {
            return "REQUESTED";
        }
    }

    /** The ids are good and the carrier was asked: it does not have the device yet. */
    record Checked(Instant since) implements Lifecycle {
        public Registered registered(Instant at) {
            return new Registered(at);
        }

        public Failed failed(Failure failure, Instant at) {
            return new Failed(failure, at);
        }

        @Override
        public boolean isOrderOpen() {
            return true;
        }

        @Override
        public String name() {
            return "CHECKED";
        }
    }

    /** The carrier has the device; it is not active, and no activation of this order is on its way. */
    record Registered(Instant since) implements Lifecycle {
        /** To be stored before the call: whoever finds it later knows that a call may have been made. */
        public Activating activating(Instant at) {
            return new Activating(false, at);
        }

        /** The carrier says that it is active already. */
        public ActiveUnseen active(Instant at) {
            return new ActiveUnseen(at);
        }

        public Failed failed(Failure failure, Instant at) {
            return new Failed(failure, at);
        }

        /** It may not be activated now. */
        public Parked parked(String reason, Optional<Instant> until, Instant at) {
            return new Parked(reason, until, at);
        }

        @Override
        public boolean isOrderOpen() {
            return true;
        }

        @Override
        public String name() {
            return "REGISTERED";
        }
    }

    /**
     * The one activation of this order is on its way.
     *
     * @param accepted whether the carrier is known to have accepted it; while it is not, the call may or may not have
     *     been made, and it must not be made again
     */
    record Activating(boolean accepted, Instant since) implements Lifecycle {
        public Activating wasAccepted() {
            return new Activating(true, since);
        }

        public ActiveUnseen active(Instant at) {
            return new ActiveUnseen(at);
        }

        /** Nobody knows whether the carrier got the activation. */
        public Unclear unclear(Instant at) {
            return new Unclear(at);
        }

        public InService reported(Instant at) {
            return new InService(at);
        }

        /** Known not to have been sent, so it may be sent later. */
        public Registered notSent(Instant at) {
            return new Registered(at);
        }

        /** It takes longer than anything that the carrier has been seen to take. */
        public Stuck stuck(Instant at) {
            return new Stuck(at);
        }

        public Failed failed(Failure failure, Instant at) {
            return new Failed(failure, at);
        }

        @Override
        public boolean isOrderOpen() {
            return true;
        }

        @Override
        public String name() {
            return "ACTIVATING";
        }
    }

    /** The answer to the activation is not known; it waits for a look at the carrier and is not sent again blindly. */
    record Unclear(Instant since) implements Lifecycle {
        /** The carrier got it after all. */
        public Activating accepted(Instant at) {
            return new Activating(true, at);
        }

        public ActiveUnseen active(Instant at) {
            return new ActiveUnseen(at);
        }

        public InService reported(Instant at) {
            return new InService(at);
        }

        /** The carrier's record shows that nothing was done, so it may be sent. */
        public Registered notDone(Instant at) {
            return new Registered(at);
        }

        /** It may not be sent again, or not now. */
        public Parked parked(String reason, Optional<Instant> until, Instant at) {
            return new Parked(reason, until, at);
        }

        public Failed failed(Failure failure, Instant at) {
            return new Failed(failure, at);
        }

        @Override
        public boolean isOrderOpen() {
            return true;
        }

        @Override
        public String name() {
            return "UNCLEAR";
        }
    }

    /** Accepted more than a day ago, and still not active. A person was told; it is looked at on. */
    record Stuck(Instant since) implements Lifecycle {
        public ActiveUnseen active(Instant at) {
            return new ActiveUnseen(at);
        }

        public InService reported(Instant at) {
            return new InService(at);
        }

        public Failed failed(Failure failure, Instant at) {
            return new Failed(failure, at);
        }

        @Override
        public boolean isOrderOpen() {
            return true;
        }

        @Override
        public String name() {
            return "STUCK";
        }
    }

    /**
     * Not sent on, so that nobody pays twice. A person was told.
     *
     * @param reason a code: {@code LINE_BUDGET}, {@code UNCLEAR}
     * @param until when it goes on by itself; without, a person decides
     */
    record Parked(String reason, Optional<Instant> until, Instant since) implements Lifecycle {
        /** It may be activated now. */
        public Registered released(Instant at) {
            return new Registered(at);
        }

        public ActiveUnseen active(Instant at) {
            return new ActiveUnseen(at);
        }

        public InService reported(Instant at) {
            return new InService(at);
        }

        public Failed failed(Failure failure, Instant at) {
            return new Failed(failure, at);
        }

        /** Nobody wants it any more. */
        public Retired retired(Instant at) {
            return new Retired(at);
        }

        @Override
        public boolean isOrderOpen() {
            return true;
        }

        @Override
        public String name() {
            return "PARKED";
        }
    }

    /** Active by the carrier's word; not one report since. */
    record ActiveUnseen(Instant since) implements Lifecycle {
        public InService reported(Instant at) {
            return new InService(at);
        }

        public Suspended suspended(Optional<Instant> until, boolean asked, Instant at) {
            return new Suspended(until, asked, at);
        }

        public Deactivated deactivated(boolean asked, Instant at) {
            return new Deactivated(asked, at);
        }

        public Drifted drifted(String how, Instant at) {
            return new Drifted(how, false, at);
        }

        @Override
        public boolean isJudged() {
            return true;
        }

        @Override
        public String name() {
            return "ACTIVE_UNSEEN";
        }
    }

    /** It has reported. */
    record InService(Instant since) implements Lifecycle {
        /** A report that was received earlier than what was taken for the first. */
        public InService reported(Instant at) {
            return at.isBefore(since) ? new InService(at) : this;
        }

        public Suspended suspended(Optional<Instant> until, boolean asked, Instant at) {
            return new Suspended(until, asked, at);
        }

        public Deactivated deactivated(boolean asked, Instant at) {
            return new Deactivated(asked, at);
        }

        public Drifted drifted(String how, Instant at) {
            return new Drifted(how, true, at);
        }

        @Override
        public boolean isJudged() {
            return true;
        }

        @Override
        public String name() {
            return "IN_SERVICE";
        }
    }

    /**
     * Taken off the network for a while: it cannot report. When we asked for that, its silence means nothing.
     *
     * @param until when the carrier will put it back by itself, where it said so
     * @param asked whether we asked for it
     */
    record Suspended(Optional<Instant> until, boolean asked, Instant since) implements Lifecycle {
        /** As we asked for. */
        public Suspended(Optional<Instant> until, Instant since) {
            this(until, true, since);
        }

        public Suspended until(Instant resumed) {
            return new Suspended(Optional.of(resumed), asked, since);
        }

        /** The carrier says that we asked for it, after somebody had found it so. */
        public Suspended wasAsked() {
            return new Suspended(until, true, since);
        }

        /** On the network again; a report will show that it works. */
        public ActiveUnseen restored(Instant at) {
            return new ActiveUnseen(at);
        }

        public Deactivated deactivated(boolean asked, Instant at) {
            return new Deactivated(asked, at);
        }

        public Drifted drifted(String how, Instant at) {
            return new Drifted(how, false, at);
        }

        @Override
        public boolean isJudged() {
            return !asked;
        }

        @Override
        public String name() {
            return "SUSPENDED";
        }
    }

    /**
     * Taken off the network for good; a new order starts again.
     *
     * @param asked whether we asked for it
     */
    record Deactivated(boolean asked, Instant since) implements Lifecycle {
        /** As we asked for. */
        public Deactivated(Instant since) {
            this(true, since);
        }

        /** The carrier says that we asked for it, after somebody had found it so. */
        public Deactivated wasAsked() {
            return new Deactivated(true, since);
        }

        public Requested requested(Instant at) {
            return new Requested(at);
        }

        public Drifted drifted(String how, Instant at) {
            return new Drifted(how, false, at);
        }

        public Retired retired(Instant at) {
            return new Retired(at);
        }

        @Override
        public boolean isJudged() {
            return !asked;
        }

        @Override
        public String name() {
            return "DEACTIVATED";
        }
    }

    /**
     * What the carrier holds of it is not what we hold, and nothing says who is right. It is judged on.
     *
     * @param how a code: {@code OTHER_SIM}, {@code MISSING}, {@code ACTIVE}
     * @param seen whether it had reported before
     */
    record Drifted(String how, boolean seen, Instant since) implements Lifecycle {
        /** The carrier holds what we hold again. */
        public Lifecycle settled(Instant at) {
            return seen ? new InService(at) : new ActiveUnseen(at);
        }

        /** Another order is to put it right. */
        public Requested requested(Instant at) {
            return new Requested(at);
        }

        /** It differs in another way now. */
        public Drifted drifted(String next, Instant at) {
            return next.equals(how) ? this : new Drifted(next, seen, at);
        }

        public Suspended suspended(Optional<Instant> until, boolean asked, Instant at) {
            return new Suspended(until, asked, at);
        }

        public Deactivated deactivated(boolean asked, Instant at) {
            return new Deactivated(asked, at);
        }

        public Retired retired(Instant at) {
            return new Retired(at);
        }

        @Override
        public boolean isJudged() {
            return true;
        }

        @Override
        public String name() {
            return "DRIFTED";
        }
    }

    /** The order broke a rule of ours before anything reached the carrier; a corrected order starts again. */
    record Rejected(List<String> faults, Instant since) implements Lifecycle {
        public Rejected {
            faults = List.copyOf(faults);
        }

        public Requested requested(Instant at) {
            return new Requested(at);
        }

        public Retired retired(Instant at) {
            return new Retired(at);
        }

        @Override
        public boolean isSimHeld() {
            return false;
        }

        @Override
        public String name() {
            return "REJECTED";
        }
    }

    /** Why an order failed: the carrier's code, what it means, and who can mend it. */
    record Failure(String code, String detail, Mender mender) {}

    /** The carrier refused; a corrected order starts again. */
    record Failed(Failure failure, Instant since) implements Lifecycle {
        public Requested requested(Instant at) {
            return new Requested(at);
        }

        public Retired retired(Instant at) {
            return new Retired(at);
        }

        @Override
        public boolean isSimHeld() {
            return false;
        }

        @Override
        public String name() {
            return "FAILED";
        }
    }

    /** Taken out of the fleet; a new order starts again. */
    record Retired(Instant since) implements Lifecycle {
        public Requested requested(Instant at) {
            return new Requested(at);
        }

        @Override
        public boolean isSimHeld() {
            return false;
        }

        @Override
        public String name() {
            return "RETIRED";
        }
    }
}

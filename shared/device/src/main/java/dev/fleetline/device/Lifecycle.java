package dev.fleetline.device;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a device's life with us stands. Each state has methods for its legal moves only, so an illegal one does not
 * compile.
 *
 * <pre>
 * Requested ─► Checked ─► Registered ─► Activating ─► InService
 *     │           │            │            │ ▲            ▲
 *     ▼           ▼            ▼            ▼ │            │
 *  Rejected     Failed       Failed       Unclear ─────────┤
 *                                           │              │
 *                              Activating ─►ActiveUnseen ──┘
 *                                              │   ▲
 *                              InService ─►Suspended ─► Deactivated ◄─ ActiveUnseen, InService
 * </pre>
 *
 * A report from the device is the best proof there is: it moves Activating, Unclear and ActiveUnseen to InService.
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

    /** Ordered, nothing done yet. */
    record Requested(Instant since) implements Lifecycle {
        public Checked checked(Instant at) {
            return new Checked(at);
        }

        public Rejected rejected(List<String> faults, Instant at) {
            return new Rejected(faults, at);
        }

        public Failed failed(String code, String detail, Instant at) {
            return new Failed(code, detail, at);
        }

        /** The carrier has it already, from an earlier try or by hand. */
        public Registered registered(DeviceId uid, Instant at) {
            return new Registered(uid, at);
        }

        @Override
        public String name() {
            return "REQUESTED";
        }
    }

    /** The ids are good and the carrier was asked: it does not have the device yet. */
    record Checked(Instant since) implements Lifecycle {
        public Registered registered(DeviceId uid, Instant at) {
            return new Registered(uid, at);
        }

        public Failed failed(String code, String detail, Instant at) {
            return new Failed(code, detail, at);
        }

        @Override
        public String name() {
            return "CHECKED";
        }
    }

    /** The carrier has the device under this UID; it is not active. */
    record Registered(DeviceId uid, Instant since) implements Lifecycle {
        /** To be stored before the call: whoever finds it later knows that a call may have been made. */
        public Activating activating(Instant at) {
            return new Activating(uid, false, at);
        }

        /** The carrier says that it is active already. */
        public ActiveUnseen active(Instant at) {
            return new ActiveUnseen(uid, at);
        }

        public Failed failed(String code, String detail, Instant at) {
            return new Failed(code, detail, at);
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
    record Activating(DeviceId uid, boolean accepted, Instant since) implements Lifecycle {
        public Activating wasAccepted() {
            return new Activating(uid, true, since);
        }

        public ActiveUnseen active(Instant at) {
            return new ActiveUnseen(uid, at);
        }

        /** Nobody knows whether the carrier got the activation. */
        public Unclear unclear(Instant at) {
            return new Unclear(uid, at);
        }

        public InService reported(Instant at) {
            return new InService(uid, at);
        }

        /** Known not to have been sent, so it may be sent later. */
        public Registered notSent(Instant at) {
            return new Registered(uid, at);
        }

        public Failed failed(String code, String detail, Instant at) {
            return new Failed(code, detail, at);
        }

        @Override
        public String name() {
            return "ACTIVATING";
        }
    }

    /** The answer to the activation is not known; it waits for a look at the carrier and is not sent again blindly. */
    record Unclear(DeviceId uid, Instant since) implements Lifecycle {
        /** The answer arrived after all. */
        public Activating accepted(Instant at) {
            return new Activating(uid, true, at);
        }

        public ActiveUnseen active(Instant at) {
            return new ActiveUnseen(uid, at);
        }

        public InService reported(Instant at) {
            return new InService(uid, at);
        }

        public Failed failed(String code, String detail, Instant at) {
            return new Failed(code, detail, at);
        }

        @Override
        public String name() {
            return "UNCLEAR";
        }
    }

    /** Active by the carrier's word; not one report since. */
    record ActiveUnseen(DeviceId uid, Instant since) implements Lifecycle {
        public InService reported(Instant at) {
            return new InService(uid, at);
        }

        public Suspended suspended(Optional<Instant> until, Instant at) {
            return new Suspended(uid, until, at);
        }

        public Deactivated deactivated(Instant at) {
            return new Deactivated(uid, at);
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
    record InService(DeviceId uid, Instant since) implements Lifecycle {
        /** A report that was received earlier than what was taken for the first. */
        public InService reported(Instant at) {
            return at.isBefore(since) ? new InService(uid, at) : this;
        }

        public Suspended suspended(Optional<Instant> until, Instant at) {
            return new Suspended(uid, until, at);
        }

        public Deactivated deactivated(Instant at) {
            return new Deactivated(uid, at);
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
     * Taken off the network for a while: it cannot report, and its silence means nothing.
     *
     * @param until when the carrier will put it back by itself, where it said so
     */
    record Suspended(DeviceId uid, Optional<Instant> until, Instant since) implements Lifecycle {
        public Suspended until(Instant resumed) {
            return new Suspended(uid, Optional.of(resumed), since);
        }

        /** On the network again; a report will show that it works. */
        public ActiveUnseen restored(Instant at) {
            return new ActiveUnseen(uid, at);
        }

        public Deactivated deactivated(Instant at) {
            return new Deactivated(uid, at);
        }

        @Override
        public String name() {
            return "SUSPENDED";
        }
    }

    /** Taken off the network for good; a new order starts again. */
    record Deactivated(DeviceId uid, Instant since) implements Lifecycle {
        public Requested requested(Instant at) {
            return new Requested(at);
        }

        @Override
        public String name() {
            return "DEACTIVATED";
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

        @Override
        public String name() {
            return "REJECTED";
        }
    }

    /** The carrier refused; a corrected order starts again. */
    record Failed(String code, String detail, Instant since) implements Lifecycle {
        public Requested requested(Instant at) {
            return new Requested(at);
        }

        @Override
        public String name() {
            return "FAILED";
        }
    }
}

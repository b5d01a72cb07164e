package dev.fleetline.carrier;

import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One carrier's platform, as far as bringing devices onto the network needs it. Every call answers; none throws for what
 * a carrier does. None is sent again by itself: whether to ask again is its caller's decision, who keeps the state.
 */
public interface CarrierGateway {

    /** The device as the carrier has it now; Ok with empty when it knows none. */
    CarrierReply<Optional<CarrierDevice>> find(Line line);

    /**
     * Makes the device known to the carrier, which costs nothing yet; AlreadyDone when it is, and then {@link #find}
     * shows it. Refused when the carrier cannot activate this device with this SIM.
     */
    CarrierReply<CarrierDevice> register(NewDevice device);

    /**
     * Activates registered devices: all of them or none. Ok means accepted: whether it worked is said of each device
     * later, or its first report shows it. AlreadyDone only for a single device.
     *
     * @throws IllegalArgumentException for more than {@link #mostAtOnce} devices
     */
    CarrierReply<Acceptance> activate(Activation activation);

    /**
     * Takes a turn for one activation, where the platform lets in only so many in a while. Empty when there was one; else
     * nothing may be sent for so long. Whoever activates takes one before, while there is nothing yet to take back.
     */
    default Optional<Duration> takeTurn() {
        return Optional.empty();
    }

    /** How many devices one activation may have. */
    int mostAtOnce();

    /** What has become of a request that was accepted, for the platform as a whole and not for one of its devices. */
    CarrierReply<Progress> progress(String account, String requestId);

    /**
     * The devices of an account, in pages.
     *
     * @param after where the page begins, as the page before said; empty for the first
     */
    CarrierReply<Page> list(String account, Optional<String> after);

    /**
     * A device and the SIM in it, by which the carrier finds it.
     *
     * @param uid the platform's own id, where the platform gives one and we know it
     */
    record Line(Imei imei, Iccid iccid, String account, Optional<DeviceId> uid) {}

    /** What the carrier calls a line. */
    enum LineState {
        /** Known and not activated. */
        NOT_ACTIVE,
        /** An activation is on its way. */
        PENDING,
        ACTIVE,
        SUSPENDED,
        /** It will be deactivated, and its number be lost, unless somebody prevents it. */
        ENDING,
        DEACTIVATED
    }

    /**
     * A device as the carrier describes it.
     *
     * @param uid the platform's id, on a platform that has one
     * @param iccid the SIM that the carrier has in it, where it says so
     * @param revision changes whenever the carrier's record changes, on a platform that has one
     * @param resumes when a suspended line is put back by itself, where it says so
     * @param document the whole answer as plain maps, for its readings
     */
    record CarrierDevice(
            Optional<DeviceId> uid,
            Optional<Imei> imei,
            Optional<Iccid> iccid,
            LineState state,
            Optional<String> revision,
            Optional<Instant> resumes,
            Map<String, Object> document) {

        /** Whether the carrier calls it ready to work. */
        public boolean active() {
            return state == LineState.ACTIVE;
        }
    }

    /** What is needed to register; the name is for people. */
    record NewDevice(Line line, String name) {}

    /** Devices that are activated alike. */
    record Activation(String account, Optional<String> servicePlan, Optional<String> zip, List<Line> lines) {
        public Activation {
            lines = List.copyOf(lines);
        }
    }

    /** The carrier's word that it will do it, with its own id for the request where it gives one. */
    record Acceptance(Optional<String> requestId) {}

    /** How far a request has come. */
    enum Progress {
        PENDING,
        SUCCEEDED,
        FAILED
    }

    /** Some devices of an account; {@code next} is where the next page begins, empty when this was the last. */
    record Page(List<CarrierDevice> devices, Optional<String> next) {
        public Page {
            devices = List.copyOf(devices);
        }
    }
}

package dev.fleetline.carrier;

import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import java.util.Map;
import java.util.Optional;

/** One carrier's platform, as far as Fleetline needs it. Every call answers; none throws for what a carrier does. */
public interface CarrierGateway {

    /** The device that the carrier knows under this IMEI; Ok with empty when it knows none. */
    CarrierReply<Optional<CarrierDevice>> find(Imei imei);

    /** The device as it is now. Refused with code {@code NOT_FOUND} when there is none. */
    CarrierReply<CarrierDevice> get(DeviceId uid);

    /** Makes the device known to the carrier; AlreadyDone when it is, and then {@link #find} gives its UID. */
    CarrierReply<CarrierDevice> register(NewDevice device);

    /** Activates a registered device. Ok means accepted: that it worked, its first report will say. */
    CarrierReply<Acceptance> activate(DeviceId uid);

    /** Makes a place to which streams can be sent. */
    CarrierReply<String> createTarget(StreamTarget target);

    /** Has a stream sent to a target; AlreadyDone when there is a subscription of that kind. */
    CarrierReply<String> createSubscription(String targetId, String streamKind, String name);

    /**
     * A device as the carrier describes it.
     *
     * @param active whether the carrier calls it ready to work
     * @param document the whole answer as plain maps, for its readings
     */
    record CarrierDevice(DeviceId uid, Optional<Imei> imei, boolean active, Map<String, Object> document) {}

    /** What is needed to register; the name is for people. */
    record NewDevice(Imei imei, Iccid iccid, String name) {}

    /** The carrier's word that it will do it, with its own id for the request where it gives one. */
    record Acceptance(Optional<String> requestId) {}

    /**
     * A receiver of streams.
     *
     * @param key what the carrier shall show us as Authorization; a secret of ours, never the carrier's own token
     */
    record StreamTarget(String name, String address, String key) {
        /** Without the key. */
        @Override
        public String toString() {
            return "StreamTarget[" + name + " at " + address + "]";
        }
    }
}

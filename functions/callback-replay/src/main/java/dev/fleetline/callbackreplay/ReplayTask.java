package dev.fleetline.callbackreplay;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.fleetline.callback.DeviceName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is to be played again, told apart by {@code task}. Each goes on from behind {@code startAfter}, where given. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "task")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ReplayTask.OfDevice.class, name = "device"),
    @JsonSubTypes.Type(value = ReplayTask.OfTime.class, name = "time"),
    @JsonSubTypes.Type(value = ReplayTask.OfReason.class, name = "reason"),
    @JsonSubTypes.Type(value = ReplayTask.Bound.class, name = "bound")
})
sealed interface ReplayTask {

    /**
     * All that is kept of one device.
     *
     * @param device its IMEI, its SIM's ICCID or its id on the platform
     */
    record OfDevice(String device, Optional<String> startAfter) implements ReplayTask {
        public OfDevice {
            if (device == null) {
                throw new IllegalArgumentException("the task needs device: an IMEI, an ICCID or the platform's id");
            }
            var _ = DeviceName.of(device);
        }

        DeviceName name() {
            return DeviceName.of(device);
        }
    }

    /** All that was received from {@code from} on and before {@code to}. */
    record OfTime(String from, String to, Optional<String> startAfter) implements ReplayTask {
        public OfTime {
            if (!time("from", from).isBefore(time("to", to))) {
                throw new IllegalArgumentException("from must be before to");
            }
        }

        Instant begin() {
            return time("from", from);
        }

        Instant end() {
            return time("to", to);
        }

        private static Instant time(String name, String text) {
            try {
                return Instant.parse(text == null ? "" : text);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(name + " must be a time such as 2026-03-02T15:00:00Z", e);
            }
        }
    }

    /** All that is set aside for this reason; {@code UNHANDLED} is the reason of what nobody handled. */
    record OfReason(String reason, Optional<String> startAfter) implements ReplayTask {
        public OfReason {
            if (reason == null || !reason.matches("[A-Z0-9_]{1,100}")) {
                throw new IllegalArgumentException("reason must be a code such as UNKNOWN_DEVICE");
            }
        }
    }

    /** What came before its device was known; {@code event} is the detail of DeviceRegistered. */
    record Bound(Registered event) implements ReplayTask {
        public Bound {
            if (event == null) {
                throw new IllegalArgumentException("the task needs event: see events/schemas/DeviceRegistered.json");
            }
        }
    }

    /** Under which ids a device is known now; not every platform gives it one of its own. */
    record Registered(String imei, String iccid, Optional<String> uid) {
        public Registered {
            if (imei == null || iccid == null) {
                throw new IllegalArgumentException(
                        "DeviceRegistered needs imei and iccid: see events/schemas/DeviceRegistered.json");
            }
            var _ = names(imei, iccid, uid);
        }

        Stream<DeviceName> names() {
            return names(imei, iccid, uid).stream();
        }

        private static List<DeviceName> names(String imei, String iccid, Optional<String> uid) {
            return Stream.concat(Stream.of(imei, iccid), uid.stream())
                    .map(DeviceName::of)
                    .toList();
        }
    }
}

package dev.fleetline.device;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where devices are kept. Every read that decides something is consistent: it sees every write answered before it. */
public interface DeviceRegistry {

    Optional<Device> find(Imei imei);

    /** Whose UID this is. */
    Optional<Imei> whoHas(DeviceId uid);

    /** To which device this SIM is bound; ask the device whether it has it still. */
    Optional<Imei> whoHas(Iccid iccid);

    /**
     * Stores the device if the stored one still has {@code device.version()} (0: none is stored), binds its UID and the
     * SIM that it holds to it, lets go of the SIM that is freed, and stores the consequences: all of it or nothing.
     */
    Saved save(Device device, Consequences consequences);

    /**
     * Devices of one of {@code of} parts of the fleet, in a stable order of the store's own choosing, after {@code
     * startAfter}. Every device is in exactly one part. A device that cannot be read is listed by its key in the page
     * and does not end it.
     */
    Page page(int segment, int of, Optional<Imei> startAfter, int limit);

    /**
     * Devices that somebody has to look at by then, the longest due first; found by an index, which may be a moment
     * behind: read each before you decide.
     */
    List<Imei> waiting(Instant until, int limit);

    /** Devices that must be judged by then though nothing is heard of them ({@link Device#due}); as {@link #waiting}. */
    List<Imei> overdue(Instant until, int limit);

    /**
     * Notes by when the device must be judged next, if the stored one still has {@code device.version()}; that is no change
     * of the device, which keeps its version. False when somebody else stored it since it was read: it keeps the moment that
     * it had, which is looked at once more.
     */
    boolean watch(Device device, Optional<Instant> due);

    /** Some devices of a part of the fleet; {@code next} is where the next page begins, empty when this was the last. */
    record Page(List<Device> devices, List<Unreadable> unreadable, Optional<Imei> next) {
        public Page {
            devices = List.copyOf(devices);
            unreadable = List.copyOf(unreadable);
        }
    }

    /** A stored item that is not a device we can read, by its key (masked) and the reason. */
    record Unreadable(String key, String reason) {}

    /** What came of storing a device. */
    sealed interface Saved {
        /** It is stored, and this is what is stored, with its new version. */
        record Stored(Device device) implements Saved {}

        /** Somebody else stored it since it was read: read and decide again. */
        record Changed() implements Saved {}

        /** An id of it belongs to another device: {@code kind} is {@code uid} or {@code iccid}. */
        record IdTaken(String kind, Imei by) implements Saved {}
    }
}

package dev.fleetline.device;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Everything that Fleetline holds about one device, under its IMEI.
 *
 * @param order the order that brought it here
 * @param version counts its changes; a stored device is replaced only from the version that was read, 0 is not stored
 *     yet
 */
public record Device(
        Imei imei,
        Optional<DeviceId> uid,
        Order order,
        Profile profile,
        Lifecycle lifecycle,
        Vitals vitals,
        long version) {

    public Device {
        requireNonNull(imei, "imei");
        requireNonNull(uid, "uid");
        requireNonNull(order, "order");
        requireNonNull(profile, "profile");
        requireNonNull(lifecycle, "lifecycle");
        requireNonNull(vitals, "vitals");
    }

    /**
     * What was ordered.
     *
     * @param onboardingId the id under which the order was placed; it names the answer, it is not a lock
     * @param carrier which of the carrier's platforms: {@code core} or {@code m2m}
     */
    public record Order(String onboardingId, Iccid iccid, String account, String carrier) {}

    /**
     * How people know the device.
     *
     * @param name may hold what people typed, somebody's address even: never a key, never in a log
     * @param reportingInterval declared by the order, where it was
     * @param cell where it was last heard
     */
    public record Profile(
            Optional<String> name,
            Optional<String> group,
            Optional<String> site,
            Optional<String> model,
            Optional<Duration> reportingInterval,
            Optional<Cell> cell) {

        /** The same device, heard in this cell; an older hearing, or one by another name at the same time, gives way. */
        Profile heardIn(Cell heard) {
            return cell.filter(known -> Cell.OLDEST_FIRST.compare(known, heard) >= 0)
                    .map(_ -> this)
                    .orElseGet(() -> new Profile(name, group, site, model, reportingInterval, Optional.of(heard)));
        }

        /** Without the name. */
        @Override
        public String toString() {
            return "Profile[group=" + group + ", site=" + site + ", model=" + model + "]";
        }
    }

    /** A serving cell as {@code PLMN-CID}, and when the device was heard in it. */
    public record Cell(String id, Instant at) {
        private static final Comparator<Cell> OLDEST_FIRST =
                Comparator.comparing(Cell::at).thenComparing(Cell::id);
    }

    /** A device that was ordered and not stored yet. */
    public static Device requested(Imei imei, Order order, Profile profile, Instant at) {
        return new Device(imei, Optional.empty(), order, profile, new Lifecycle.Requested(at), Vitals.NONE, 0);
    }

    /** The device in its next state; the UID is taken from a state that has one. */
    public Device in(Lifecycle next) {
        Optional<DeviceId> known =
                switch (next) {
                    case Lifecycle.Registered registered -> Optional.of(registered.uid());
                    case Lifecycle.Activating activating -> Optional.of(activating.uid());
                    case Lifecycle.Unclear unclear -> Optional.of(unclear.uid());
                    case Lifecycle.ActiveUnseen active -> Optional.of(active.uid());
                    case Lifecycle.InService inService -> Optional.of(inService.uid());
                    case Lifecycle.Suspended suspended -> Optional.of(suspended.uid());
                    case Lifecycle.Deactivated deactivated -> Optional.of(deactivated.uid());
                    case Lifecycle.Requested _, Lifecycle.Checked _, Lifecycle.Rejected _, Lifecycle.Failed _ -> uid;
                };
        return new Device(imei, known, order, profile, next, vitals, version);
    }

    /** The same device, now that the platform's id of it is known. */
    public Device knownAs(DeviceId id) {
        return new Device(imei, Optional.of(id), order, profile, lifecycle, vitals, version);
    }

    /** The same device with another SIM in it. */
    public Device withSim(Iccid iccid) {
        Order changed = new Order(order.onboardingId(), iccid, order.account(), order.carrier());
        return new Device(imei, uid, changed, profile, lifecycle, vitals, version);
    }

    /** The device under a new order, as when a corrected one follows a rejected one. */
    public Device orderedAgain(Order next, Profile nextProfile, Lifecycle.Requested state) {
        return new Device(imei, uid, next, nextProfile, state, vitals, version);
    }

    /**
     * The device after a report: readings in their windows, last seen, cell, and in service if it was waiting to be
     * seen. Equal to this when the report says nothing new.
     */
    public Device reported(Report report, HealthSettings settings, Instant now) {
        Vitals merged = vitals.with(report, settings);
        Profile seenAt = report.cell()
                .map(cell -> profile.heardIn(new Cell(cell, report.at())))
                .orElse(profile);
        Lifecycle next =
                switch (lifecycle) {
                    case Lifecycle.Activating activating -> activating.reported(now);
                    case Lifecycle.Unclear unclear -> unclear.reported(now);
                    case Lifecycle.ActiveUnseen active -> active.reported(now);
                    case Lifecycle.InService _,
                            Lifecycle.Requested _,
                            Lifecycle.Checked _,
                            Lifecycle.Registered _,
                            Lifecycle.Suspended _,
                            Lifecycle.Deactivated _,
                            Lifecycle.Rejected _,
                            Lifecycle.Failed _ -> lifecycle;
                };
        return new Device(imei, uid, order, seenAt, next, merged, version);
    }

    /** The same device as the store holds it under this version. */
    public Device at(long storedVersion) {
        return new Device(imei, uid, order, profile, lifecycle, vitals, storedVersion);
    }
}

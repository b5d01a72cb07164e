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
 * @param said up to when the carrier's words about it have been heard
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
        Said said,
        long version) {

    public Device {
        requireNonNull(imei, "imei");
        requireNonNull(uid, "uid");
        requireNonNull(order, "order");
        requireNonNull(profile, "profile");
        requireNonNull(lifecycle, "lifecycle");
        requireNonNull(vitals, "vitals");
        requireNonNull(said, "said");
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

    /**
     * When the newest word of the carrier was received that this device has heard, whether or not it changed anything. An
     * older one says nothing any more, so a word that comes late or is played again moves nobody back.
     *
     * @param line about being on the network or off it; empty when the device has come into its state without such a word,
     *     and then only what was received since counts
     * @param sim about the SIM in it; the order that named one is the first such word
     */
    public record Said(Optional<Instant> line, Instant sim) {

        Said ofLine(Optional<Instant> receivedAt) {
            return new Said(receivedAt, sim);
        }
    }

    /** A device that was ordered and not stored yet. */
    public static Device requested(Imei imei, Order order, Profile profile, Instant at) {
        Said nothing = new Said(Optional.empty(), at);
        return new Device(imei, Optional.empty(), order, profile, new Lifecycle.Requested(at), Vitals.NONE, nothing, 0);
    }

    /**
     * The device in its next state, whatever was said of the one before; the UID is taken from a state that has one.
     */
    public Device in(Lifecycle next) {
        return moved(next, said.ofLine(Optional.empty()));
    }

    /** The device after a word about its line, which was received then: in that state, which may be the one it is in. */
    public Device saidToBe(Lifecycle next, Instant receivedAt) {
        return moved(next, said.ofLine(Optional.of(receivedAt)));
    }

    private Device moved(Lifecycle next, Said heard) {
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
        return new Device(imei, known, order, profile, next, vitals, heard, version);
    }

    /** The same device, now that the platform's id of it is known. */
    public Device knownAs(DeviceId id) {
        return new Device(imei, Optional.of(id), order, profile, lifecycle, vitals, said, version);
    }

    /** The same device with this SIM in it, by a word that was received then. */
    public Device withSim(Iccid iccid, Instant receivedAt) {
        Order changed = new Order(order.onboardingId(), iccid, order.account(), order.carrier());
        return new Device(imei, uid, changed, profile, lifecycle, vitals, new Said(said.line(), receivedAt), version);
    }

    /** The device under a new order, as when a corrected one follows a rejected one. */
    public Device orderedAgain(Order next, Profile nextProfile, Lifecycle.Requested state) {
        return new Device(
                imei, uid, next, nextProfile, state, vitals, new Said(Optional.empty(), state.since()), version);
    }

    /** From when on a word about its line counts. */
    public Instant lineSince() {
        return said.line().orElse(lifecycle.since());
    }

    /**
     * The device after a report: readings in their windows, last seen, cell, and in service if it was waiting to be
     * seen. Equal to this when the report says nothing new.
     *
     * <p>In service it is since the first report that was received after the order or the carrier's word, whichever report
     * is applied first. One that was received before the carrier put the device back says nothing about its line.
     */
    public Device reported(Report report, HealthSettings settings, Instant receivedAt) {
        Vitals merged = vitals.with(report, settings);
        Profile seenAt = report.cell()
                .map(cell -> profile.heardIn(new Cell(cell, report.at())))
                .orElse(profile);
        Instant earliest = lifecycle instanceof Lifecycle.InService ? lineSince() : lifecycle.since();
        Instant since = receivedAt.isBefore(earliest) ? earliest : receivedAt;
        boolean isOfBefore = said.line().isPresent() && receivedAt.isBefore(lifecycle.since());
        Lifecycle next =
                switch (lifecycle) {
                    case Lifecycle.Activating activating -> activating.reported(since);
                    case Lifecycle.Unclear unclear -> unclear.reported(since);
                    case Lifecycle.ActiveUnseen active -> isOfBefore ? active : active.reported(since);
                    case Lifecycle.InService inService -> inService.reported(since);
                    case Lifecycle.Requested _,
                            Lifecycle.Checked _,
                            Lifecycle.Registered _,
                            Lifecycle.Suspended _,
                            Lifecycle.Deactivated _,
                            Lifecycle.Rejected _,
                            Lifecycle.Failed _ -> lifecycle;
                };
        Said heard = next.equals(lifecycle) ? said : said.ofLine(Optional.of(lineSince()));
        return new Device(imei, uid, order, seenAt, next, merged, heard, version);
    }

    /** The same device as the store holds it under this version. */
    public Device at(long storedVersion) {
        return new Device(imei, uid, order, profile, lifecycle, vitals, said, storedVersion);
    }
}

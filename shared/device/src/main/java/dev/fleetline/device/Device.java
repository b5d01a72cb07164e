package dev.fleetline.device;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;

/**
 * Everything that Fleetline holds about one device, under its IMEI.
 *
 * @param order the order that brought it here
 * @param said up to when the carrier's words about it have been heard
 * @param progress how its order is getting on
 * @param conflict how its reports name it otherwise, where they did
 * @param messages what people were told about it lately
 * @param due by when it is judged though nothing is heard of it; it may be too early, and then it is moved on
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
        Progress progress,
        Optional<IdentityConflict> conflict,
        Messages messages,
        Optional<Instant> due,
        long version) {

    /** More than an open order is told of. */
    private static final int TOLD_ACTIVE = 3;

    public Device {
        requireNonNull(imei, "imei");
        requireNonNull(uid, "uid");
        requireNonNull(order, "order");
        requireNonNull(profile, "profile");
        requireNonNull(lifecycle, "lifecycle");
        requireNonNull(vitals, "vitals");
        requireNonNull(said, "said");
        requireNonNull(progress, "progress");
        requireNonNull(conflict, "conflict");
        requireNonNull(messages, "messages");
        requireNonNull(due, "due");
    }

    /** One whose reports name it as it was registered, that nobody was told about and nobody looks after. */
    public Device(
            Imei imei,
            Optional<DeviceId> uid,
            Order order,
            Profile profile,
            Lifecycle lifecycle,
            Vitals vitals,
            Said said,
            Progress progress,
            long version) {
        this(
                imei,
                uid,
                order,
                profile,
                lifecycle,
                vitals,
                said,
                progress,
                Optional.empty(),
                Messages.NONE,
                Optional.empty(),
                version);
    }

    /**
     * What was ordered.
     *
     * @param onboardingId the id under which the order was placed; it names the answer, it is not a lock
     * @param carrier which of the carrier's platforms: {@code core} or {@code m2m}
     * @param servicePlan what the line is activated with, where the platform wants one
     * @param zip where the line's number is to be from, where the platform wants it
     */
    public record Order(
            String onboardingId,
            Iccid iccid,
            String account,
            String carrier,
            Optional<String> servicePlan,
            Optional<String> zip) {

        /** Of a platform that wants neither plan nor ZIP. */
        public Order(String onboardingId, Iccid iccid, String account, String carrier) {
            this(onboardingId, iccid, account, carrier, Optional.empty(), Optional.empty());
        }

        /** The same with another SIM in the device. */
        Order with(Iccid sim) {
            return new Order(onboardingId, sim, account, carrier, servicePlan, zip);
        }
    }

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

    /**
     * How an order is getting on.
     *
     * @param orderedAt when it was placed: how long it takes is counted from here
     * @param lookAt when somebody looks what has become of it; empty when nobody has to
     * @param told how many times a person was told that it takes long; of a failed one, whether a person was told that its
     *     line is active all the same ({@link Device#isToldActive}); of one that has been in service, on which day a person
     *     was warned of its end ({@link Device#isWarnedOn})
     * @param unclear how many times nobody knew whether its activation had been sent
     * @param requestId the carrier's own id of the activation that it accepted, where it gives one
     * @param isAlone whether nothing but this device was asked for with that request, so that it fails with it
     * @param revision the carrier's revision of the device before the activation was sent, where it has one
     * @param spent what of the line's budget is used up
     */
    public record Progress(
            Instant orderedAt,
            Optional<Instant> lookAt,
            int told,
            int unclear,
            Optional<String> requestId,
            boolean isAlone,
            Optional<String> revision,
            Spent spent) {

        /** Of an order that was placed then. */
        public static Progress since(Instant orderedAt) {
            return anew(orderedAt, Optional.empty(), Spent.NOTHING);
        }

        private static Progress anew(Instant orderedAt, Optional<Instant> lookAt, Spent spent) {
            return new Progress(orderedAt, lookAt, 0, 0, Optional.empty(), false, Optional.empty(), spent);
        }

        Progress lookedAt(Optional<Instant> next) {
            return new Progress(orderedAt, next, told, unclear, requestId, isAlone, revision, spent);
        }

        Progress told(int times) {
            return new Progress(orderedAt, lookAt, times, unclear, requestId, isAlone, revision, spent);
        }

        Progress unclearAgain() {
            return new Progress(orderedAt, lookAt, told, unclear + 1, requestId, isAlone, revision, spent);
        }

        Progress accepted(Optional<String> request, boolean alone) {
            return new Progress(
                    orderedAt,
                    lookAt,
                    0,
                    unclear,
                    request.or(() -> requestId),
                    request.isPresent() ? alone : isAlone,
                    revision,
                    spent);
        }

        Progress sending(Optional<String> before, LocalDate day) {
            return new Progress(orderedAt, lookAt, told, unclear, Optional.empty(), false, before, spent.oneMore(day));
        }

        Progress notSent() {
            return new Progress(orderedAt, lookAt, told, unclear, Optional.empty(), false, revision, spent.oneLess());
        }
    }

    /**
     * The line actions of a day of UTC: a line may be changed only so often a day.
     *
     * @param actions how many were sent on that day
     */
    public record Spent(LocalDate day, int actions) {

        /** Of a line that was never changed. */
        public static final Spent NOTHING = new Spent(LocalDate.EPOCH, 0);

        /** How many were sent on this day. */
        public int on(LocalDate today) {
            return day.equals(today) ? actions : 0;
        }

        Spent oneMore(LocalDate today) {
            return new Spent(today, on(today) + 1);
        }

        Spent oneLess() {
            return new Spent(day, Math.max(0, actions - 1));
        }
    }

    /** A device that was ordered and not stored yet. */
    public static Device requested(Imei imei, Order order, Profile profile, Instant at) {
        Said nothing = new Said(Optional.empty(), at);
        Lifecycle ordered = new Lifecycle.Requested(at);
        return new Device(
                imei,
                Optional.empty(),
                order,
                profile,
                ordered,
                Vitals.NONE,
                nothing,
                Progress.since(at).lookedAt(Patience.firstLook(ordered)),
                0);
    }

    /** The device in its next state, whatever was said of the one before. */
    public Device in(Lifecycle next) {
        return moved(next, said.ofLine(Optional.empty()));
    }

    /** The same device of which is known that we asked for the state it is in. */
    public Device wasAsked() {
        Lifecycle asked =
                switch (lifecycle) {
                    case Lifecycle.Suspended suspended -> suspended.wasAsked();
                    case Lifecycle.Deactivated deactivated -> deactivated.wasAsked();
                    default -> lifecycle;
                };
        return moved(asked, said);
    }

    /** The device after a word about its line, which was received then: in that state, which may be the one it is in. */
    public Device saidToBe(Lifecycle next, Instant receivedAt) {
        return moved(next, said.ofLine(Optional.of(receivedAt)));
    }

    private Device moved(Lifecycle next, Said heard) {
        Progress waiting = next.equals(lifecycle) ? progress : progress.lookedAt(Patience.firstLook(next));
        boolean isUnclearAgain = next instanceof Lifecycle.Unclear && !(lifecycle instanceof Lifecycle.Unclear);
        Progress counted = isUnclearAgain ? waiting.unclearAgain() : waiting;
        return new Device(
                imei,
                uid,
                order,
                profile,
                next,
                vitals,
                heard,
                counted,
                conflict,
                messages,
                next.equals(lifecycle) ? due : Watch.firstLook(lifecycle, next),
                version);
    }

    /** The same device, now that the platform's id of it is known. */
    public Device knownAs(DeviceId id) {
        return new Device(
                imei,
                Optional.of(id),
                order,
                profile,
                lifecycle,
                vitals,
                said,
                progress,
                conflict,
                messages,
                due,
                version);
    }

    /** The same device with this SIM in it, by a word that was received then. */
    public Device withSim(Iccid iccid, Instant receivedAt) {
        Said heard = new Said(said.line(), receivedAt);
        return new Device(
                imei,
                uid,
                order.with(iccid),
                profile,
                lifecycle,
                vitals,
                heard,
                progress,
                conflict,
                messages,
                due,
                version);
    }

    /** The device under a new order, as when a corrected one follows a rejected one. */
    public Device orderedAgain(Order next, Profile nextProfile, Lifecycle.Requested state) {
        Progress anew = Progress.anew(state.since(), Patience.firstLook(state), progress.spent());
        return new Device(
                imei,
                uid,
                next,
                nextProfile,
                state,
                vitals,
                new Said(Optional.empty(), state.since()),
                anew,
                Optional.empty(),
                messages,
                Watch.firstLook(lifecycle, state),
                version);
    }

    /**
     * The device whose one activation is about to be sent. An action of its line is counted, whatever becomes of it.
     *
     * @param revision the carrier's revision of it before, where it has one
     */
    public Device activating(Lifecycle.Activating next, Optional<String> revision) {
        LocalDate day = LocalDate.ofInstant(next.since(), ZoneOffset.UTC);
        return in(next).with(progress.sending(revision, day).lookedAt(Patience.firstLook(next)));
    }

    /**
     * The device whose activation the carrier has accepted, under its own id for the request where it gives one. Its time
     * is counted from now on, and so is what a person is told of it.
     *
     * @param isAlone whether that request was for this device alone
     */
    public Device accepted(Lifecycle.Activating next, Optional<String> requestId, boolean isAlone) {
        Device moved = in(next);
        return moved.with(moved.progress.accepted(requestId, isAlone));
    }

    /** The device whose activation is known not to have been sent: the line has its action back. */
    public Device notSent(Lifecycle.Registered next) {
        Device moved = in(next);
        return moved.with(moved.progress.notSent());
    }

    /** The device that was looked at and still waits; a person was told so many times. */
    public Device waitsOn(Instant nextLook, int told) {
        return with(progress.lookedAt(Optional.of(nextLook)).told(told));
    }

    /** Whether a person was told that the line is active though the order failed, and it has been so since. */
    public boolean isToldActive() {
        return lifecycle instanceof Lifecycle.Failed && progress.told() == TOLD_ACTIVE;
    }

    /** The failed device of which a person was told that its line is active, or whose line is not active any more. */
    public Device toldActive(boolean isActive) {
        return with(progress.told(isActive ? TOLD_ACTIVE : 0));
    }

    /** Whether a person was warned on that day of UTC that the line is about to be deactivated. */
    public boolean isWarnedOn(LocalDate day) {
        return progress.told() == day.toEpochDay();
    }

    /** The device in service of which a person is warned on that day of UTC that its line is about to be deactivated. */
    public Device warnedOn(LocalDate day) {
        return with(progress.told(Math.toIntExact(day.toEpochDay())));
    }

    private Device with(Progress next) {
        return new Device(imei, uid, order, profile, lifecycle, vitals, said, next, conflict, messages, due, version);
    }

    /** The SIM that no other device can be ordered with because of this one; empty once this one has come to its end. */
    public Optional<Iccid> heldSim() {
        return Optional.of(order.iccid()).filter(_ -> lifecycle.isSimHeld());
    }

    /** The SIM that the device held before, and holds no longer: to be let go of where this is stored. */
    public Optional<Iccid> simFreedSince(Device before) {
        return before.heldSim().filter(sim -> !heldSim().equals(Optional.of(sim)));
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
        Device named = named(report, receivedAt);
        return (report.isDocument() ? vitals.newsIn(report) : Optional.of(report))
                .map(news -> named.merged(news, settings, receivedAt))
                .orElse(named);
    }

    private Device named(Report report, Instant receivedAt) {
        return IdentityConflict.between(this, report, receivedAt)
                .map(found ->
                        with(Optional.of(conflict.map(known -> known.and(found)).orElse(found))))
                .orElse(this);
    }

    /** The device of which a person has said that it may be named as it is. */
    public Device conflictSettled() {
        return with(conflict.map(IdentityConflict::settle));
    }

    private Device with(Optional<IdentityConflict> next) {
        return new Device(imei, uid, order, profile, lifecycle, vitals, said, progress, next, messages, due, version);
    }

    private Device merged(Report report, HealthSettings settings, Instant receivedAt) {
        Vitals merged = vitals.with(report, settings.of(this));
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
                    case Lifecycle.Stuck stuck -> stuck.reported(since);
                    case Lifecycle.Parked parked -> parked.reported(since);
                    case Lifecycle.ActiveUnseen active -> isOfBefore ? active : active.reported(since);
                    case Lifecycle.InService inService -> inService.reported(since);
                    case Lifecycle.Requested _,
                            Lifecycle.Checked _,
                            Lifecycle.Registered _,
                            Lifecycle.Suspended _,
                            Lifecycle.Deactivated _,
                            Lifecycle.Drifted _,
                            Lifecycle.Rejected _,
                            Lifecycle.Failed _,
                            Lifecycle.Retired _ -> lifecycle;
                };
        boolean isMoved = !next.equals(lifecycle);
        Said heard = isMoved ? said.ofLine(Optional.of(lineSince())) : said;
        Progress waiting = isMoved ? progress.lookedAt(Patience.firstLook(next)) : progress;
        Device after =
                new Device(imei, uid, order, seenAt, next, merged, heard, waiting, conflict, messages, due, version);
        return after.dueAt(Watch.dueAfter(this, after, new Health(settings)));
    }

    /** The same device after people were told something about it, or were not. */
    public Device with(Messages counted) {
        return new Device(
                imei, uid, order, profile, lifecycle, vitals, said, progress, conflict, counted, due, version);
    }

    /** The same device, to be judged by then though nothing is heard of it. */
    public Device dueAt(Optional<Instant> next) {
        return new Device(
                imei, uid, order, profile, lifecycle, vitals, said, progress, conflict, messages, next, version);
    }

    /** The same device as the store holds it under this version. */
    public Device at(long storedVersion) {
        return new Device(
                imei, uid, order, profile, lifecycle, vitals, said, progress, conflict, messages, due, storedVersion);
    }
}

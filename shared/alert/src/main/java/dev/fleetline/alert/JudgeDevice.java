package dev.fleetline.alert;

import dev.fleetline.alert.Alert.Suppressor;
import dev.fleetline.alert.AlertBook.Basis;
import dev.fleetline.alert.AlertBook.Written;
import dev.fleetline.alert.AlertEvents.Because;
import dev.fleetline.alert.AlertLife.Step;
import dev.fleetline.alert.Occurrence.Found;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Finding;
import dev.fleetline.device.Health;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Messages;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.FleetEvent;
import dev.fleetline.fleetevents.Outgoing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges the stored device and moves its alerts on.
 *
 * <p>Each change of an alert is one transaction with the device's version and the events that tell it; when anything
 * has changed in between, the device is read and judged again. A message that counts for the cap is counted on the device
 * in the same transaction. Running it twice changes nothing the second time, so a crash at any point is mended by running
 * it again.
 */
public final class JudgeDevice {

    /** A device that changes under our hands this often in a row is left for the next occasion. */
    private static final int TRIES = 10;

    private final DeviceRegistry devices;
    private final AlertBook alerts;
    private final Health health;
    private final Announcer announcer;
    private final AlertEvents events;
    private final String module;
    private final InstantSource clock;

    /** {@code module} is the function that judges, for the events' source; {@code runbooks} the runbooks' address. */
    public JudgeDevice(
            DeviceRegistry devices,
            AlertBook alerts,
            Health health,
            Announcer announcer,
            String module,
            String runbooks,
            InstantSource clock) {
        this.devices = devices;
        this.alerts = alerts;
        this.health = health;
        this.announcer = announcer;
        this.events = new AlertEvents(runbooks);
        this.module = module;
        this.clock = clock;
    }

    /**
     * What a judgement did to the device's alerts; each that was open before or is now is counted once.
     *
     * @param suppressed begun, and kept under a wider alert
     */
    public record Judged(int raised, int still, int worse, int better, int cleared, int suppressed) {
        /** Of a device that is not judged. */
        public static final Judged NOTHING = new Judged(0, 0, 0, 0, 0);

        /** With nothing under a wider alert. */
        public Judged(int raised, int still, int worse, int better, int cleared) {
            this(raised, still, worse, better, cleared, 0);
        }

        public Judged plus(Judged other) {
            return new Judged(
                    raised + other.raised,
                    still + other.still,
                    worse + other.worse,
                    better + other.better,
                    cleared + other.cleared,
                    suppressed + other.suppressed);
        }
    }

    /** A device kept changing while it was judged; to be tried again later. */
    public static final class KeepsChanging extends RuntimeException {
        KeepsChanging(Imei imei) {
            super("device " + imei + " changed " + TRIES + " times while it was judged");
        }
    }

    /**
     * Judges the device as it is stored now. One that is not judged any more has no conditions: what is open ends.
     *
     * @throws KeepsChanging when it could not be judged between two changes by others
     */
    public Judged run(Imei imei, Visit visit) {
        return devices.find(imei).map(device -> run(device, visit)).orElse(Judged.NOTHING);
    }

    /**
     * The same for a device that was just read or stored, which saves reading it once more: when it has changed since,
     * no change of an alert can be written, and it is read and judged again. Telling something changes the stored device,
     * so what was at hand may be out of date afterwards.
     */
    public Judged run(Device atHand, Visit visit) {
        Optional<Device> device = Optional.of(atHand);
        Map<Condition, Judged> counts = new EnumMap<>(Condition.class);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            if (device.isEmpty() || new Round(device.get(), visit, counts, clock.instant()).run()) {
                return counts.values().stream().reduce(Judged.NOTHING, Judged::plus);
            }
            device = devices.find(atHand.imei());
        }
        throw new KeepsChanging(atHand.imei());
    }

    /** One judgement of a device in one version, and in those that its own messages make of it. */
    private final class Round {

        private final Visit visit;
        private final Because because;
        private final AlertSettings settings;
        private final AlertLife life;
        private final List<Outgoing> decided = new ArrayList<>();
        private final Map<Condition, Judged> counts;
        private Device device;

        Round(Device device, Visit visit, Map<Condition, Judged> counts, Instant now) {
            this.device = device;
            this.visit = visit;
            this.counts = counts;
            this.because = new Because(now, visit.sweepId(), visit.correlationId());
            this.settings = AlertSettings.of(health.settings().of(device));
            this.life = new AlertLife(settings);
        }

        /** False when the device or an alert was another one by then: what was written before stands and is told. */
        boolean run() {
            Subject subject = new Subject.OfDevice(device.imei());
            var known = alerts.of(subject).stream().collect(Collectors.toMap(Alert::condition, Function.identity()));
            boolean isThrough =
                    Findings.of(health, device, visit.circumstances(), known.values(), because.now()).stream()
                            .allMatch(finding -> isJudged(
                                    Optional.ofNullable(known.get(finding.condition()))
                                            .orElseGet(() -> new Alert.Never(subject, finding.condition())),
                                    finding));
            announcer.publishStored(decided);
            return isThrough;
        }

        private boolean isJudged(Alert stored, Finding finding) {
            Step step = life.next(stored, found(stored, finding), because.now());
            Optional<Change> change = change(stored, finding, step);
            if (change.isPresent() && !isWritten(change.get())) {
                return false;
            }
            // what an earlier round has changed is still so in the next
            counts.merge(
                    finding.condition(), count(stored, step), (before, again) -> change.isPresent() ? again : before);
            return true;
        }

        private boolean isWritten(Change change) {
            Basis basis = new Basis.OnDevice(device, change.counted().map(device::with));
            if (alerts.write(change.next(), basis, change.consequences()) == Written.CHANGED) {
                return false;
            }
            decided.addAll(change.consequences().events());
            change.counted()
                    .ifPresent(messages -> device = device.with(messages).at(device.version() + 1));
            return true;
        }

        private Found found(Alert stored, Finding finding) {
            return new Found(
                    finding,
                    visit.occasion(),
                    suppressor(stored, finding),
                    unrest(stored, finding),
                    device.messages().hasRoom(settings.messagesADay(), because.now()),
                    finding.isSilence() ? visit.verified() : Optional.empty());
        }

        /** Of a condition that neither holds nor did nobody wants to know. */
        private double unrest(Alert stored, Finding finding) {
            return stored instanceof Alert.Open || finding.severity() != Severity.NONE
                    ? health.unrest(device, finding.condition(), because.now())
                    : 0;
        }

        /** The widest alert that people were told instead of this loss; looked for only when there is one. */
        private Optional<Suppressor> suppressor(Alert stored, Finding finding) {
            boolean isLoss = finding.condition() == Condition.NETWORK_LOST && finding.severity() != Severity.NONE;
            if (!isLoss || !AlertLife.mayBeSaid(stored, finding, visit.occasion())) {
                return Optional.empty();
            }
            return widest(visit.wider().stream())
                    .or(() -> widest(alerts.together().stream().filter(this::isStillOpen)))
                    .map(Suppressor::of);
        }

        private Optional<Alert.Open> widest(Stream<Alert.Open> wider) {
            return wider.filter(alert -> alert.subject().covers(device))
                    .max(Comparator.comparing(alert -> alert.subject().about()));
        }

        /** A list may be a second old. */
        private boolean isStillOpen(Alert.Open listed) {
            return alerts.of(listed.subject()).stream()
                    .anyMatch(alert ->
                            alert instanceof Alert.Open open && open.alertId().equals(listed.alertId()));
        }

        private Optional<Change> change(Alert stored, Finding finding, Step step) {
            return switch (step) {
                case Step.GoesOn(var next, var word, var held) -> {
                    Optional<Messages> counted = word.isPresent()
                            ? Optional.of(device.messages().told(because.now()))
                            : held ? Optional.of(device.messages().heldBack()) : Optional.empty();
                    yield Optional.of(
                            new Change(
                                    next,
                                    counted,
                                    Consequences.telling(word
                                            .map(said ->
                                                    outgoing(events.of(device, stored, next, finding, said, because)))
                                            .stream()
                                            .toList())));
                }
                case Step.Ends(var last, var next, var word) ->
                    Optional.of(new Change(
                            next,
                            word.map(_ -> device.messages().told(because.now())),
                            new Consequences(
                                    List.of(AlertEvents.ended(last, whyNotJudged(), module, because.now())),
                                    word
                                            .map(said ->
                                                    outgoing(events.of(device, stored, last, finding, said, because)))
                                            .stream()
                                            .toList())));
                case Step.Unchanged _, Step.AlreadyOver _, Step.StillHolds _, Step.Refused _ -> Optional.empty();
            };
        }

        private String whyNotJudged() {
            return device.lifecycle().isJudged()
                    ? ""
                    : ", not judged any more: " + device.lifecycle().name();
        }

        private Outgoing outgoing(FleetEvent event) {
            return Outgoing.of(module, because.now(), event);
        }
    }

    private record Change(Alert next, Optional<Messages> counted, Consequences consequences) {}

    private static Judged count(Alert stored, Step step) {
        return switch (step) {
            case Step.GoesOn(var next, var _, var _) ->
                stored instanceof Alert.Open open
                        ? count(open.holding().severity(), next.holding().severity())
                        : new Judged(
                                next.suppressedBy().isPresent() ? 0 : 1,
                                0,
                                0,
                                0,
                                0,
                                next.suppressedBy().isPresent() ? 1 : 0);
            case Step.Ends _ -> new Judged(0, 0, 0, 0, 1);
            case Step.Unchanged _, Step.AlreadyOver _, Step.StillHolds _, Step.Refused _ ->
                stored instanceof Alert.Open ? new Judged(0, 1, 0, 0, 0) : Judged.NOTHING;
        };
    }

    private static Judged count(Severity before, Severity after) {
        if (after == before) {
            return new Judged(0, 1, 0, 0, 0);
        }
        return after.isWorseThan(before) ? new Judged(0, 0, 1, 0, 0) : new Judged(0, 0, 0, 1, 0);
    }
}

package dev.fleetline.alert;

import dev.fleetline.alert.AlertLife.Occasion;
import dev.fleetline.alert.AlertLife.Step;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Consequences.HistoryEntry;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Finding;
import dev.fleetline.device.Health;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.FleetEvent.Word;
import dev.fleetline.fleetevents.Outgoing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges the stored device and moves its alerts on.
 *
 * <p>Each change of an alert is one transaction with the device's version and the events that tell it; when anything
 * has changed in between, the device is read and judged again. Running it twice changes nothing the second time, so a
 * crash at any point is mended by running it again.
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

    /** What a judgement did to the device's alerts. */
    public record Judged(int raised, int still, int worse, int better, int cleared) {
        /** Of a device that is not judged. */
        public static final Judged NOTHING = new Judged(0, 0, 0, 0, 0);

        public Judged plus(Judged other) {
            return new Judged(
                    raised + other.raised,
                    still + other.still,
                    worse + other.worse,
                    better + other.better,
                    cleared + other.cleared);
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
     * @param correlationId what to follow the change by: a delivery's id, a sweep's id
     * @throws KeepsChanging when it could not be judged between two changes by others
     */
    public Judged run(Imei imei, Occasion occasion, Optional<String> sweepId, String correlationId) {
        return devices.find(imei)
                .map(device -> run(device, occasion, sweepId, correlationId))
                .orElse(Judged.NOTHING);
    }

    /**
     * The same for a device that was just read or stored, which saves reading it once more: when it has changed since,
     * no change of an alert can be written, and it is read and judged again.
     */
    public Judged run(Device atHand, Occasion occasion, Optional<String> sweepId, String correlationId) {
        Optional<Device> device = Optional.of(atHand);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            if (device.isEmpty()) {
                return Judged.NOTHING;
            }
            Optional<Judged> judged =
                    judge(device.get(), occasion, new AlertEvents.Because(clock.instant(), sweepId, correlationId));
            if (judged.isPresent()) {
                return judged.get();
            }
            device = devices.find(atHand.imei());
        }
        throw new KeepsChanging(atHand.imei());
    }

    private Optional<Judged> judge(Device device, Occasion occasion, AlertEvents.Because because) {
        Subject subject = new Subject.OfDevice(device.imei());
        var known = alerts.of(subject).stream().collect(Collectors.toMap(Alert::condition, Function.identity()));
        List<Outgoing> decided = new ArrayList<>();
        Judged judged = Judged.NOTHING;
        for (Finding finding : findings(device, known.values(), because.now())) {
            Alert stored = Optional.ofNullable(known.get(finding.condition()))
                    .orElseGet(() -> new Alert.Never(subject, finding.condition()));
            Step step = AlertLife.next(stored, finding, occasion, because.now());
            Optional<Change> change = change(device, stored, finding, step, because);
            if (change.isPresent()) {
                if (alerts.write(change.get().next(), device, change.get().consequences())
                        == AlertBook.Written.CHANGED) {
                    announcer.publishStored(decided);
                    return Optional.empty();
                }
                decided.addAll(change.get().consequences().events());
            }
            judged = judged.plus(count(stored, step));
        }
        announcer.publishStored(decided);
        return Optional.of(judged);
    }

    private List<Finding> findings(Device device, Collection<Alert> known, Instant now) {
        List<Finding> found = health.judge(device, now);
        if (device.lifecycle().isJudged()) {
            return found;
        }
        Stream<Finding> over = known.stream()
                .filter(Alert.Open.class::isInstance)
                .map(Alert::condition)
                .filter(open -> found.stream().noneMatch(finding -> finding.condition() == open))
                .map(open -> Finding.none(open, now));
        return Stream.concat(found.stream(), over).toList();
    }

    private record Change(Alert next, Consequences consequences) {}

    private Optional<Change> change(
            Device device, Alert stored, Finding finding, Step step, AlertEvents.Because because) {
        // what people know, which a change that came too late to tell has not touched
        Optional<Severity> before =
                stored instanceof Alert.Open open ? open.told().map(Alert.Told::severity) : Optional.empty();
        return switch (step) {
            case Step.Unchanged _ -> Optional.empty();
            case Step.GoesOn(var next, var word) ->
                Optional.of(new Change(
                        next,
                        Consequences.telling(
                                word.map(said -> outgoing(device, next, finding, said, before, because)).stream()
                                        .toList())));
            case Step.Ends(var last, var next, var word) ->
                Optional.of(new Change(
                        next,
                        new Consequences(
                                List.of(history(device, last, because.now())),
                                word.map(said -> outgoing(device, last, finding, said, before, because)).stream()
                                        .toList())));
        };
    }

    private Outgoing outgoing(
            Device device,
            Alert.Open alert,
            Finding finding,
            Word word,
            Optional<Severity> before,
            AlertEvents.Because because) {
        return Outgoing.of(module, because.now(), events.event(device, alert, finding, word, before, because));
    }

    private HistoryEntry history(Device device, Alert.Open last, Instant now) {
        return new HistoryEntry(
                now,
                last.condition() + "#" + last.number() + " ended",
                module,
                last.holding().severity() + " since " + last.holding().since()
                        + (device.lifecycle().isJudged()
                                ? ""
                                : ", not judged any more: " + device.lifecycle().name()));
    }

    private static Judged count(Alert stored, Step step) {
        return switch (step) {
            case Step.Unchanged _ -> stored instanceof Alert.Open ? new Judged(0, 1, 0, 0, 0) : Judged.NOTHING;
            case Step.GoesOn(var next, var _) ->
                stored instanceof Alert.Open open
                        ? count(open.holding().severity(), next.holding().severity())
                        : new Judged(1, 0, 0, 0, 0);
            case Step.Ends _ -> new Judged(0, 0, 0, 0, 1);
        };
    }

    private static Judged count(Severity before, Severity after) {
        if (after == before) {
            return new Judged(0, 1, 0, 0, 0);
        }
        return after.isWorseThan(before) ? new Judged(0, 0, 1, 0, 0) : new Judged(0, 0, 0, 1, 0);
    }
}

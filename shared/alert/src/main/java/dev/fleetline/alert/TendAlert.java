package dev.fleetline.alert;

import dev.fleetline.alert.AlertBook.Basis;
import dev.fleetline.alert.AlertBook.Written;
import dev.fleetline.alert.AlertEvents.Because;
import dev.fleetline.alert.AlertLife.Step;
import dev.fleetline.device.Circumstances;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Finding;
import dev.fleetline.device.Health;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetevents.AlertDetail.Person;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.FleetEvent;
import dev.fleetline.fleetevents.FleetEvent.Word;
import dev.fleetline.fleetevents.Outgoing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Does what a person says of an alert: acknowledges, snoozes, resolves it. The same said twice is done once. What people
 * say is always told and counts for no cap.
 */
public final class TendAlert {

    private static final int TRIES = 10;

    /** Longer names and reasons are refused. */
    private static final int LONGEST = 500;

    private final DeviceRegistry devices;
    private final AlertBook alerts;
    private final Health health;
    private final AlertSettings settings;
    private final Announcer announcer;
    private final AlertEvents events;
    private final String account;
    private final String module;
    private final InstantSource clock;

    /** The parameters are those of {@link JudgeDevice} and {@link TellTogether}; a device has its own settings. */
    public TendAlert(
            DeviceRegistry devices,
            AlertBook alerts,
            Health health,
            AlertSettings settings,
            Announcer announcer,
            String account,
            String module,
            String runbooks,
            InstantSource clock) {
        this.devices = devices;
        this.alerts = alerts;
        this.health = health;
        this.settings = settings;
        this.announcer = announcer;
        this.events = new AlertEvents(runbooks);
        this.account = account;
        this.module = module;
        this.clock = clock;
    }

    /** Which alert is meant. */
    public sealed interface Which {

        /** One that is open, by its id; to be looked for among all that are. */
        record ById(String alertId) implements Which {}

        /** By what it is about; with an id it is that one and none that came after it. */
        record Named(Subject subject, Condition condition, Optional<String> alertId) implements Which {}
    }

    /** What came of it. */
    public sealed interface Tended {
        /** The alert is as it was asked to be; {@code isNew} when it was not before. */
        record Done(Alert alert, boolean isNew) implements Tended {}

        /** It had ended before. */
        record AlreadyOver() implements Tended {}

        /** It cannot be resolved: what it is about is still so. */
        record StillHolds() implements Tended {}

        /** There is no such alert, or, by an id alone, none that is open. */
        record NotFound() implements Tended {}

        /** It cannot be done, and this is why, in a sentence. */
        record Refused(String reason) implements Tended {}
    }

    /** People are not reminded of it any more. */
    public Tended acknowledge(Which which, String by, String why, String correlationId) {
        return tend(which, by, why, correlationId, _ -> new Occurrence.Acknowledge(by, why));
    }

    /** People hear nothing of it before then, unless it gets worse or ends. */
    public Tended snooze(Which which, String by, String why, Instant until, String correlationId) {
        return tend(which, by, why, correlationId, _ -> new Occurrence.Snooze(by, why, until));
    }

    /** It is over, if what is stored does not say otherwise; a conflict of identities is when a person says so. */
    public Tended resolve(Which which, String by, String why, String correlationId) {
        return tend(which, by, why, correlationId, holds -> new Occurrence.Resolve(by, why, holds));
    }

    private Tended tend(
            Which which, String by, String why, String correlationId, Function<Boolean, Occurrence> occurrence) {
        if (!isSaid(by) || !isSaid(why)) {
            return new Tended.Refused("it takes a name and a reason, each of " + LONGEST + " characters at most");
        }
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Optional<Alert> stored = find(which);
            if (stored.isEmpty()) {
                return new Tended.NotFound();
            }
            if (isOfBefore(which, stored.get())) {
                return new Tended.AlreadyOver();
            }
            var because = new Because(
                    clock.instant(),
                    Optional.empty(),
                    correlationId,
                    Optional.of(new Person(by, why, Optional.empty())));
            Optional<Tended> tended = about(stored.get(), because)
                    .map(known -> known.tend(occurrence))
                    .orElseGet(() -> Optional.of(new Tended.NotFound()));
            if (tended.isPresent()) {
                return tended.get();
            }
        }
        return new Tended.Refused("it kept changing; try again");
    }

    private static boolean isSaid(String text) {
        return !text.isBlank() && text.length() <= LONGEST;
    }

    private Optional<Alert> find(Which which) {
        return switch (which) {
            case Which.Named(var subject, var condition, var alertId) ->
                stored(subject, condition).filter(alert -> alertId.isEmpty() || hasBeen(alert, alertId.get()));
            case Which.ById(var alertId) ->
                alerts.open().stream()
                        .filter(alert -> alert.alertId().equals(alertId))
                        .findFirst()
                        .flatMap(alert -> stored(alert.subject(), alert.condition()));
        };
    }

    private Optional<Alert> stored(Subject subject, Condition condition) {
        return alerts.of(subject).stream()
                .filter(alert -> alert.condition() == condition)
                .findFirst();
    }

    private static boolean hasBeen(Alert alert, String alertId) {
        return IntStream.rangeClosed(1, alert.number())
                .anyMatch(number ->
                        Alert.id(alert.subject(), alert.condition(), number).equals(alertId));
    }

    /** Whether an alert is meant that was over before this one began. */
    private static boolean isOfBefore(Which which, Alert stored) {
        Optional<String> meant =
                switch (which) {
                    case Which.Named named -> named.alertId();
                    case Which.ById(var alertId) -> Optional.of(alertId);
                };
        String present = Alert.id(stored.subject(), stored.condition(), stored.number());
        return meant.filter(alertId -> !alertId.equals(present)).isPresent();
    }

    private Optional<Known> about(Alert stored, Because because) {
        return switch (stored.subject()) {
            case Subject.OfDevice(var imei) -> devices.find(imei).map(device -> ofDevice(device, stored, because));
            case Subject.OfSite _, Subject.OfCell _, Subject.OfFleet _, Subject.OfPlatform _ ->
                Optional.of(ofMore(stored, because));
        };
    }

    private Known ofDevice(Device device, Alert stored, Because because) {
        Finding finding = Findings.of(health, device, Circumstances.NONE, List.of(stored), because.now()).stream()
                .filter(found -> found.condition() == stored.condition())
                .findFirst()
                .orElseGet(() -> Finding.none(stored.condition(), because.now()));
        return new Known(
                stored,
                because,
                new AlertLife(AlertSettings.of(health.settings().of(device))),
                finding.severity() != Severity.NONE,
                new Basis.OnDevice(device),
                (after, word) -> events.of(device, stored, after, finding, word, because));
    }

    /** Only a pass knows whether it is over. */
    private Known ofMore(Alert stored, Because because) {
        Trouble trouble = stored instanceof Alert.Open open
                ? Trouble.still(open)
                : Trouble.over(stored.subject(), stored.condition(), because.now());
        return new Known(
                stored,
                because,
                new AlertLife(settings),
                true,
                new Basis.OnWord(),
                (after, word) -> events.of(account, stored, after, trouble, word, because));
    }

    /** Says a change of the alert as an event. */
    private interface Telling {
        FleetEvent of(Alert.Open after, Word word);
    }

    /** One alert with all that is known about it. */
    private final class Known {

        private final Alert stored;
        private final Because because;
        private final AlertLife life;
        private final boolean holds;
        private final Basis basis;
        private final Telling telling;

        Known(Alert stored, Because because, AlertLife life, boolean holds, Basis basis, Telling telling) {
            this.stored = stored;
            this.because = because;
            this.life = life;
            this.holds = holds;
            this.basis = basis;
            this.telling = telling;
        }

        /** Empty when something has changed in between. */
        Optional<Tended> tend(Function<Boolean, Occurrence> occurrence) {
            return switch (life.next(stored, occurrence.apply(holds), because.now())) {
                case Step.AlreadyOver _ -> Optional.of(new Tended.AlreadyOver());
                case Step.StillHolds _ -> Optional.of(new Tended.StillHolds());
                case Step.Refused(var reason) -> Optional.of(new Tended.Refused(reason));
                case Step.Unchanged _ -> Optional.of(new Tended.Done(stored, false));
                case Step.GoesOn(var next, var word, var _) -> written(next, next, word, List.of());
                case Step.Ends(var last, var next, var word) ->
                    written(next, last, word, List.of(AlertEvents.ended(last, why(), who(), because.now())));
            };
        }

        private Optional<Tended> written(
                Alert next, Alert.Open told, Optional<Word> word, List<Consequences.HistoryEntry> history) {
            List<Outgoing> said =
                    word.map(spoken -> Outgoing.of(module, because.now(), telling.of(told, spoken))).stream()
                            .toList();
            if (alerts.write(next, basis(next), new Consequences(history, said)) != Written.STORED) {
                return Optional.empty();
            }
            announcer.publishStored(said);
            return Optional.of(new Tended.Done(next.at(next.version() + 1), true));
        }

        /** A conflict that a person has resolved is none the next time either. */
        private Basis basis(Alert next) {
            return next instanceof Alert.Ended
                            && next.condition() == Condition.IDENTITY_CONFLICT
                            && basis instanceof Basis.OnDevice(var judged, var _)
                    ? new Basis.OnDevice(judged, Optional.of(judged.conflictSettled()))
                    : basis;
        }

        private String who() {
            return because.resolvedBy().map(Person::by).orElse(module);
        }

        private String why() {
            return because.resolvedBy()
                    .map(person -> ", resolved: " + person.why())
                    .orElse("");
        }
    }
}

package dev.fleetline.alert;

import dev.fleetline.alert.Alert.Care;
import dev.fleetline.alert.Alert.Told;
import dev.fleetline.device.Consequences.HistoryEntry;
import dev.fleetline.device.Device;
import dev.fleetline.device.Finding;
import dev.fleetline.device.Finding.Cause;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetevents.AlertDetail;
import dev.fleetline.fleetevents.AlertDetail.Person;
import dev.fleetline.fleetevents.Digest;
import dev.fleetline.fleetevents.FleetEvent;
import dev.fleetline.fleetevents.FleetEvent.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Writes an alert's change as the event that tells it. */
final class AlertEvents {

    private final String runbooks;

    /** {@code runbooks} is the address under which {@code <CONDITION>.md} is found. */
    AlertEvents(String runbooks) {
        this.runbooks = runbooks;
    }

    /** What led to the change: when it was judged, in which pass, and what to follow it by in the logs. */
    record Because(Instant now, Optional<String> sweepId, String correlationId, Optional<Person> resolvedBy) {
        Because(Instant now, Optional<String> sweepId, String correlationId) {
            this(now, sweepId, correlationId, Optional.empty());
        }
    }

    /** Of a change of one device's alert from {@code before} to {@code after}. */
    FleetEvent of(Device device, Alert before, Alert.Open after, Finding finding, Word word, Because because) {
        Optional<Person> person = person(after, word, because);
        return event(
                device.order().account(),
                before,
                after,
                word,
                because,
                new Facts(
                        Optional.of(describe(device)),
                        Optional.empty(),
                        Optional.of(finding),
                        device.vitals().lastSeen(),
                        finding.occurrences(),
                        device.messages().held(),
                        person,
                        AlertWording.summary(device, finding, word, person, because.now())));
    }

    /** Of a change of an alert about more than one device. */
    FleetEvent of(String account, Alert before, Alert.Open after, Trouble trouble, Word word, Because because) {
        Optional<Person> person = person(after, word, because);
        return event(
                account,
                before,
                after,
                word,
                because,
                new Facts(
                        Optional.empty(),
                        trouble.devices(),
                        Optional.empty(),
                        Optional.empty(),
                        trouble.occurrences(),
                        0,
                        person,
                        AlertWording.summary(trouble, after.holding().since(), word, person, because.now())));
    }

    private record Facts(
            Optional<AlertDetail.Device> device,
            Optional<AlertDetail.Devices> devices,
            Optional<Finding> finding,
            Optional<Instant> lastSeen,
            int occurrences,
            int held,
            Optional<Person> person,
            String summary) {}

    private FleetEvent event(String account, Alert before, Alert.Open after, Word word, Because because, Facts facts) {
        Optional<Finding.Observed> observed = facts.finding().flatMap(Finding::observed);
        Optional<Finding> silent =
                facts.finding().filter(finding -> finding.limit().isPresent());
        return new FleetEvent.AlertChanged(
                after.subject().about(),
                word,
                new AlertDetail(
                        Digest.of(after.alertId(), after.sequence()),
                        after.alertId(),
                        after.sequence(),
                        account + ":" + after.subject().key() + ":" + after.condition(),
                        after.subject().key(),
                        word == Word.CLEARED ? "resolved" : after.status(),
                        after.holding().severity().name(),
                        previous(before, after, word).map(Severity::name),
                        after.condition().name(),
                        facts.finding()
                                .map(Finding::cause)
                                .filter(cause -> cause != Cause.UNKNOWN)
                                .map(Cause::name),
                        after.holding().verified(),
                        facts.device(),
                        facts.devices(),
                        observed.map(AlertEvents::observed).or(() -> silent.flatMap(AlertEvents::silence)),
                        observed.map(AlertEvents::threshold)
                                .or(() -> silent.flatMap(Finding::limit).map(AlertEvents::threshold)),
                        after.holding().since(),
                        facts.lastSeen(),
                        facts.occurrences(),
                        facts.held(),
                        after.flapping().said(),
                        after.suppressedBy().map(Alert.Suppressor::alertId),
                        facts.person(),
                        because.sweepId(),
                        because.correlationId(),
                        facts.summary(),
                        runbooks + "/" + after.condition() + ".md"));
    }

    /** What people know, which a change that was not told has not touched. */
    private static Optional<Severity> previous(Alert before, Alert.Open after, Word word) {
        if (!(before instanceof Alert.Open open)) {
            return Optional.empty();
        }
        Optional<Severity> known = open.told().map(Told::severity);
        boolean isMove = word == Word.ESCALATED || word == Word.EASED;
        return isMove && known.equals(Optional.of(after.holding().severity()))
                ? Optional.of(open.holding().severity())
                : known;
    }

    private static Optional<Person> person(Alert.Open after, Word word, Because because) {
        return switch (after.care()) {
            case Care.Acknowledged(var by, var why, var _)
            when word == Word.ACKNOWLEDGED -> Optional.of(new Person(by, why, Optional.empty()));
            case Care.Snoozed(var by, var why, var until)
            when word == Word.SNOOZED -> Optional.of(new Person(by, why, Optional.of(until)));
            case Care.None _, Care.Acknowledged _, Care.Snoozed _ ->
                because.resolvedBy().filter(_ -> word == Word.CLEARED);
        };
    }

    /** The line of history that stays of an alert that is over. */
    static HistoryEntry ended(Alert.Open last, String note, String by, Instant now) {
        return new HistoryEntry(
                now,
                last.condition() + "#" + last.number() + " ended",
                by,
                last.holding().severity() + " since " + last.holding().since() + note);
    }

    private static AlertDetail.Device describe(Device device) {
        Device.Profile profile = device.profile();
        return new AlertDetail.Device(
                device.imei().digits(),
                device.uid().map(uid -> uid.value()),
                Optional.of(device.order().iccid()).map(Iccid::digits),
                profile.name(),
                profile.model(),
                profile.group(),
                profile.site());
    }

    private static Optional<AlertDetail.Observed> silence(Finding finding) {
        return finding.limit()
                .map(limit -> new AlertDetail.Observed(hours(limit.lasted()), "h", finding.evaluatedAt(), "SILENCE"));
    }

    private static AlertDetail.Threshold threshold(Finding.Limit limit) {
        return new AlertDetail.Threshold(hours(limit.allowed()), Optional.empty(), limit.origin());
    }

    private static AlertDetail.Threshold threshold(Finding.Observed seen) {
        return new AlertDetail.Threshold(seen.line(), Optional.of(seen.clearAt()), seen.origin());
    }

    /** With two decimals. */
    private static double hours(Duration duration) {
        return Math.round(duration.toSeconds() / 36.0) / 100.0;
    }

    private static AlertDetail.Observed observed(Finding.Observed seen) {
        return new AlertDetail.Observed(
                seen.reading().value(),
                seen.measure().unit(),
                seen.reading().at(),
                seen.measure().name());
    }
}

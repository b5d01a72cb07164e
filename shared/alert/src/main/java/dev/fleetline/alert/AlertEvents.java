package dev.fleetline.alert;

import dev.fleetline.device.Device;
import dev.fleetline.device.Finding;
import dev.fleetline.device.Finding.Cause;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetevents.AlertDetail;
import dev.fleetline.fleetevents.Digest;
import dev.fleetline.fleetevents.FleetEvent;
import dev.fleetline.fleetevents.FleetEvent.Word;
import java.time.Instant;
import java.util.Optional;

/** Writes an alert's change as the event that tells it. */
final class AlertEvents {

    private final String runbooks;

    /** {@code runbooks} is the address under which {@code <CONDITION>.md} is found. */
    AlertEvents(String runbooks) {
        this.runbooks = runbooks;
    }

    FleetEvent event(
            Device device, Alert.Open alert, Finding finding, Word word, Optional<Severity> before, Because because) {
        boolean over = word == Word.CLEARED;
        return new FleetEvent.DeviceAlertChanged(
                word,
                new AlertDetail(
                        Digest.of(alert.alertId(), alert.sequence()),
                        alert.alertId(),
                        alert.sequence(),
                        device.order().account() + ":" + alert.subject().key() + ":" + alert.condition(),
                        over ? "resolved" : "open",
                        (over ? alert.holding().severity() : finding.severity()).name(),
                        before.map(Severity::name),
                        alert.condition().name(),
                        Optional.of(finding.cause())
                                .filter(cause -> cause != Cause.UNKNOWN)
                                .map(Cause::name),
                        describe(device),
                        finding.observed().map(AlertEvents::observed),
                        finding.observed()
                                .map(seen -> new AlertDetail.Threshold(seen.line(), seen.clearAt(), seen.origin())),
                        alert.holding().since(),
                        device.vitals().lastSeen(),
                        finding.occurrences(),
                        because.sweepId(),
                        because.correlationId(),
                        AlertWording.summary(device, finding, word, because.now()),
                        runbooks + "/" + alert.condition() + ".md"));
    }

    /** What led to the change: when it was judged, in which pass, and what to follow it by in the logs. */
    record Because(Instant now, Optional<String> sweepId, String correlationId) {}

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

    private static AlertDetail.Observed observed(Finding.Observed seen) {
        return new AlertDetail.Observed(
                seen.reading().value(),
                seen.measure().unit(),
                seen.reading().at(),
                seen.measure().name());
    }
}

package dev.fleetline.healthsweep;

import dev.fleetline.alert.Alert;
import dev.fleetline.alert.JudgeDevice.Judged;
import dev.fleetline.device.BatteryEnd;
import dev.fleetline.device.Circumstances;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Device;
import dev.fleetline.device.Expected;
import dev.fleetline.device.Finding;
import dev.fleetline.device.Finding.Cause;
import dev.fleetline.device.Health;
import dev.fleetline.device.Measure;
import dev.fleetline.device.Reading;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetevents.FleetEvent.AlertCounts;
import dev.fleetline.sweepfiles.LossCandidate;
import dev.fleetline.sweepfiles.SweptDevice;
import dev.fleetline.sweepfiles.SweptDevice.Battery;
import dev.fleetline.sweepfiles.SweptDevice.Contact;
import dev.fleetline.sweepfiles.SweptDevice.End;
import dev.fleetline.sweepfiles.SweptDevice.Found;
import dev.fleetline.sweepfiles.SweptDevice.Point;
import dev.fleetline.sweepfiles.SweptDevice.Signal;
import dev.fleetline.sweepfiles.SweptDevice.Who;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One device as a pass sees it, in the words of the pass's files. */
final class Sight {

    /** Two nights and an hour: a night that was missed loses nothing. */
    private static final Duration READINGS_OF = Duration.ofHours(49);

    private final Device device;
    private final List<Finding> findings;
    private final Expected expected;
    private final Instant now;

    private Sight(Device device, List<Finding> findings, Expected expected, Instant now) {
        this.device = device;
        this.findings = findings;
        this.expected = expected;
        this.now = now;
    }

    static Sight of(Device device, Health health, Circumstances circumstances, Instant now) {
        return new Sight(device, health.judge(device, circumstances, now), health.expected(device, circumstances), now);
    }

    /** That it looks lost, if nothing but its silence shows it. */
    Optional<Finding> loss() {
        return findings.stream()
                .filter(finding -> finding.condition() == Condition.NETWORK_LOST && finding.isSilence())
                .findFirst();
    }

    /** {@code known} is its alert, where one is open that is this bad or worse. */
    LossCandidate candidate(Finding loss, Optional<Alert.Open> known) {
        Who who = who(device);
        return new LossCandidate(
                device.imei(),
                who.account(),
                who.carrier(),
                who.site(),
                who.cell(),
                loss.condition(),
                loss.severity(),
                loss.since(),
                Math.round(100.0
                                * Duration.between(loss.since(), now).toSeconds()
                                / expected.interval().plus(expected.slack()).toSeconds())
                        / 100.0,
                known.isPresent(),
                known.map(alert -> alert.holding().cause()));
    }

    /** What is written of it when it was judged; {@code excused} is a loss that goes on though its silence is excused. */
    SweptDevice judged(Judged alerts, Optional<Alert.Open> excused) {
        Stream<Found> found = findings.stream()
                .filter(finding -> finding.severity() != Severity.NONE
                        && !(finding.condition() == Condition.NETWORK_LOST && excused.isPresent()))
                .map(Sight::found);
        return swept(
                Optional.empty(),
                Stream.concat(found, excused.stream().map(Sight::found)).toList(),
                new AlertCounts(
                        alerts.raised(),
                        alerts.still(),
                        alerts.worse(),
                        alerts.better(),
                        alerts.cleared(),
                        alerts.suppressed()));
    }

    /** The same when it could not be. */
    SweptDevice skipped(String reason) {
        return swept(Optional.of(reason), List.of(), new AlertCounts(0, 0, 0, 0, 0, 0));
    }

    static Who who(Device device) {
        Device.Profile profile = device.profile();
        return new Who(
                device.imei(),
                device.uid(),
                profile.name(),
                profile.model(),
                profile.group(),
                profile.site(),
                profile.cell().map(Device.Cell::id),
                device.order().account(),
                device.order().carrier());
    }

    private SweptDevice swept(Optional<String> skipped, List<Found> found, AlertCounts alerts) {
        return new SweptDevice(
                who(device),
                device.lifecycle().name(),
                skipped,
                new Contact(
                        device.vitals().lastSeen(),
                        device.lifecycle().since(),
                        expected.interval(),
                        expected.slack(),
                        expected.origin()),
                battery(),
                new Signal(points(Measure.RSRP), points(Measure.RSRQ)),
                found,
                alerts);
    }

    private Optional<Battery> battery() {
        List<Point> readings = points(Measure.BATTERY);
        return readings.isEmpty() ? Optional.empty() : Optional.of(new Battery(readings, end()));
    }

    private Optional<End> end() {
        return BatteryEnd.of(device.vitals().battery()) instanceof BatteryEnd.Known(var date, var earliest, var latest)
                ? Optional.of(new End(start(earliest), start(date), start(latest)))
                : Optional.empty();
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The newest one in any case. */
    private List<Point> points(Measure measure) {
        List<Reading> readings = device.vitals().window(measure).readings();
        Instant from = now.minus(READINGS_OF);
        List<Point> recent = readings.stream()
                .filter(reading -> !reading.at().isBefore(from))
                .map(reading -> point(measure, reading))
                .toList();
        return recent.isEmpty()
                ? device.vitals().window(measure).newest().map(reading -> point(measure, reading)).stream()
                        .toList()
                : recent;
    }

    private static Point point(Measure measure, Reading reading) {
        return new Point(
                reading.at(), reading.value(), Optional.of(reading.charging()).filter(_ -> measure == Measure.BATTERY));
    }

    private static Found found(Finding finding) {
        return new Found(
                finding.condition(),
                finding.severity(),
                finding.since(),
                known(finding.cause()),
                finding.observed().map(seen -> seen.reading().value()));
    }

    private static Found found(Alert.Open open) {
        Alert.Holding holding = open.holding();
        return new Found(
                open.condition(), holding.severity(), holding.since(), known(holding.cause()), Optional.empty());
    }

    private static Optional<String> known(Cause cause) {
        return Optional.of(cause).filter(one -> one != Cause.UNKNOWN).map(Cause::name);
    }
}

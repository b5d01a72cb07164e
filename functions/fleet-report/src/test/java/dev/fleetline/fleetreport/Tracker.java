package dev.fleetline.fleetreport;

import dev.fleetline.device.Condition;
import dev.fleetline.device.Imei;
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
import dev.fleetline.sweepfiles.SweptLoss;
import dev.fleetline.sweepfiles.SweptLoss.CarrierWord;
import dev.fleetline.sweepfiles.SweptLoss.Outcome;
import dev.fleetline.testing.SampleFleet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An invented device as a pass sees it, said in a sentence. */
record Tracker(
        int number,
        Optional<String> name,
        Optional<String> site,
        Optional<Double> battery,
        Optional<End> end,
        Optional<Double> rsrp,
        Optional<String> skipped,
        List<Found> findings,
        Optional<SweptLoss> loss) {

    static final Instant NIGHT = Instant.parse("2026-03-03T02:00:00Z");

    /** Judged, and nothing is known of it. */
    static Tracker number(int number) {
        return new Tracker(
                number,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    Tracker named(String text) {
        return new Tracker(number, Optional.of(text), site, battery, end, rsrp, skipped, findings, loss);
    }

    Tracker at(String place) {
        return new Tracker(number, name, Optional.of(place), battery, end, rsrp, skipped, findings, loss);
    }

    Tracker battery(double percent) {
        return new Tracker(number, name, site, Optional.of(percent), end, rsrp, skipped, findings, loss);
    }

    /** Its battery ends so many days after the night, a day more or less. */
    Tracker emptyIn(int days) {
        Instant expected = NIGHT.plus(Duration.ofDays(days));
        Optional<End> around =
                Optional.of(new End(expected.minus(Duration.ofDays(1)), expected, expected.plus(Duration.ofDays(1))));
        return new Tracker(number, name, site, battery, around, rsrp, skipped, findings, loss);
    }

    Tracker signal(double dbm) {
        return new Tracker(number, name, site, battery, end, Optional.of(dbm), skipped, findings, loss);
    }

    Tracker skipped(String reason) {
        return new Tracker(number, name, site, battery, end, rsrp, Optional.of(reason), List.of(), loss);
    }

    Tracker in(Condition condition, Severity severity, Instant since) {
        Found found = new Found(condition, severity, since, Optional.empty(), Optional.empty());
        List<Found> more = Stream.concat(findings.stream(), Stream.of(found)).toList();
        return new Tracker(number, name, site, battery, end, rsrp, skipped, more, loss);
    }

    /** Lost, and the pass has come to that about it. */
    Tracker lost(Severity severity, Instant since, Outcome outcome, String cause) {
        Tracker found = in(Condition.NETWORK_LOST, severity, since);
        SweptLoss became = new SweptLoss(
                new LossCandidate(
                        imei(),
                        "0999000001-00001",
                        "core",
                        site,
                        Optional.empty(),
                        Condition.NETWORK_LOST,
                        severity,
                        since,
                        2,
                        outcome == Outcome.STILL,
                        Optional.empty()),
                Optional.of(outcome),
                Optional.of(cause),
                Optional.empty(),
                CarrierWord.NONE);
        return new Tracker(number, name, site, battery, end, rsrp, skipped, found.findings(), Optional.of(became));
    }

    Imei imei() {
        return SampleFleet.imei(number);
    }

    SweptDevice swept() {
        return new SweptDevice(
                new Who(
                        imei(),
                        Optional.empty(),
                        name,
                        Optional.empty(),
                        Optional.empty(),
                        site,
                        Optional.empty(),
                        "0999000001-00001",
                        "core"),
                "IN_SERVICE",
                skipped,
                new Contact(
                        Optional.of(NIGHT.minusSeconds(60)),
                        NIGHT.minus(Duration.ofDays(90)),
                        Duration.ofHours(12),
                        Duration.ofMinutes(72),
                        "fleet"),
                battery.map(percent -> new Battery(List.of(point(percent)), end)),
                new Signal(rsrp.map(Tracker::point).stream().toList(), List.of()),
                findings,
                new AlertCounts(0, 0, 0, 0, 0, 0));
    }

    RatedDevice rated() {
        return RatedDevice.of(swept(), loss);
    }

    private static Point point(double value) {
        return new Point(NIGHT.minusSeconds(60), value, Optional.empty());
    }
}

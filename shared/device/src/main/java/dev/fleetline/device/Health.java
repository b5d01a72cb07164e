package dev.fleetline.device;

import dev.fleetline.device.Finding.Cause;
import dev.fleetline.device.Finding.Observed;
import dev.fleetline.device.Finding.Trend;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Judges a device by what is stored of it: pure, so every rule is a line in a table of examples. */
public final class Health {

    /** Under this the last signal explains a loss. */
    private static final double NO_COVERAGE_RSRP = -120;

    /** A fall of the signal by this much, dB, over the last readings explains a loss. */
    private static final double FADING_RSRP = 10;

    private static final int FADING_READINGS = 4;

    private final HealthSettings settings;

    public Health(HealthSettings settings) {
        this.settings = settings;
    }

    public HealthSettings settings() {
        return settings;
    }

    /** One finding per condition that can be judged at all; what was never measured has none. */
    public List<Finding> judge(Device device, Instant now) {
        return Stream.of(battery(device, now), network(device, now), signal(device, now))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Finding> battery(Device device, Instant now) {
        return measured(device, Condition.BATTERY_LOW, Measure.BATTERY, now);
    }

    private Optional<Finding> signal(Device device, Instant now) {
        return Stream.of(Measure.RSRP, Measure.RSRQ)
                .flatMap(measure -> measured(device, Condition.SIGNAL_WEAK, measure, now).stream())
                .max(Comparator.comparing(Finding::severity).thenComparing(Finding::since, Comparator.reverseOrder()));
    }

    private Optional<Finding> measured(Device device, Condition condition, Measure measure, Instant now) {
        Window window = device.vitals().window(measure);
        Lines lines = settings.lines(measure);
        FoldState state = window.state(lines);
        return state.last().map(last -> {
            double line = lines.line(state.severity());
            return new Finding(
                    condition,
                    state.severity(),
                    state.since().orElse(now),
                    Optional.of(new Observed(
                            measure, last, line, line + lines.clearBy(), settings.origin(), trend(window))),
                    Cause.UNKNOWN,
                    state.occurrences(),
                    last.at());
        });
    }

    private static Trend trend(Window window) {
        List<Reading> readings = window.readings();
        if (readings.size() < 2) {
            return Trend.STEADY;
        }
        int compared = Double.compare(
                readings.getLast().value(), readings.get(readings.size() - 2).value());
        return compared < 0 ? Trend.FALLING : compared > 0 ? Trend.RISING : Trend.STEADY;
    }

    /**
     * Lost when silent for two intervals and the slack (three: critical), or when the newest report says that service
     * is gone. A device that was never seen is not lost: that is another condition. One that has just been put back on
     * the network has been silent since then, and not since it was taken off.
     */
    private Optional<Finding> network(Device device, Instant now) {
        return device.vitals().lastSeen().map(lastSeen -> {
            Instant begins = device.lifecycle() instanceof Lifecycle.ActiveUnseen restored
                            && restored.since().isAfter(lastSeen)
                    ? restored.since()
                    : lastSeen;
            Duration silence = Duration.between(begins, now);
            Severity bySilence = silence.compareTo(lostAfter(device, 3)) > 0
                    ? Severity.CRITICAL
                    : silence.compareTo(lostAfter(device, 2)) > 0 ? Severity.WARNING : Severity.NONE;
            Severity byService = saysServiceGone(device, lastSeen) ? Severity.WARNING : Severity.NONE;
            Severity severity = bySilence.isWorseThan(byService) ? bySilence : byService;
            return new Finding(
                    Condition.NETWORK_LOST,
                    severity,
                    severity == Severity.NONE ? now : lastSeen,
                    Optional.empty(),
                    severity == Severity.NONE ? Cause.UNKNOWN : causeOfLoss(device),
                    severity == Severity.NONE ? 0 : 1,
                    bySilence == Severity.NONE ? lastSeen : now);
        });
    }

    /** How long a device may be silent: so many of its intervals, and the slack of one. */
    Duration lostAfter(Device device, int intervals) {
        Duration interval = device.profile().reportingInterval().orElse(settings.interval());
        return interval.multipliedBy(intervals)
                .plus(interval.multipliedBy(settings.slackPercent()).dividedBy(100));
    }

    private static boolean saysServiceGone(Device device, Instant lastSeen) {
        return device.vitals()
                .window(Measure.SERVICE)
                .newest()
                .filter(reading -> reading.value() == 0 && !reading.at().isBefore(lastSeen))
                .isPresent();
    }

    private Cause causeOfLoss(Device device) {
        Vitals vitals = device.vitals();
        boolean flat = vitals.window(Measure.BATTERY)
                .newest()
                .filter(last -> settings.battery().crossesCritical(last.value()) && last.charging() != Charging.YES)
                .isPresent();
        if (flat) {
            return Cause.FLAT_BATTERY;
        }
        Window rsrp = vitals.window(Measure.RSRP);
        boolean weak =
                rsrp.newest().filter(last -> last.value() < NO_COVERAGE_RSRP).isPresent();
        boolean gone = vitals.window(Measure.SERVICE)
                .newest()
                .filter(last -> last.value() == 0)
                .isPresent();
        return weak || gone || isFading(rsrp.readings()) ? Cause.OUT_OF_COVERAGE : Cause.UNKNOWN;
    }

    private static boolean isFading(List<Reading> readings) {
        List<Reading> last = readings.subList(Math.max(0, readings.size() - FADING_READINGS), readings.size());
        return !last.isEmpty() && last.getFirst().value() - last.getLast().value() >= FADING_RSRP;
    }
}

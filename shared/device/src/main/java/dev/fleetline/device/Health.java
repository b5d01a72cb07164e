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

    private final HealthSettings settings;

    public Health(HealthSettings settings) {
        this.settings = settings;
    }

    public HealthSettings settings() {
        return settings;
    }

    /** The same when nothing else is known. */
    public List<Finding> judge(Device device, Instant now) {
        return judge(device, Circumstances.NONE, now);
    }

    /**
     * One finding per condition that can be judged at all; what was never measured has none. Of a device that is not judged
     * ({@link Lifecycle#isJudged}) only whether its line is about to be put back.
     */
    public List<Finding> judge(Device device, Circumstances circumstances, Instant now) {
        var judgement = new Judgement(device, settings.of(device), circumstances, now);
        return device.lifecycle().isJudged()
                ? Stream.of(
                                judgement.battery(),
                                judgement.batteryUnknown(),
                                judgement.network(),
                                judgement.signal(),
                                judgement.neverSeen(),
                                Optional.of(judgement.sim()),
                                Optional.of(judgement.identity()))
                        .flatMap(Optional::stream)
                        .toList()
                : List.of(judgement.sim());
    }

    /**
     * How much of the last evaluations of this condition changed its state, percent, recent ones counting for more; 0 of
     * one that nothing evaluates again and again. An evaluation is a new reading, or a loss or a return, or a wake in time.
     */
    public double unrest(Device device, Condition condition, Instant now) {
        var judgement = new Judgement(device, settings.of(device), Circumstances.NONE, now);
        return switch (condition) {
            case BATTERY_LOW -> judgement.unrest(Measure.BATTERY);
            case SIGNAL_WEAK ->
                Math.max(
                        judgement.unrest(Measure.RSRP),
                        Math.max(judgement.unrest(Measure.RSRQ), judgement.unrest(Measure.SINR)));
            case NETWORK_LOST -> judgement.unrestOfNetwork();
            case BATTERY_UNKNOWN, NEVER_SEEN, SIM_NOT_ACTIVE, IDENTITY_CONFLICT, TOKEN, STREAM, REPORTS_MISSED -> 0;
        };
    }

    /** How often this device is expected to report, and who says so. */
    public Expected expected(Device device, Circumstances circumstances) {
        return new Silence(device, settings.of(device), circumstances).expected();
    }

    /**
     * When the device must be judged though nothing is heard of it: when its silence becomes a loss, when it counts as never
     * seen, when its line is about to be put back. Empty when no such moment will come.
     */
    public Optional<Instant> dueAt(Device device) {
        return dueAt(device, Circumstances.NONE, Instant.MIN);
    }

    /** The first such moment after this one: the same silence becomes a loss first, and a bad one later. */
    public Optional<Instant> dueAt(Device device, Circumstances circumstances, Instant after) {
        return new Silence(device, settings.of(device), circumstances)
                .moments().stream().filter(moment -> moment.isAfter(after)).findFirst();
    }

    /** One device at one moment. */
    private record Judgement(
            Device device, HealthNumbers numbers, Circumstances circumstances, Silence silence, Instant now) {

        Judgement(Device device, HealthNumbers numbers, Circumstances circumstances, Instant now) {
            this(device, numbers, circumstances, new Silence(device, numbers, circumstances), now);
        }

        Optional<Finding> battery() {
            return measured(Condition.BATTERY_LOW, Measure.BATTERY);
        }

        Optional<Finding> signal() {
            return Stream.of(Measure.RSRP, Measure.RSRQ, Measure.SINR)
                    .flatMap(measure -> measured(Condition.SIGNAL_WEAK, measure).stream())
                    .max(Comparator.comparing(Finding::severity)
                            .thenComparing(Finding::since, Comparator.reverseOrder()));
        }

        private Optional<Finding> measured(Condition condition, Measure measure) {
            Vitals.Standing standing = device.vitals().standing(measure, numbers);
            FoldState state = standing.state();
            return state.last().map(last -> {
                Lines lines = standing.lines();
                double line = lines.line(state.severity());
                return new Finding(
                        condition,
                        state.severity(),
                        state.since().orElse(now),
                        Optional.of(new Observed(
                                measure,
                                last,
                                line,
                                line + lines.clearBy(),
                                numbers.origin(measure, lines, state.severity()),
                                trend(device.vitals().window(measure)))),
                        Cause.UNKNOWN,
                        state.occurrences(),
                        last.at());
            });
        }

        /** Reports come, but for long none with a battery. Silence says nothing about it. */
        Optional<Finding> batteryUnknown() {
            Optional<Instant> told =
                    device.vitals().window(Measure.BATTERY).newest().map(Reading::at);
            if (told.isEmpty() && !numbers.flag(HealthSetting.HAS_BATTERY)) {
                return Optional.empty();
            }
            Instant from = told.orElse(device.lifecycle().since());
            Instant missed = from.plus(numbers.duration(HealthSetting.BATTERY_UNKNOWN_AFTER));
            return device.vitals()
                    .lastSeen()
                    .map(seen -> seen.isBefore(missed)
                            ? none(Condition.BATTERY_UNKNOWN, seen)
                            : holds(Condition.BATTERY_UNKNOWN, Severity.WARNING, missed, seen)
                                    .by(Silence.limit(
                                            Duration.between(from, seen),
                                            HealthSetting.BATTERY_UNKNOWN_AFTER,
                                            numbers)));
        }

        /**
         * Lost when silent for two intervals and the slack (three: critical), or when the newest report says that service
         * is gone. A device that was never seen is not lost: that is another condition.
         */
        Optional<Finding> network() {
            return device.vitals().lastSeen().map(lastSeen -> {
                Severity bySilence = reached(silence.lostAt(Severity.WARNING), silence.lostAt(Severity.CRITICAL));
                Severity byService = saysServiceGone(lastSeen) ? Severity.WARNING : Severity.NONE;
                Severity severity = bySilence.isWorseThan(byService) ? bySilence : byService;
                boolean isLost = severity != Severity.NONE;
                return new Finding(
                        Condition.NETWORK_LOST,
                        severity,
                        isLost ? lastSeen : now,
                        Optional.empty(),
                        isLost ? new LossCause(device, numbers, circumstances).at(now) : Cause.UNKNOWN,
                        isLost ? 1 : 0,
                        bySilence == Severity.NONE ? lastSeen : now,
                        Optional.of(silence.expected()),
                        Optional.of(bySilence)
                                .filter(reached -> reached != Severity.NONE)
                                .map(reached -> silence.lossLimit(reached, now)));
            });
        }

        double unrest(Measure measure) {
            return Unrest.of(Unrest.ofMeasure(device.vitals(), measure, numbers));
        }

        double unrestOfNetwork() {
            return Unrest.of(Unrest.ofNetwork(
                    device.vitals(),
                    silence.expected().silence(numbers.number(HealthSetting.LOST_WARNING_INTERVALS)),
                    reached(silence.lostAt(Severity.WARNING), Optional.empty())));
        }

        private Severity reached(Optional<Instant> warning, Optional<Instant> critical) {
            if (critical.filter(at -> !at.isAfter(now)).isPresent()) {
                return Severity.CRITICAL;
            }
            return warning.filter(at -> !at.isAfter(now)).isPresent() ? Severity.WARNING : Severity.NONE;
        }

        private boolean saysServiceGone(Instant lastSeen) {
            return device.vitals()
                    .window(Measure.SERVICE)
                    .newest()
                    .filter(reading -> reading.value() == 0 && !reading.at().isBefore(lastSeen))
                    .isPresent();
        }

        Optional<Finding> neverSeen() {
            Severity severity = reached(silence.neverSeenAt(Severity.WARNING), silence.neverSeenAt(Severity.CRITICAL));
            Instant since = device.lifecycle().since();
            return Optional.of(
                    severity == Severity.NONE
                            ? none(
                                    Condition.NEVER_SEEN,
                                    device.vitals().lastSeen().orElse(now))
                            : holds(Condition.NEVER_SEEN, severity, since, now)
                                    .by(silence.neverSeenLimit(severity, now)));
        }

        /** That its line is off the network and we did not ask, or that it is about to be put back by itself. */
        Finding sim() {
            Lifecycle state = device.lifecycle();
            Severity severity =
                    switch (state) {
                        case Lifecycle.Suspended suspended ->
                            !suspended.asked() || isAboutToResume() ? Severity.WARNING : Severity.NONE;
                        case Lifecycle.Deactivated deactivated ->
                            deactivated.asked() ? Severity.NONE : Severity.CRITICAL;
                        default -> LossCause.isLineInactive(state) ? Severity.CRITICAL : Severity.NONE;
                    };
            return severity == Severity.NONE
                    ? none(Condition.SIM_NOT_ACTIVE, now)
                    : holds(Condition.SIM_NOT_ACTIVE, severity, state.since(), now);
        }

        private boolean isAboutToResume() {
            return silence.resumeToldAt().filter(at -> !at.isAfter(now)).isPresent();
        }

        Finding identity() {
            return device.conflict()
                    .filter(conflict -> !conflict.settled())
                    .map(conflict ->
                            holds(Condition.IDENTITY_CONFLICT, Severity.WARNING, conflict.since(), conflict.since()))
                    .orElseGet(() -> none(Condition.IDENTITY_CONFLICT, now));
        }

        private Finding none(Condition condition, Instant evaluatedAt) {
            return new Finding(condition, Severity.NONE, now, Optional.empty(), Cause.UNKNOWN, 0, evaluatedAt);
        }

        private static Finding holds(Condition condition, Severity severity, Instant since, Instant evaluatedAt) {
            return new Finding(condition, severity, since, Optional.empty(), Cause.UNKNOWN, 1, evaluatedAt);
        }

        private static Trend trend(Window window) {
            List<Reading> readings = window.readings();
            if (readings.size() < 2) {
                return Trend.STEADY;
            }
            int compared = Double.compare(
                    readings.getLast().value(),
                    readings.get(readings.size() - 2).value());
            return compared < 0 ? Trend.FALLING : compared > 0 ? Trend.RISING : Trend.STEADY;
        }
    }
}

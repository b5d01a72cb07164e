package dev.fleetline.fleetgenerator;

import dev.fleetline.fleetgenerator.Incident.What;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The battery and the radio of one device, at any moment. */
final class Vitality {

    /** Where a low battery is called low, percent. */
    private static final double LOW = 20;

    private static final double LOWEST_OF_CHARGED = 12;
    private static final double CHARGED_PER_HOUR = 15;
    private static final double FULL = 97;

    private static final double BATTERY_NOISE = 0.6;
    private static final double SIGNAL_NOISE = 2;
    private static final double NO_COVERAGE = -125;
    private static final double WEAK = -114;
    private static final double WORST_OF_GOOD = -97;

    /** So many intervals before it is gone, a signal begins to fall. */
    private static final double FADE_INTERVALS = 4.5;

    private final FleetPlan plan;
    private final Member member;
    private final List<Incident> incidents;
    private final double full;
    private final double fallPerHour;
    private final double lastOfAll;
    private final double signal;
    private final Leaving leaving;

    /** How a device leaves coverage. */
    private enum Leaving {
        FADING,
        SAYING_SO,
        SUDDENLY
    }

    Vitality(FleetPlan plan, Member member, List<Incident> incidents, Random chance) {
        this.plan = plan;
        this.member = member;
        this.incidents = incidents;
        this.full = 80 + 20 * chance.nextDouble();
        this.fallPerHour =
                30 * chance.nextDouble() / Duration.ofDays(plan.days()).toHours();
        this.lastOfAll = 1 + 5 * chance.nextDouble();
        this.signal = -92 + 22 * chance.nextDouble();
        double way = chance.nextDouble();
        this.leaving = way < 0.6 ? Leaving.FADING : way < 0.98 ? Leaving.SAYING_SO : Leaving.SUDDENLY;
    }

    /** When a device that stops telling of its battery tells of it last. */
    static Instant lastBattery(FleetPlan plan) {
        return plan.start().plus(Duration.ofDays(4));
    }

    /** Whole percent as it reports it; empty when it does not. */
    Optional<Integer> battery(Instant at, int report, Random chance) {
        double noise = chance.nextGaussian() * BATTERY_NOISE;
        boolean untold = (member.kind() == Kind.SENTINELS && report % 2 == 0)
                || (member.kind() == Kind.NO_BATTERY_ANY_MORE && at.isAfter(lastBattery(plan)));
        return untold ? Optional.empty() : Optional.of((int) Math.clamp(Math.round(level(at) + noise), 0L, 100L));
    }

    private double level(Instant at) {
        double usual = full - fallPerHour * hours(plan.start(), at);
        Optional<Incident> low = first(What.BATTERY_LOW);
        if (low.isEmpty()) {
            return usual;
        }
        Instant from = low.get().from();
        Instant lowest =
                first(What.BATTERY_EMPTY).map(Incident::from).orElse(low.get().until());
        double least = member.kind() == Kind.FLAT ? lastOfAll : LOWEST_OF_CHARGED;
        if (at.isBefore(lowest)) {
            double perHour = (LOW - least) / hours(from, lowest);
            return Math.min(usual, least + perHour * hours(at, lowest));
        }
        if (member.kind() == Kind.FLAT) {
            return Math.max(50, 100 - fallPerHour * hours(low.get().until(), at));
        }
        return Math.min(FULL, least + CHARGED_PER_HOUR * hours(lowest, at));
    }

    /** Whether it is on the charger. */
    boolean isCharging(Instant at) {
        return member.kind() == Kind.CHARGED
                && first(What.BATTERY_LOW)
                        .filter(low -> !at.isBefore(low.until()) && level(at) < FULL)
                        .isPresent();
    }

    /** RSRP, dBm. */
    double rsrp(Instant at, Random chance) {
        double noise = chance.nextGaussian() * SIGNAL_NOISE;
        double usual = Math.max(WORST_OF_GOOD, signal + noise);
        if (incidents.stream().anyMatch(weak -> weak.what() == What.SIGNAL_WEAK && weak.covers(at))) {
            return WEAK + noise / 2;
        }
        if (leaving != Leaving.FADING) {
            return usual;
        }
        return next(What.OUT_OF_COVERAGE, at)
                .map(gone -> {
                    double intervals = hours(at, gone) / (member.interval().toMinutes() / 60.0);
                    double part = Math.clamp(1 - intervals / FADE_INTERVALS, 0, 1);
                    return usual + part * (NO_COVERAGE - usual);
                })
                .orElse(usual);
    }

    /** Whether it says that the network serves it. */
    boolean isInService(Instant at) {
        return leaving != Leaving.SAYING_SO
                || next(What.OUT_OF_COVERAGE, at)
                        .filter(gone -> Duration.between(at, gone)
                                        .compareTo(member.interval()
                                                .multipliedBy(103)
                                                .dividedBy(100))
                                <= 0)
                        .isEmpty();
    }

    private Optional<Incident> first(What what) {
        return incidents.stream().filter(incident -> incident.what() == what).findFirst();
    }

    private Optional<Instant> next(What what, Instant at) {
        return incidents.stream()
                .filter(incident -> incident.what() == what && !incident.from().isBefore(at))
                .map(Incident::from)
                .min(Instant::compareTo);
    }

    private static double hours(Instant from, Instant to) {
        return Duration.between(from, to).toSeconds() / 3600.0;
    }
}

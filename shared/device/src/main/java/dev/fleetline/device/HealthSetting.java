package dev.fleetline.device;

import java.time.Duration;
import java.util.Optional;

/** A number by which health is judged: its name as it is set, its default and its bounds. */
public enum HealthSetting {
    /** Percent, at or under which a battery is low. */
    BATTERY_WARNING(20, 1, 95),
    /** Percent, at or under which a battery is about to end. */
    BATTERY_CRITICAL(10, 0, 94),
    /** Points above the line that it crossed at which a battery is good again. */
    BATTERY_CLEARS_BY(5, 0.1, 50),
    /** For how long reports may come without a battery from a device that has one. */
    BATTERY_UNKNOWN_AFTER(Duration.ofDays(7), Duration.ofHours(1), Duration.ofDays(90)),
    /** 1 when it has a battery, whether or not it ever told of one; 0 when only its telling shows it. */
    HAS_BATTERY(Kind.FLAG, 0, 0, 1),
    /** dBm, under which a signal is weak. */
    RSRP_WARNING(-110, -159, -21),
    /** dBm, under which a signal is nearly gone. */
    RSRP_CRITICAL(-120, -160, -22),
    /** dB above the line that it crossed at which a signal is good again. */
    RSRP_CLEARS_BY(5, 0.1, 50),
    /** dBm, above which a signal is good however much better it usually is. */
    RSRP_UNUSUAL_BELOW(-100, -159, -21),
    /** dB under the device's usual signal at which a signal is weak. */
    RSRP_UNUSUAL_FALL(10, 1, 100),
    /** dB, under which quality is bad. */
    RSRQ_WARNING(-15, -44, 19),
    /** dB, under which quality is very bad. */
    RSRQ_CRITICAL(-19.5, -45, 18),
    /** dB above the line that it crossed at which quality is good again. */
    RSRQ_CLEARS_BY(2, 0.1, 50),
    /** dB, under which noise is bad. */
    SINR_WARNING(0, -29, 49),
    /** dB, under which noise is very bad. */
    SINR_CRITICAL(-3, -30, 48),
    /** dB above the line that it crossed at which noise is good again. */
    SINR_CLEARS_BY(2, 0.1, 50),
    /** How often a device reports. Of a model or a device it is declared; the fleet's is for those of which nothing is known. */
    REPORTING_INTERVAL(Duration.ofHours(24), Duration.ofMinutes(5), Duration.ofDays(7)),
    /** Part of the interval, percent, that a device may be late without being late: power saving. */
    SLACK_PERCENT(10, 0, 100),
    /** So many intervals and the slack of silence are a loss. */
    LOST_WARNING_INTERVALS(2, 1, 99),
    /** So many intervals and the slack of silence are a bad loss. */
    LOST_CRITICAL_INTERVALS(3, 1.1, 100),
    /** A last signal under this, dBm, explains a loss. */
    NO_COVERAGE_RSRP(-120, -160, -21),
    /** A fall of the signal by this much, dB, over the last readings explains a loss. */
    NO_COVERAGE_FALL(10, 1, 100),
    /** For how long a device may be active without a report. */
    NEVER_SEEN_WARNING(Duration.ofHours(24), Duration.ofMinutes(5), Duration.ofDays(30)),
    /** After how long without a report an active device needs a person at once. */
    NEVER_SEEN_CRITICAL(Duration.ofDays(3), Duration.ofMinutes(6), Duration.ofDays(90)),
    /** How long before the carrier puts a line back by itself a person hears of it. */
    RESUME_WARNING(Duration.ofDays(7), Duration.ofHours(1), Duration.ofDays(90)),
    /** For how long nobody has heard of an open alert before they are reminded of it. */
    REMIND_AFTER(Duration.ofHours(23), Duration.ofHours(1), Duration.ofDays(90)),
    /** For how long an alert can be silenced at most. */
    SNOOZE_AT_MOST(Duration.ofDays(14), Duration.ofHours(1), Duration.ofDays(90)),
    /** How many messages about a device go out in 24 hours. */
    MESSAGES_A_DAY(6, 1, Messages.REMEMBERED),
    /** Percent of the last evaluations that changed the state, above which a condition is said to flap. */
    FLAPS_ABOVE(50, 2, 100),
    /** Percent of the same, under which it is calm again. */
    CALM_BELOW(25, 1, 99);

    /** How a setting is written. */
    public enum Kind {
        NUMBER,
        /** ISO 8601; held in seconds. */
        DURATION,
        /** True or false; held as 1 or 0. */
        FLAG
    }

    private final Kind kind;
    private final double usual;
    private final double least;
    private final double most;

    HealthSetting(double usual, double least, double most) {
        this(Kind.NUMBER, usual, least, most);
    }

    HealthSetting(Duration usual, Duration least, Duration most) {
        this(Kind.DURATION, (double) usual.toSeconds(), (double) least.toSeconds(), (double) most.toSeconds());
    }

    HealthSetting(Kind kind, double usual, double least, double most) {
        this.kind = kind;
        this.usual = usual;
        this.least = least;
        this.most = most;
    }

    public Kind kind() {
        return kind;
    }

    /** The number of a fleet that has set nothing. */
    public double usual() {
        return usual;
    }

    /** The least that it may be set to. */
    public double least() {
        return least;
    }

    /** The most that it may be set to. */
    public double most() {
        return most;
    }

    /** Whether it may be set to this. */
    public boolean allows(double value) {
        return value >= least && value <= most;
    }

    /** What it must be, in words. */
    public String bound() {
        return switch (kind) {
            case NUMBER -> "a number from " + plain(least) + " to " + plain(most);
            case DURATION ->
                "a duration (ISO 8601, such as PT15M) from " + Duration.ofSeconds((long) least) + " to "
                        + Duration.ofSeconds((long) most);
            case FLAG -> "true or false";
        };
    }

    /** The setting of this name. */
    public static Optional<HealthSetting> named(String name) {
        for (HealthSetting setting : values()) {
            if (setting.name().equals(name)) {
                return Optional.of(setting);
            }
        }
        return Optional.empty();
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}

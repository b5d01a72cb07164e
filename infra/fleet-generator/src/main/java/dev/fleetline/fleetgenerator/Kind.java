package dev.fleetline.fleetgenerator;

/** What sort of device it is, and so what goes wrong with it. */
public enum Kind {
    /** Reports as declared, and nothing is wrong. */
    STEADY(33),
    /** Of a site that will lose its power or its gateway. */
    OF_LOST_SITE(6),
    /** Sleeps for half a day, wakes by a jittery clock and reports forty times within a minute. */
    SLEEPING(15),
    /** Reports in bursts at no fixed time, but at least once per interval. */
    BURSTY(6),
    /** Its battery runs out; some days later somebody puts another one in. */
    FLAT(9),
    /** Its battery gets low and is charged in time. */
    CHARGED(3),
    /** Leaves coverage, and the signal falls before. */
    OUT_OF_COVERAGE(8),
    /** Stands for some days where the signal is weak, and goes on reporting. */
    WEAK(2),
    /** The carrier suspends its line, unasked. */
    SUSPENDED(4),
    /** Its program hangs: the carrier, which says so on M2M alone, goes on seeing connections. */
    APP_SILENT(5),
    /** Loses its power, as when a cable is pulled: nothing shows it before. */
    UNPLUGGED(4),
    /** A bad plug: off and on again for two days. */
    FLAPPING(1),
    /** Its clock is a day ahead. */
    CLOCK_AHEAD(1),
    /** Its clock is a day behind. */
    CLOCK_BEHIND(1),
    /** Its clock begins in 1970. */
    CLOCK_OF_1970(1),
    /** Says of its battery that it is not available, in every other report. */
    SENTINELS(1),
    /** Stops telling of its battery at all. */
    NO_BATTERY_ANY_MORE(1),
    /** Active, and never heard. */
    NEVER_SEEN(1);

    /** How many of a hundred or so are of this kind. */
    private final int share;

    Kind(int share) {
        this.share = share;
    }

    int share() {
        return share;
    }
}

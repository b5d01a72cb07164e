package dev.fleetline.thingspacesimulator.wire;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The platform's formats of time; which one applies depends on the field, not on the value. */
public final class PlatformTimes {

    /** What a time says that has never been. */
    public static final String NEVER = "0001-01-01T00:00:00Z";

    private static final DateTimeFormatter SECONDS = format("uuuu-MM-dd'T'HH:mm:ss'Z'");
    private static final DateTimeFormatter MILLIS = format("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");
    private static final DateTimeFormatter NANOS = format("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'");
    private static final DateTimeFormatter OFFICE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);
    private static final ZoneId OFFICE_ZONE = ZoneId.of("America/New_York");
    private static final DateTimeFormatter POWER_ON = format("M-d-uuuu HH:mm:ss");

    private PlatformTimes() {}

    /** When a device took a reading. */
    public static String seconds(Instant time) {
        return SECONDS.format(time);
    }

    /** When a resource was made or changed. */
    public static String millis(Instant time) {
        return MILLIS.format(time);
    }

    /** When a token was made. */
    public static String nanos(Instant time) {
        return NANOS.format(time);
    }

    /** {@code DINF.LPO}: month before day, no padding, no zone. */
    public static String powerOn(Instant time) {
        return POWER_ON.format(time);
    }

    /** What M2M says of its account: in the time of the office that keeps it. */
    public static String office(Instant time) {
        return OFFICE.format(time.atZone(OFFICE_ZONE));
    }

    /** When the billing cycle ends that comes after the one of that time. */
    public static String billingCycleEnd(Instant time) {
        return OFFICE.format(time.atZone(OFFICE_ZONE)
                .toLocalDate()
                .plusMonths(1)
                .withDayOfMonth(9)
                .atTime(20, 0)
                .atZone(OFFICE_ZONE));
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}

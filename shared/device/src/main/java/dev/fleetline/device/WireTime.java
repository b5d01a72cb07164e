package dev.fleetline.device;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads every way in which ThingSpace writes a point in time. The list is in {@code infra/thingspace.md}. */
public final class WireTime {

    /** What the platform writes for "never". */
    private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

    private static final Pattern ISO =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?)(Z|[+-]\\d{2}:\\d{2}Z?)");

    /** Month first, no padding, no zone: it only fits the rest of a document when read as UTC. */
    private static final DateTimeFormatter LAST_POWER_ON = DateTimeFormatter.ofPattern("M-d-uuuu HH:mm:ss");

    /** The day of a location bill; it begins in UTC, since nothing says where else. */
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM-dd-uuuu");

    private static final DateTimeFormatter COMPACT = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

    private static final Pattern GO = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2}) (\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?) ([+-]\\d{2})(\\d{2}) [A-Z]{3,4}");

    private WireTime() {}

    /** The moment that is meant; empty for what is no time, and for the platform's "never". */
    public static Optional<Instant> read(String text) {
        try {
            return parse(text.strip()).filter(time -> !time.equals(NEVER));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> parse(String text) {
        Matcher iso = ISO.matcher(text);
        if (iso.matches()) {
            String zone = iso.group(2);
            // "-08:00Z" says offset and UTC at once; the offset is what the local time beside it fits
            String offset = zone.length() > 1 && zone.endsWith("Z") ? zone.substring(0, zone.length() - 1) : zone;
            return Optional.of(OffsetDateTime.parse(iso.group(1) + offset).toInstant());
        }
        Matcher go = GO.matcher(text);
        if (go.matches()) {
            return Optional.of(OffsetDateTime.parse(go.group(1) + "T" + go.group(2) + go.group(3) + ":" + go.group(4))
                    .toInstant());
        }
        if (text.matches("\\d{14}")) {
            return Optional.of(LocalDateTime.parse(text, COMPACT).toInstant(ZoneOffset.UTC));
        }
        if (text.matches("\\d{2}-\\d{2}-\\d{4}")) {
            return Optional.of(
                    LocalDate.parse(text, DAY).atStartOfDay(ZoneOffset.UTC).toInstant());
        }
        if (text.matches("\\d{1,2}-\\d{1,2}-\\d{4} .*")) {
            return Optional.of(LocalDateTime.parse(text, LAST_POWER_ON).toInstant(ZoneOffset.UTC));
        }
        return Optional.empty();
    }
}

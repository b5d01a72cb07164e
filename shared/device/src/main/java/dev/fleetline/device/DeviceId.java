package dev.fleetline.device;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * The id that ThingSpace gives a device, its UID. It looks like a UUID and is none: version and variant nibbles are
 * not those of RFC 4122, so it is kept as text.
 */
public record DeviceId(String value) {

    public DeviceId {
        requireNonNull(value, "value");
        if (!value.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw new IllegalArgumentException("not a ThingSpace id (8-4-4-4-12 lower-case hex digits)");
        }
    }

    /**
     * Reads an id in any case.
     *
     * @throws IllegalArgumentException when the shape is another
     */
    public static DeviceId parse(String text) {
        return new DeviceId(text.strip().toLowerCase(Locale.ROOT));
    }

    /** Shows the last four digits only. */
    @Override
    public String toString() {
        return "…" + value.substring(value.length() - 4);
    }
}

package dev.fleetline.thingspacesimulator.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes ids of the platform's look: version nibble 6, variant nibble e or f, fourth digit 1. No RFC 4122 validator takes
 * them, which is the point. The same steps on a fresh simulator get the same ids.
 */
public final class PlatformIds {

    /** The id that stands for none. */
    public static final String NONE = "00000000-0000-0000-0000-000000000000";

    /** The one tag that all of the account's devices carry. */
    public static final String TAG = "7a610001-0000-6abc-f005-0123456789ab";

    /** The maker's id that all of the account's devices carry unless they say otherwise. */
    public static final String PROVIDER = "99999999-9999-4999-8999-999999999999";

    /** 1582-10-15 to 1970-01-01, in the 100 ns of a UUID's time. */
    private static final long GREGORIAN_TO_UNIX = 0x01b21dd213814000L;

    /** A clock sequence, and a node whose first bytes 02:42:0a are those of a container, as on the platform. */
    private static final long SEQUENCE_AND_NODE = 0x8a1102420a000001L;

    private final AtomicLong events = new AtomicLong(0xf001);
    private final AtomicLong targets = new AtomicLong(0xd001);
    private final AtomicLong subscriptions = new AtomicLong(0x0001);
    private final AtomicLong versions = new AtomicLong();

    /**
     * The id of a device.
     *
     * @param life how many devices with this IMEI there were before it: one that is deleted and made anew is another device
     */
    public static String device(String imei, int life) {
        if (imei.equals("999999000000014") && life == 0) {
            // the device of all written examples
            return "d0c1e0a1-0000-6abc-f001-0123456789ab";
        }
        String hex = sha256(imei + "#" + life);
        char variant = Character.digit(hex.charAt(31), 16) % 2 == 0 ? 'e' : 'f';
        return hex.substring(0, 3) + '1' + hex.substring(4, 8) + '-' + hex.substring(8, 12) + "-6"
                + hex.substring(12, 15) + '-' + variant + hex.substring(15, 18) + '-' + hex.substring(18, 30);
    }

    /** The made-up IMEI with that serial number, from 1 to 999999; of those above 9999 some have a card in common. */
    public static String imei(int serial) {
        String body = String.format(Locale.ROOT, "99999900%06d", serial);
        return body + luhnDigit(body);
    }

    /** The card that goes with a device: its serial is the IMEI's, so that tests can tell the pair. */
    public static String iccid(String imei) {
        String body = "891480000099999" + imei.substring(10, 14);
        return body + luhnDigit(body);
    }

    /** The phone number that goes with a device, likewise. */
    public static String mdn(String imei) {
        return "555010" + imei.substring(11, 15);
    }

    /** The id of the next event. */
    public String nextEvent() {
        return numbered("e0e1", events.getAndIncrement(), "e004");
    }

    /** The id of the next target. */
    public String nextTarget() {
        return numbered("7a91", targets.getAndIncrement(), "e002");
    }

    /** The id of the next subscription. */
    public String nextSubscription() {
        return numbered("5b01", subscriptions.getAndIncrement(), "f003");
    }

    /**
     * The id of a version made at {@code lastUpdated}: a true UUIDv1 whose time is that time to the millisecond. What is
     * finer is counted, so that two versions of one millisecond differ.
     */
    public String version(Instant lastUpdated) {
        long time = GREGORIAN_TO_UNIX + lastUpdated.toEpochMilli() * 10_000 + versions.getAndIncrement() % 10_000;
        long high = time << 32 | (time >>> 32 & 0xffff) << 16 | 0x1000 | (time >>> 48 & 0xfff);
        return new UUID(high, SEQUENCE_AND_NODE).toString();
    }

    private static String numbered(String prefix, long number, String group) {
        return String.format(
                Locale.ROOT,
                "%s%04x-%04x-6abc-%s-0123456789ab",
                prefix,
                number & 0xffff,
                number >>> 16 & 0xffff,
                group);
    }

    private static int luhnDigit(String body) {
        int sum = 0;
        for (int i = 0; i < body.length(); i++) {
            int digit = body.charAt(body.length() - 1 - i) - '0';
            int weighed = i % 2 == 0 ? digit * 2 : digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return (10 - sum % 10) % 10;
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

package dev.fleetline.fleetgenerator;

import static java.util.Objects.requireNonNull;

import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import java.time.Duration;
import java.util.Optional;

/**
 * A device of the fleet, as somebody who orders it knows it.
 *
 * @param interval how often it reports
 * @param declared whether that is declared, or has to be learned
 * @param carrier which of the carrier's platforms: {@code core} or {@code m2m}
 * @param site where it stands, with others
 */
public record Member(
        int number,
        Imei imei,
        Iccid iccid,
        DeviceId uid,
        Kind kind,
        Duration interval,
        boolean declared,
        String carrier,
        String model,
        Optional<String> site) {

    private static final int DIGITS = 10;

    public Member {
        requireNonNull(kind, "kind");
        if (!interval.isPositive()) {
            throw new IllegalArgumentException("interval must be positive: " + interval);
        }
    }

    /** The interval where it is declared. */
    public Optional<Duration> declaredInterval() {
        return Optional.of(interval).filter(_ -> declared);
    }

    static Imei imei(int number) {
        return new Imei(withCheckDigit(String.format("999999%08d", number)));
    }

    static Iccid iccid(int number) {
        return new Iccid(withCheckDigit(String.format("891480000099%07d", number)));
    }

    static DeviceId uid(int number) {
        return new DeviceId(String.format("0a1b2c3d-0000-f000-0001-%012x", number));
    }

    /** Luhn's: every other digit counts double, from the right. */
    private static String withCheckDigit(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighed = i % 2 == 0 ? 2 * digit : digit;
            sum += weighed / DIGITS + weighed % DIGITS;
        }
        return digits + (DIGITS - sum % DIGITS) % DIGITS;
    }
}

package dev.fleetline.device;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * International Mobile Equipment Identity of a cellular module: 14 digits and a Luhn check digit.
 *
 * <p>The constructor rejects anything else, so an {@code Imei} in a signature is proof that the number was checked
 * once, at the edge.
 */
public record Imei(String digits) implements Comparable<Imei> {

    public Imei {
        requireNonNull(digits, "digits");
        if (!digits.matches("[0-9]{15}") || !Luhn.holds(digits)) {
            throw new IllegalArgumentException("not an IMEI (14 digits and a Luhn check digit): " + masked(digits));
        }
    }

    /**
     * Reads what people and platforms write for an IMEI: 15 digits; 14 digits (the check digit is added); 16 digits,
     * an IMEISV, whose software version gives way to the check digit. Spaces around it are ignored.
     *
     * @throws IllegalArgumentException naming the rule that is broken
     */
    public static Imei parse(String text) {
        String digits = text.strip();
        if (!digits.matches("[0-9]*")) {
            throw new IllegalArgumentException("an IMEI has digits only: " + masked(digits));
        }
        return switch (digits.length()) {
            case 14 -> new Imei(digits + Luhn.checkDigit(digits));
            case 15 -> checked(digits);
            case 16 -> new Imei(digits.substring(0, 14) + Luhn.checkDigit(digits.substring(0, 14)));
            default ->
                throw new IllegalArgumentException(
                        "an IMEI has 15 digits (14 without its check digit, 16 as IMEISV), not " + digits.length());
        };
    }

    /**
     * Reads an IMEI that somebody wrote as a number, as ThingSpace Core does: leading zeros are lost on the way.
     *
     * @throws IllegalArgumentException naming the rule that is broken
     */
    public static Imei of(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("an IMEI has digits only");
        }
        return parse(String.format(Locale.ROOT, "%015d", number));
    }

    private static Imei checked(String digits) {
        if (!Luhn.holds(digits)) {
            throw new IllegalArgumentException("the check digit of the IMEI is wrong: " + masked(digits));
        }
        return new Imei(digits);
    }

    /** Type Allocation Code, the first eight digits: which model of which maker. */
    public String tac() {
        return digits.substring(0, 8);
    }

    @Override
    public int compareTo(Imei other) {
        return digits.compareTo(other.digits);
    }

    /** Shows the last four digits only; the rest identifies one device and stays out of logs. */
    @Override
    public String toString() {
        return masked(digits);
    }

    private static String masked(String digits) {
        return "…" + digits.substring(Math.max(0, digits.length() - 4));
    }
}

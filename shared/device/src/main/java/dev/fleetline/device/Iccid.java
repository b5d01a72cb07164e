package dev.fleetline.device;

import static java.util.Objects.requireNonNull;

/** Integrated Circuit Card Identifier of a SIM: 19 or 20 digits that begin with 89 (telecom), the last a Luhn digit. */
public record Iccid(String digits) {

    public Iccid {
        requireNonNull(digits, "digits");
        if (!digits.matches("[0-9]{19,20}")) {
            throw new IllegalArgumentException("an ICCID has 19 or 20 digits, not " + described(digits));
        }
        if (!digits.startsWith("89")) {
            throw new IllegalArgumentException("an ICCID begins with 89, the number for telecom cards");
        }
        if (!Luhn.holds(digits)) {
            throw new IllegalArgumentException("the check digit of the ICCID is wrong: " + masked(digits));
        }
    }

    /**
     * Reads an ICCID with spaces around it.
     *
     * @throws IllegalArgumentException naming the rule that is broken
     */
    public static Iccid parse(String text) {
        return new Iccid(text.strip());
    }

    /** Shows the last four digits only; the rest identifies one subscriber and stays out of logs. */
    @Override
    public String toString() {
        return masked(digits);
    }

    private static String described(String text) {
        return text.matches("[0-9]*") ? String.valueOf(text.length()) : "letters or signs";
    }

    private static String masked(String digits) {
        return "…" + digits.substring(Math.max(0, digits.length() - 4));
    }
}

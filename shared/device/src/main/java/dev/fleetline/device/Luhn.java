package dev.fleetline.device;

/** The check digit of ISO/IEC 7812 that ends every IMEI and ICCID. */
final class Luhn {

    private Luhn() {}

    static boolean holds(String digits) {
        return sum(digits, 1) % 10 == 0;
    }

    /** The digit that, appended to {@code digits}, makes the whole valid. */
    static char checkDigit(String digits) {
        return (char) ('0' + (10 - sum(digits, 2) % 10) % 10);
    }

    private static int sum(String digits, int factorOfLast) {
        int sum = 0;
        int factor = factorOfLast;
        for (int i = digits.length() - 1; i >= 0; i--) {
            int product = (digits.charAt(i) - '0') * factor;
            sum += product > 9 ? product - 9 : product;
            factor = 3 - factor;
        }
        return sum;
    }
}

package dev.fleetline.bulkonboarding;

import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import java.util.OptionalInt;

/**
 * Which IMEI stands beside which ICCID in a file, in tables of numbers that are made once for the most rows that a file
 * may have: 10 MB, whatever the file.
 */
final class SeenPairs {

    private final Side byImei;
    private final Side byIccid;

    /** For so many rows. */
    SeenPairs(int mostRows) {
        int slots = Integer.highestOneBit(Math.max(mostRows, 1) * 2 - 1) * 2;
        this.byImei = new Side(slots);
        this.byIccid = new Side(slots);
    }

    /** What a file says of one number: beside which other, first in which line, and whether in all lines the same. */
    private static final class Side {
        private final long[] numbers;
        private final long[] beside;
        /** Negative when another line says otherwise. */
        private final int[] lines;

        Side(int slots) {
            numbers = new long[slots];
            beside = new long[slots];
            lines = new int[slots];
        }

        /** Where the number is, or where there is room for it. */
        int slot(long number) {
            int slot = Long.hashCode(number * 0x9E3779B97F4A7C15L) & (numbers.length - 1);
            while (lines[slot] != 0 && numbers[slot] != number) {
                slot = (slot + 1) & (numbers.length - 1);
            }
            return slot;
        }

        void add(long number, long other, int line) {
            int slot = slot(number);
            if (lines[slot] == 0) {
                numbers[slot] = number;
                beside[slot] = other;
                lines[slot] = line;
            } else if (beside[slot] != other && lines[slot] > 0) {
                lines[slot] = -lines[slot];
            }
        }

        int line(long number) {
            return lines[slot(number)];
        }
    }

    void add(Imei imei, Iccid iccid, int line) {
        byImei.add(number(imei), number(iccid), line);
        byIccid.add(number(iccid), number(imei), line);
    }

    /** The line in which this IMEI stands first, if another ICCID stands beside it somewhere. */
    OptionalInt contradicted(Imei imei) {
        return contradicted(byImei.line(number(imei)));
    }

    /** The line in which this ICCID stands first, if another IMEI stands beside it somewhere. */
    OptionalInt contradicted(Iccid iccid) {
        return contradicted(byIccid.line(number(iccid)));
    }

    /** The line in which this IMEI stands first. */
    int first(Imei imei) {
        return Math.abs(byImei.line(number(imei)));
    }

    private static OptionalInt contradicted(int line) {
        return line < 0 ? OptionalInt.of(-line) : OptionalInt.empty();
    }

    private static long number(Imei imei) {
        return Long.parseLong(imei.digits());
    }

    /** Without 89, which all have, and the check digit, which follows from the others; a 1 before keeps its zeros. */
    private static long number(Iccid iccid) {
        String digits = iccid.digits();
        return Long.parseLong("1" + digits.substring(2, digits.length() - 1));
    }
}

package dev.fleetline.fleetdynamodb;

import java.io.ByteArrayOutputStream;

/** Writes whole numbers in as few bytes as they need: seven bits a byte, small negative ones as short as small ones. */
final class PackedBytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PackedBytes octet(int value) {
        out.write(value);
        return this;
    }

    PackedBytes number(long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    PackedBytes exact(double value) {
        long bits = Double.doubleToLongBits(value);
        for (int shift = 56; shift >= 0; shift -= 8) {
            out.write((int) (bits >>> shift));
        }
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /** Reads in the same order what was written; too few bytes, too many or too long numbers are refused. */
    static final class Reader {

        private final byte[] bytes;
        private int place;

        Reader(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        int octet() {
            if (place == bytes.length) {
                throw new UnreadableItem("packed vitals end too early, after " + bytes.length + " bytes");
            }
            return bytes[place++] & 0xFF;
        }

        long number() {
            long folded = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                int octet = octet();
                folded |= (long) (octet & 0x7F) << shift;
                if ((octet & 0x80) == 0) {
                    return (folded >>> 1) ^ -(folded & 1);
                }
            }
            throw new UnreadableItem("packed vitals hold a number that does not end, before byte " + place);
        }

        double exact() {
            long bits = 0;
            for (int count = 0; count < 8; count++) {
                bits = (bits << 8) | octet();
            }
            return Double.longBitsToDouble(bits);
        }

        void end() {
            if (place != bytes.length) {
                throw new UnreadableItem("packed vitals have " + (bytes.length - place) + " bytes too many");
            }
        }
    }
}

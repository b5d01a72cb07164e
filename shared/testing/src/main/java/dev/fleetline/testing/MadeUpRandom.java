package dev.fleetline.testing;

import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * Chance whose secrets can be found in a log: in a password that is drawn letter by letter ten of every twenty are the same,
 * and a value made of bytes begins with the same ones.
 */
public final class MadeUpRandom implements RandomGenerator {

    /** How a value of bytes begins in Base64 for addresses. */
    static final String BYTES = "made-up-bytes-for-tests-";

    /** What is drawn of an alphabet that begins with A to Z. */
    static final String LETTERS = "ZYXWVUTSRQ";

    private static final int PERIOD = 2 * LETTERS.length();

    private final RandomGenerator chance;
    private int drawn;

    /** The rest of each value comes from there. */
    public MadeUpRandom(RandomGenerator chance) {
        this.chance = chance;
    }

    @Override
    public long nextLong() {
        return chance.nextLong();
    }

    @Override
    public int nextInt(int bound) {
        int place = drawn++ % PERIOD;
        return place < LETTERS.length() && bound > 'Z' - 'A' ? LETTERS.charAt(place) - 'A' : chance.nextInt(bound);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        chance.nextBytes(bytes);
        byte[] beginning = Base64.getUrlDecoder().decode(BYTES);
        System.arraycopy(beginning, 0, bytes, 0, Math.min(beginning.length, bytes.length));
    }
}

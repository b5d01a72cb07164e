package dev.fleetline.orders;

/** Ends the process at its n-th effect. */
final class Lives {

    /** Nobody does so much. */
    static final int NEVER = Integer.MAX_VALUE;

    private int left = NEVER;

    /** An error, because one bad device is never the end of a run. */
    private static final class Died extends Error {
        Died(String effect) {
            super("died at " + effect);
        }
    }

    /** Something has an effect now. */
    void effect(String name) {
        if (left-- == 0) {
            throw new Died(name);
        }
    }

    /** Whether it came to its end. */
    boolean until(int death, Runnable process) {
        left = death;
        try {
            process.run();
            return true;
        } catch (Died e) {
            return false;
        } finally {
            left = NEVER;
        }
    }
}

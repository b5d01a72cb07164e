package dev.fleetline.onboardingreconciler;

/**
 * What was seen and done so far.
 *
 * @param looked devices that were looked at
 * @param moved those that came into another state
 * @param told events for others to hear
 * @param left those that stay as they are for a later look: somebody else changed them, or the carrier is not to be asked
 * @param skipped those that could not be read or worked on
 */
record Tally(int looked, int moved, int told, int left, int skipped) {

    static final Tally NOTHING = new Tally(0, 0, 0, 0, 0);
    static final Tally LEFT = new Tally(1, 0, 0, 1, 0);

    /** Looked at, and all is as it should be. */
    static final Tally SEEN = new Tally(1, 0, 0, 0, 0);

    static Tally left(int devices) {
        return new Tally(devices, 0, 0, devices, 0);
    }

    static Tally skipped(int devices) {
        return new Tally(0, 0, 0, 0, devices);
    }

    Tally plus(Tally other) {
        return new Tally(
                looked + other.looked,
                moved + other.moved,
                told + other.told,
                left + other.left,
                skipped + other.skipped);
    }
}

package dev.fleetline.thingspacesimulator.streaming;

/** Goes with a parcel: has a say in how it is sent again, and learns what comes of it. */
public interface Escort {

    /** Nobody in particular. */
    Escort NONE = new Escort() {
        @Override
        public void attempted(Attempt attempt, boolean last) {}

        @Override
        public void abandoned() {}
    };

    /** Runs a second or later attempt; the caller need not wait for it. */
    default void run(Runnable attempt) {
        attempt.run();
    }

    /** After each attempt; no other follows the {@code last}. */
    void attempted(Attempt attempt, boolean last);

    /** There is no subscription any more for the attempt that was due. */
    void abandoned();
}

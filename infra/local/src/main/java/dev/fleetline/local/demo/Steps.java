package dev.fleetline.local.demo;

import java.util.function.Supplier;

/** Plays the steps of a story and tells each, with what was seen of it. */
final class Steps {

    private final Telling telling;
    private boolean all = true;

    Steps(Telling telling) {
        this.telling = telling;
    }

    /** What was seen of a step. */
    record Seen(boolean observed, String outcome) {}

    /** Plays one; one that fails is told as not observed. */
    void step(String what, Supplier<Seen> play) {
        Seen seen;
        try {
            seen = play.get();
        } catch (RuntimeException e) {
            // the story goes on: what else works is worth knowing
            seen = new Seen(false, String.valueOf(e.getMessage()));
        }
        all &= seen.observed();
        telling.step(what, seen.observed(), seen.outcome());
    }

    /** Tells the end of the story and leaves the desk; whether all was observed. */
    boolean close(Desk desk) {
        telling.close(desk.local("devices"), desk.eventCounts(), all);
        desk.close();
        return all;
    }
}

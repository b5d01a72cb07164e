package dev.fleetline.thingspacesimulator.web;

/** Ends a call early with the answer it carries. */
public final class Refusal extends RuntimeException {

    private final transient Answer answer;

    /** Refuses with that answer. */
    public Refusal(Answer answer) {
        super("refused with status " + answer.status(), null, false, false);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }
}

package dev.fleetline.local.faults;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The way of one instance of a function to the services of AWS, until the instance is killed. */
final class Door {

    /** What becomes of a call. */
    enum Admission {
        /** It comes through. */
        PASS,
        /** It comes through, and nobody lives to hear the answer. */
        LAST,
        /** It does not come through. */
        NOTHING
    }

    private static final long NEVER = Long.MAX_VALUE;

    private final String module;
    private final Map<String, URI> services;
    private final AtomicLong callsLeft = new AtomicLong(NEVER);
    private volatile boolean lastIsDone;
    private volatile String diedAt = "";

    Door(String module, Map<String, URI> services) {
        this.module = module;
        this.services = Map.copyOf(services);
    }

    String module() {
        return module;
    }

    Optional<URI> service(String name) {
        return Optional.ofNullable(services.get(name));
    }

    /**
     * Kills the instance at its call of that number from now.
     *
     * @param done whether that call still comes through, and only its answer is lost
     */
    void cutAt(int call, boolean done) {
        lastIsDone = done;
        callsLeft.set(call);
    }

    boolean isCut() {
        return callsLeft.get() <= 0;
    }

    /** What it was doing when it died. */
    String diedAt() {
        return diedAt;
    }

    Admission admit(String what) {
        long left = callsLeft.updateAndGet(calls -> calls == NEVER ? NEVER : Math.max(-1, calls - 1));
        if (left > 0) {
            return Admission.PASS;
        }
        if (left < 0) {
            return Admission.NOTHING;
        }
        diedAt = what + (lastIsDone ? ", done" : ", not done");
        return lastIsDone ? Admission.LAST : Admission.NOTHING;
    }
}

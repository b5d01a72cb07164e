package dev.fleetline.thingspacesimulator.faults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.faults.Failing.Way;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The faults that are on, and how often each is still to strike. Asking whether a fault strikes uses it up, so every
 * question is asked once per call or delivery.
 */
public final class Faults {

    private FaultSettings settings = FaultSettings.none();
    private int errors;
    private final Map<Door, Integer> atDoors = new EnumMap<>(Door.class);
    private int lostAnswers;
    private int lostActivations;
    private int reorders;
    private int unreadables;
    private long events;

    /** Nothing is wrong. */
    public Faults() {}

    /** Replaces all faults, those not used up included. */
    public synchronized void set(FaultSettings next) {
        settings = next;
        errors = next.calls().errors();
        for (Door door : Door.values()) {
            atDoors.put(door, next.failing(door).times());
        }
        lostAnswers = next.calls().lostAnswer();
        lostActivations = next.calls().lostActivation();
        reorders = next.deliveries().reorder();
        unreadables = next.deliveries().unreadable();
        events = 0;
    }

    /** What was set. */
    public synchronized FaultSettings settings() {
        return settings;
    }

    /** Whether this API call is to fail. */
    public synchronized boolean failCall() {
        return errors > 0 && errors-- > 0;
    }

    /** How the call behind this door is to fail before anything is done, if it is. */
    synchronized Optional<Way> failAt(Door door) {
        Way way = settings.failing(door).way();
        return way != Way.LOST && strike(door) ? Optional.of(way) : Optional.empty();
    }

    /** Whether the answer to the call behind this door, which has been carried out, gets lost. */
    synchronized boolean loseAt(Door door) {
        return settings.failing(door).way() == Way.LOST && strike(door);
    }

    /** Whether the answer to this registration or activation, which has been carried out, gets lost. */
    synchronized boolean loseAnswer() {
        return lostAnswers > 0 && lostAnswers-- > 0;
    }

    /** Whether this activation never arrives. */
    synchronized boolean loseActivation() {
        return lostActivations > 0 && lostActivations-- > 0;
    }

    /** Whether this event waits for the one after it. */
    public synchronized boolean holdBack() {
        return reorders > 0 && reorders-- > 0;
    }

    /** Whether this event is sent twice. */
    public synchronized boolean sendTwice() {
        int every = settings.deliveries().duplicates();
        return every > 0 && ++events % every == 0;
    }

    /** Whether this delivery has a broken body. */
    public synchronized boolean breakBody() {
        return unreadables > 0 && unreadables-- > 0;
    }

    /** As the control API shows them: for what is counted, how often it is still to strike. */
    public synchronized ObjectNode toJson() {
        ObjectNode json = settings.toJson();
        atDoors.forEach((door, left) -> json.put(door.countField(), left));
        return json.put("errors", errors)
                .put("lostAnswer", lostAnswers)
                .put("lostActivation", lostActivations)
                .put("reorder", reorders)
                .put("unreadable", unreadables);
    }

    private boolean strike(Door door) {
        int left = atDoors.getOrDefault(door, 0);
        if (left > 0) {
            atDoors.put(door, left - 1);
        }
        return left > 0;
    }
}

package dev.fleetline.thingspacesimulator.faults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.faults.FaultSettings.LostBy;
import java.util.Optional;

/**
 * The faults that are on, and how often each is still to strike. Asking whether a fault strikes uses it up, so every
 * question is asked once per call or delivery.
 */
public final class Faults {

    private FaultSettings settings = FaultSettings.none();
    private int errors;
    private int tokenErrors;
    private int lostAnswers;
    private int reorders;
    private int unreadables;
    private long events;

    /** Nothing is wrong. */
    public Faults() {}

    /** Replaces all faults, those not used up included. */
    public synchronized void set(FaultSettings next) {
        settings = next;
        errors = next.calls().errors();
        tokenErrors = next.calls().tokenErrors();
        lostAnswers = next.calls().lostAnswer();
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

    /** Whether this call of the token endpoint is to fail. */
    public synchronized boolean failTokenCall() {
        return tokenErrors > 0 && tokenErrors-- > 0;
    }

    /** Whether the answer to this registration or activation, which has been carried out, gets lost, and how. */
    public synchronized Optional<LostBy> loseAnswer() {
        if (lostAnswers == 0) {
            return Optional.empty();
        }
        lostAnswers--;
        return Optional.of(settings.calls().lostAnswerBy());
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
        return settings.toJson()
                .put("errors", errors)
                .put("tokenErrors", tokenErrors)
                .put("lostAnswer", lostAnswers)
                .put("reorder", reorders)
                .put("unreadable", unreadables);
    }
}

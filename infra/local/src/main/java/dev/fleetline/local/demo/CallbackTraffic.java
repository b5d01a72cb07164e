package dev.fleetline.local.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.LocalFleetline;
import dev.fleetline.local.demo.Steps.Seen;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A device that reports and a service that calls back: how many were sent, answered 2xx and stored, and what each showed
 * when it arrived.
 */
final class CallbackTraffic {

    /** The service that calls back. */
    static final String SERVICE = "CarrierService";

    private final LocalFleetline fleetline;
    private final Desk desk;
    private final Sim sim;
    private final Map<String, Integer> shown = new ConcurrentHashMap<>();
    private Counts before = new Counts(0, 0, 0, 0, 0);
    private int rounds;
    private int sentHere;
    private int acceptedHere;

    /** @param accepted answered with a yes, reports and callbacks together */
    private record Counts(int reports, int callbacks, int accepted, int storedReports, int storedCallbacks) {
        Counts since(Counts other) {
            return new Counts(
                    reports - other.reports,
                    callbacks - other.callbacks,
                    accepted - other.accepted,
                    storedReports - other.storedReports,
                    storedCallbacks - other.storedCallbacks);
        }
    }

    CallbackTraffic(LocalFleetline fleetline, Desk desk, Sim sim) {
        this.fleetline = fleetline;
        this.desk = desk;
        this.sim = sim;
        fleetline.watch(this::arrived);
    }

    /** Counts from here. */
    void begin() {
        rounds = 0;
        shown.clear();
        before = counts();
    }

    /**
     * One report, one callback with what the platform has registered, and one with what it had: for some minutes it was seen
     * to show the old password even where the listener was taken out first, which the simulator does not play.
     */
    void round(CallbackSecret old) {
        rounds++;
        desk.report(sim, "\"battery\":80");
        desk.postControl("callbacks", "{\"service\":\"" + SERVICE + "\",\"imei\":\"" + sim.imei() + "\"}");
        sentHere++;
        int status = desk.callBack(
                SERVICE,
                EdgeJson.JSON
                        .createObjectNode()
                        .put("username", old.username())
                        .put("password", old.password())
                        .put("requestId", "with-the-old-password-" + sentHere)
                        .put("status", "Success")
                        .toString());
        acceptedHere += status / 100 == 2 ? 1 : 0;
    }

    /** Whether all that was sent since {@link #begin} was answered 2xx and is stored once, and showed one of the two. */
    Seen tally(CallbackSecret old, CallbackSecret now) {
        fleetline.settle();
        Counts counted = counts().since(before);
        int callbacks = 2 * rounds;
        int stored = counted.storedReports() + counted.storedCallbacks();
        int oldKeys = shown(old.streamKey());
        int newKeys = shown(now.streamKey());
        int oldPasswords = shown(old.password());
        int newPasswords = shown(now.password());
        int twice = storedTwice();
        boolean isKept = counted.equals(new Counts(rounds, callbacks, rounds + callbacks, rounds, callbacks));
        boolean isKnown = oldKeys + newKeys == rounds && oldPasswords + newPasswords == callbacks;
        return new Seen(
                isKept && isKnown && twice == 0,
                counted.reports() + " reports and " + counted.callbacks() + " callbacks sent, " + counted.accepted()
                        + " answered 2xx, " + stored + " stored, " + twice + " of them twice; keys: " + oldKeys
                        + " old, " + newKeys + " new; passwords: " + oldPasswords + " old, " + newPasswords + " new");
    }

    private Counts counts() {
        JsonNode state = desk.control("state");
        return new Counts(
                state.at("/deliveries/attempts").asInt(),
                state.at("/m2m/callbacks/attempts").asInt() + sentHere,
                state.at("/deliveries/accepted").asInt()
                        + state.at("/m2m/callbacks/delivered").asInt()
                        + acceptedHere,
                stored("ts.event"),
                stored(SERVICE));
    }

    private int stored(String kind) {
        return Math.toIntExact(desk.local("callbacks")
                .valueStream()
                .filter(callback -> callback.path("kind").asText().equals(kind))
                .count());
    }

    private int storedTwice() {
        JsonNode callbacks = desk.local("callbacks");
        return callbacks.size()
                - Math.toIntExact(callbacks
                        .valueStream()
                        .map(callback -> callback.path("deliveryId").asText())
                        .distinct()
                        .count());
    }

    private int shown(String secret) {
        return shown.getOrDefault(secret, 0);
    }

    private void arrived(JsonNode event) {
        shown.merge(event.at("/headers/authorization").asText(password(event)), 1, Integer::sum);
    }

    private static String password(JsonNode event) {
        try {
            return EdgeJson.JSON
                    .readTree(event.path("body").asText())
                    .path("password")
                    .asText();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a callback that is not JSON", e);
        }
    }
}

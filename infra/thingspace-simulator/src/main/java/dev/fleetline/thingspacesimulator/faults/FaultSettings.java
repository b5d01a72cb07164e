package dev.fleetline.thingspacesimulator.faults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.web.Call;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.web.JsonFields;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * One set of faults and behaviours. On the wire it is flat, and what is left out has its default: {@code {}} is a platform
 * that behaves.
 */
public record FaultSettings(Deliveries deliveries, Calls calls, Behaviour behaviour) {

    private static final Set<String> KNOWN = Set.of(
            "duplicates",
            "reorder",
            "unreadable",
            "deliveryDelay",
            "deliveryTries",
            "retryAfter",
            "errors",
            "tokenErrors",
            "slow",
            "lostAnswer",
            "lostAnswerBy",
            "refreshTokens",
            "rotation",
            "clientCredentialsDeviceAnswer",
            "activationDelay",
            "authorization");

    /**
     * What befalls deliveries.
     *
     * @param duplicates every how many-th event is sent twice; 0 for none
     * @param reorder how many events to come are held back until the one after them has been sent
     * @param unreadable how many deliveries to come have a body that breaks off in the middle
     * @param delay how long an event waits before it is sent, on the simulator's clock
     * @param tries how often an event is sent at most, when the receiver fails
     * @param retryAfter the time between two tries, on the simulator's clock
     */
    public record Deliveries(
            int duplicates, int reorder, int unreadable, Duration delay, int tries, Duration retryAfter) {}

    /**
     * What befalls API calls.
     *
     * @param errors how many calls to come are answered 500 and do nothing
     * @param tokenErrors the same for the token endpoint
     * @param slow how long every answer takes, in real time: the caller waits on its own clock
     * @param lostAnswer how many registrations and activations to come are carried out without the caller learning it
     * @param lostAnswerBy how the answer gets lost
     */
    public record Calls(int errors, int tokenErrors, Duration slow, int lostAnswer, LostBy lostAnswerBy) {}

    /** How an answer gets lost. */
    public enum LostBy {
        /** A gateway in between gives up. */
        STATUS_504,
        /** The connection ends. */
        CLOSE
    }

    /**
     * What the platform may do either way, for all that is known.
     *
     * @param refreshTokens whether an authorization code brings a refresh token
     * @param rotation whether a refresh token is good for one use and brings the next
     * @param emptyDeviceAnswer whether a token without scopes gets an empty 200 from the devices, instead of a 403
     * @param activationDelay from the activation until the device is ready, on the simulator's clock
     * @param bearerKey whether a target's key is sent as {@code Bearer <key>}, instead of as it is
     */
    public record Behaviour(
            boolean refreshTokens,
            boolean rotation,
            boolean emptyDeviceAnswer,
            Duration activationDelay,
            boolean bearerKey) {}

    /** A platform that behaves. */
    public static FaultSettings none() {
        return new FaultSettings(
                new Deliveries(0, 0, 0, Duration.ZERO, 3, Duration.ofMinutes(1)),
                new Calls(0, 0, Duration.ZERO, 0, LostBy.STATUS_504),
                new Behaviour(true, true, false, Duration.ofMinutes(2), false));
    }

    /** The settings that the body of {@code call} spells. */
    public static FaultSettings from(Call call) {
        JsonFields fields = JsonFields.of(call, KNOWN);
        FaultSettings usual = none();
        Duration slow = fields.duration("slow").orElse(usual.calls.slow);
        if (slow.compareTo(Duration.ofMinutes(1)) > 0) {
            throw JsonFields.badRequest("\"slow\" is real time and at most \"PT1M\"");
        }
        return new FaultSettings(
                new Deliveries(
                        fields.count("duplicates", 0, 0, 1_000_000),
                        fields.count("reorder", 0, 0, 1_000_000),
                        fields.count("unreadable", 0, 0, 1_000_000),
                        fields.duration("deliveryDelay").orElse(usual.deliveries.delay),
                        fields.count("deliveryTries", usual.deliveries.tries, 1, 10),
                        fields.duration("retryAfter").orElse(usual.deliveries.retryAfter)),
                new Calls(
                        fields.count("errors", 0, 0, 1_000_000),
                        fields.count("tokenErrors", 0, 0, 1_000_000),
                        slow,
                        fields.count("lostAnswer", 0, 0, 1_000_000),
                        fields.choice("lostAnswerBy", List.of("504", "close")).equals("close")
                                ? LostBy.CLOSE
                                : LostBy.STATUS_504),
                new Behaviour(
                        fields.flag("refreshTokens", usual.behaviour.refreshTokens),
                        fields.flag("rotation", usual.behaviour.rotation),
                        fields.choice("clientCredentialsDeviceAnswer", List.of("forbidden", "empty"))
                                .equals("empty"),
                        fields.duration("activationDelay").orElse(usual.behaviour.activationDelay),
                        fields.choice("authorization", List.of("verbatim", "bearer"))
                                .equals("bearer")));
    }

    /** As the control API shows them. */
    public ObjectNode toJson() {
        return Json.object()
                .put("duplicates", deliveries.duplicates)
                .put("reorder", deliveries.reorder)
                .put("unreadable", deliveries.unreadable)
                .put("deliveryDelay", deliveries.delay.toString())
                .put("deliveryTries", deliveries.tries)
                .put("retryAfter", deliveries.retryAfter.toString())
                .put("errors", calls.errors)
                .put("tokenErrors", calls.tokenErrors)
                .put("slow", calls.slow.toString())
                .put("lostAnswer", calls.lostAnswer)
                .put("lostAnswerBy", calls.lostAnswerBy == LostBy.CLOSE ? "close" : "504")
                .put("refreshTokens", behaviour.refreshTokens)
                .put("rotation", behaviour.rotation)
                .put("clientCredentialsDeviceAnswer", behaviour.emptyDeviceAnswer ? "empty" : "forbidden")
                .put("activationDelay", behaviour.activationDelay.toString())
                .put("authorization", behaviour.bearerKey ? "bearer" : "verbatim");
    }
}

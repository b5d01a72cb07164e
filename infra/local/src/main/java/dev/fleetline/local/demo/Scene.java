package dev.fleetline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.LocalFleetline;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What all parts of a story share. */
record Scene(LocalFleetline fleetline, Desk desk, Steps steps) {

    private static final String STREAMS = "stream-subscription";
    private static final String RECONCILER = "onboarding-reconciler";

    /** Of a target of ours: a digest is behind it. */
    private static final Pattern LONG_NAME = Pattern.compile("(fleetline-[0-9a-f]{6})[0-9a-f]+");

    /** Has the function that keeps the streams do a task. */
    JsonNode streams(String task) {
        JsonNode reply = invoke(STREAMS, task);
        fleetline.settle();
        return reply;
    }

    /** As the platform's tokens are kept alive: what has just been renewed wakes who waited for it. */
    void renewTokens() {
        invoke("token-refresh", "refresh");
        fleetline.settle();
    }

    /** As every ten minutes somebody looks after the orders that wait. */
    void reconcile() {
        renewTokens();
        invoke(RECONCILER, "waiting");
        fleetline.settle();
    }

    /** As every night what the carrier has is held against what we have. */
    void compare() {
        renewTokens();
        invoke(RECONCILER, "drift");
        fleetline.settle();
    }

    private JsonNode invoke(String module, String task) {
        return fleetline
                .invoke(module, EdgeJson.JSON.createObjectNode().put("task", task))
                .orElseThrow(() -> new IllegalStateException("there is no " + module));
    }

    /** Time passes, and nothing is woken by it. */
    void pass(Duration by) {
        fleetline.forward(by, false);
        fleetline.settle();
    }

    /** Time passes, and whatever has come due by then does its work once. */
    void work(Duration by) {
        fleetline.forward(by, true);
        fleetline.settle();
    }

    /** Orders a device. */
    void order(String onboardingId, Sim... sims) {
        for (Sim sim : sims) {
            desk.postLocal("events", sim.order(onboardingId + "-" + sim.imei()).toString());
        }
        fleetline.settle();
    }

    /** A device reports its battery now; with how many messages that was tried to be delivered. */
    int report(Sim sim, int battery) {
        int delivered =
                desk.report(sim, "\"battery\":" + battery).path("delivered").size();
        fleetline.settle();
        return delivered;
    }

    JsonNode device(Sim sim) {
        return desk.local("devices/" + sim.imei());
    }

    int battery(Sim sim) {
        return (int) Math.round(device(sim).at("/battery/value").asDouble(-1));
    }

    /** How often events of a type were told. */
    long told(String detailType) {
        return desk.events(detailType).count();
    }

    /** What stream-subscription says of each part, in one line. */
    static String words(JsonNode reply) {
        return reply.path("parts").valueStream().map(Scene::part).collect(Collectors.joining("; "));
    }

    private static String part(JsonNode part) {
        String said = Stream.of("steps", "notes")
                .flatMap(list -> part.path(list).valueStream())
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
        return part.path("part").asText() + " " + part.path("outcome").asText()
                + (said.isEmpty() ? "" : ": " + LONG_NAME.matcher(said).replaceAll("$1\u2026"));
    }
}

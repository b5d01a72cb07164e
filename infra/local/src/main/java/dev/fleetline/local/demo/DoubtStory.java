package dev.fleetline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.local.demo.OrderBook.Ordered;
import dev.fleetline.local.demo.OrderBook.Realm;
import dev.fleetline.local.demo.Steps.Seen;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What becomes of an order when nobody knows whether the carrier took it, and of one that must not be sent today. */
final class DoubtStory {

    private static final Ordered TRACKER = Ordered.of(Realm.CORE, 6);
    private static final Ordered NOT_TAKEN_ON_CORE = Ordered.of(Realm.CORE, 7);
    private static final Ordered NOT_TAKEN_ON_M2M = Ordered.of(Realm.M2M, 27);
    private static final Ordered SPENT = Ordered.of(Realm.M2M, 28);

    /** As the template has it. */
    private static final int ACTIONS_A_DAY = 5;

    /** When the queue gives a message again of which nothing was said. */
    private static final Duration UNTIL_IT_COMES_AGAIN = Duration.ofMinutes(13);

    private static final Duration NOT_YET = Duration.ofMinutes(20);
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(11);
    private static final Duration A_WHILE = Duration.ofMinutes(6);

    /** What its light shows from half an hour after its activation, and how long; it is ready after two hours. */
    private static final Map<String, Duration> UNTIL_IT_CHECKS_IN = stages();

    private final Scene scene;
    private final OrderBook orders;

    DoubtStory(Scene scene, OrderBook orders) {
        this.scene = scene;
        this.orders = orders;
    }

    void play() {
        Steps steps = scene.steps();
        steps.step("A tracker is activated in factory mode, and all answers are lost", this::answersLost);
        steps.step("Half an hour later the carrier is asked", this::lookedUp);
        steps.step("It checks in two hours after its activation", this::checksIn);
        steps.step("Two activations never reach the carrier, one on each platform", this::neverArrived);
        steps.step("Half an hour later they are sent once more", this::sentAgain);
        steps.step("An order is corrected until its line has no action left today", this::spent);
        steps.step("At midnight it goes on", this::goesOn);
    }

    private Seen answersLost() {
        show("factory");
        scene.desk().faults("{\"lostAnswer\":2,\"activationDelay\":\"PT2H\"}");
        orders.place(TRACKER);
        scene.renewTokens();
        scene.pass(UNTIL_IT_COMES_AGAIN);
        scene.desk().faults("{}");
        scene.pass(NOT_YET);
        scene.reconcile();
        return new Seen(
                orders.are("UNCLEAR", TRACKER) && orders.isActivatedOnce(TRACKER),
                orders.state(TRACKER) + ", and left alone; its light: " + light());
    }

    private Seen lookedUp() {
        scene.pass(HALF_AN_HOUR);
        scene.reconcile();
        return new Seen(
                orders.are("ACTIVATING", TRACKER) && orders.isActivatedOnce(TRACKER),
                "its record there has changed, so it was taken: " + orders.state(TRACKER) + ", and not sent again");
    }

    private Seen checksIn() {
        List<String> shown = new ArrayList<>();
        UNTIL_IT_CHECKS_IN.forEach((stage, length) -> {
            show(stage);
            shown.add(stage + " " + orders.state(TRACKER));
            scene.pass(length);
            scene.reconcile();
        });
        String found = orders.state(TRACKER);
        orders.report(TRACKER);
        return new Seen(
                found.equals("ACTIVE_UNSEEN") && orders.are("IN_SERVICE", TRACKER) && orders.isActivatedOnce(TRACKER),
                String.join(", ", shown) + ", then " + found + " and " + orders.state(TRACKER) + "; activated "
                        + orders.atCarrier(TRACKER).path("activations").asInt() + " time");
    }

    private static Map<String, Duration> stages() {
        Map<String, Duration> stages = new LinkedHashMap<>();
        stages.put("charging", Duration.ofMinutes(45));
        stages.put("searching", Duration.ofMinutes(30));
        stages.put("idle", Duration.ofMinutes(61));
        return stages;
    }

    private void show(String stage) {
        scene.desk().postControl("core/devices", AnswerStory.led(TRACKER, stage));
    }

    private String light() {
        JsonNode there = orders.atCarrier(TRACKER);
        return there.path("light").asText(there.path("led").asText());
    }

    private Seen neverArrived() {
        scene.desk().faults("{\"lostActivation\":2}");
        orders.place(NOT_TAKEN_ON_CORE);
        orders.place(NOT_TAKEN_ON_M2M);
        int taken = activations();
        scene.pass(NOT_YET);
        scene.reconcile();
        return new Seen(
                orders.are("UNCLEAR", NOT_TAKEN_ON_CORE, NOT_TAKEN_ON_M2M) && taken == 0 && activations() == 0,
                orders.state(NOT_TAKEN_ON_CORE) + " and " + orders.state(NOT_TAKEN_ON_M2M) + ", activated " + taken
                        + " times, and left alone");
    }

    private Seen sentAgain() {
        scene.pass(HALF_AN_HOUR);
        scene.reconcile();
        String next = orders.state(NOT_TAKEN_ON_CORE) + " and " + orders.state(NOT_TAKEN_ON_M2M);
        scene.pass(A_WHILE);
        orders.report(NOT_TAKEN_ON_CORE, NOT_TAKEN_ON_M2M);
        return new Seen(
                orders.are("IN_SERVICE", NOT_TAKEN_ON_CORE, NOT_TAKEN_ON_M2M)
                        && orders.isActivatedOnce(NOT_TAKEN_ON_CORE, NOT_TAKEN_ON_M2M),
                next + ", then " + orders.state(NOT_TAKEN_ON_CORE) + " and " + orders.state(NOT_TAKEN_ON_M2M)
                        + "; activated " + activations() + " times, two devices");
    }

    private int activations() {
        return orders.atCarrier(NOT_TAKEN_ON_CORE).path("activations").asInt()
                + orders.atCarrier(NOT_TAKEN_ON_M2M).path("activations").asInt();
    }

    private Seen spent() {
        scene.renewTokens();
        for (int i = 1; i <= ACTIONS_A_DAY; i++) {
            ObjectNode wrong = SPENT.event("wrong-plan-" + i);
            ((ObjectNode) wrong.path("detail")).put("servicePlan", "m2m_9G");
            orders.send(wrong);
        }
        List<JsonNode> failed = orders.told("DeviceOnboardingFailed", SPENT);
        orders.place(SPENT);
        long told = orders.told("DeviceOnboardingStuck", "LINE_BUDGET", SPENT);
        scene.pass(Duration.ofHours(1));
        scene.reconcile();
        return new Seen(
                failed.size() == ACTIONS_A_DAY && told == 1 && orders.are("PARKED", SPENT),
                failed.size() + " orders with a plan that there is not are "
                        + failed.getFirst().path("code").asText() + "; the right one is " + orders.state(SPENT)
                        + " and told " + told + " time");
    }

    private Seen goesOn() {
        Instant now = scene.fleetline().now();
        Instant midnight = now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        scene.pass(Duration.between(now, midnight).plusMinutes(1));
        scene.reconcile();
        String next = orders.state(SPENT);
        scene.pass(A_WHILE);
        orders.report(SPENT);
        return new Seen(
                next.equals("ACTIVATING") && orders.are("IN_SERVICE", SPENT) && orders.isActivatedOnce(SPENT),
                next + ", then " + orders.state(SPENT) + "; activated "
                        + orders.atCarrier(SPENT).path("activations").asInt() + " time");
    }
}

package dev.fleetline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.demo.OrderBook.Ordered;
import dev.fleetline.local.demo.OrderBook.Realm;
import dev.fleetline.local.demo.Steps.Seen;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** How orders begin: the bad ones with all their faults, the good ones one by one and together, and the second ones. */
final class OrderStory {

    /** Both check digits ought to be 8. */
    private static final Sim MISTYPED = new Sim("999999000000049", "89148000009999900049");

    static final Ordered FIRST = Ordered.of(Realm.CORE, 1);
    private static final int FIRST_OF_BATCH = 11;
    private static final int BATCH = 10;
    static final List<Ordered> TOGETHER = IntStream.range(FIRST_OF_BATCH, FIRST_OF_BATCH + BATCH)
            .mapToObj(serial -> Ordered.of(Realm.M2M, serial))
            .toList();

    private final Scene scene;
    private final OrderBook orders;

    OrderStory(Scene scene, OrderBook orders) {
        this.scene = scene;
        this.orders = orders;
    }

    void play() {
        Steps steps = scene.steps();
        steps.step("An operator consents, and what the platforms tell is sent here", this::setUp);
        steps.step("An order for each platform has several faults", this::faulty);
        steps.step("A good one on Core is registered and activated, and reports", this::good);
        steps.step("Ten orders for M2M come while it fails, and are taken up together later", this::together);
        steps.step("Their callbacks come one by one, when each is active", this::calledBack);
        steps.step("They are ordered once more, under another id", this::orderedTwice);
    }

    private Seen setUp() {
        scene.fleetline().authorize();
        scene.renewTokens();
        scene.streams("repair");
        scene.fleetline().listen("NiddService");
        JsonNode state = scene.desk().control("state");
        int subscriptions = state.path("subscriptions").size();
        JsonNode listeners = state.at("/m2m/listeners");
        return new Seen(
                subscriptions == 1 && listeners.has("CarrierService") && listeners.has("NiddService"),
                subscriptions + " subscription at Core, listeners at M2M: " + listeners.size());
    }

    private Seen faulty() {
        ObjectNode core = new Ordered(Realm.CORE, MISTYPED).event("bad-core");
        detail(core).put("reportingInterval", "PT1S");
        ObjectNode m2m = new Ordered(Realm.M2M, MISTYPED).event("bad-m2m");
        detail(m2m).put("reportingInterval", "PT1S").put("zip", "9880").remove("servicePlan");
        orders.send(EdgeJson.JSON.createArrayNode().add(core).add(m2m));
        Set<String> ofCore = faults("bad-core");
        Set<String> ofM2m = faults("bad-m2m");
        JsonNode state = scene.desk().control("state");
        int reached = state.at("/core/devices/devices").asInt()
                + state.at("/m2m/lines/devices").asInt();
        return new Seen(
                ofCore.equals(Set.of("iccid", "imei", "reportingInterval"))
                        && ofM2m.equals(Set.of("iccid", "imei", "reportingInterval", "servicePlan", "zip"))
                        && reached == 0,
                "Core's is told " + String.join(", ", ofCore) + ", M2M's " + String.join(", ", ofM2m) + "; " + reached
                        + " of them reached the carrier");
    }

    private static ObjectNode detail(ObjectNode event) {
        return (ObjectNode) event.path("detail");
    }

    private Set<String> faults(String onboardingId) {
        Set<String> fields = new TreeSet<>();
        scene.desk()
                .events("DeviceOnboardingFailed")
                .filter(detail -> detail.path("onboardingId").asText().equals(onboardingId))
                .forEach(detail -> detail.path("faults")
                        .forEach(fault -> fields.add(fault.path("field").asText())));
        return fields;
    }

    private Seen good() {
        orders.place(FIRST);
        String ordered = orders.state(FIRST);
        scene.pass(Duration.ofMinutes(3));
        orders.report(FIRST);
        return new Seen(
                ordered.equals("ACTIVATING") && orders.are("IN_SERVICE", FIRST) && orders.isActivatedOnce(FIRST),
                ordered + ", then " + orders.state(FIRST));
    }

    private Seen together() {
        Ordered[] ten = TOGETHER.toArray(Ordered[]::new);
        scene.desk()
                .faults("{\"m2mDeviceErrors\":" + BATCH + ",\"m2mDelayLeast\":\"PT20M\",\"m2mDelayMost\":\"PT50M\"}");
        int before = requests();
        orders.place(ten);
        boolean wait = orders.are("REQUESTED", ten);
        scene.pass(Duration.ofMinutes(2));
        int asked = requests() - before;
        int pending = count("pending activation");
        return new Seen(
                wait && asked == 1 && pending == BATCH && orders.are("ACTIVATING", ten) && orders.isActivatedOnce(ten),
                "they wait; two minutes later " + asked + " request activates " + pending);
    }

    private int requests() {
        return scene.desk().control("state").at("/m2m/lines/requests").asInt();
    }

    private int count(String state) {
        return scene.desk()
                .control("state")
                .path("m2m")
                .path("lines")
                .path("states")
                .path(state)
                .asInt();
    }

    private Seen calledBack() {
        Ordered[] ten = TOGETHER.toArray(Ordered[]::new);
        scene.pass(Duration.ofMinutes(35));
        long some = TOGETHER.stream()
                .filter(one -> orders.are("ACTIVE_UNSEEN", one))
                .count();
        boolean agreed = some == count("active");
        scene.pass(Duration.ofMinutes(20));
        boolean all = orders.are("ACTIVE_UNSEEN", ten);
        orders.report(ten);
        scene.desk().faults("{}");
        return new Seen(
                agreed && some < BATCH && all && orders.are("IN_SERVICE", ten),
                some + " are active after 35 minutes, and "
                        + TOGETHER.stream()
                                .filter(one -> orders.are("IN_SERVICE", one))
                                .count()
                        + " in service after an hour, nobody having looked");
    }

    private Seen orderedTwice() {
        List<Ordered> again = List.of(FIRST, TOGETHER.getFirst());
        again.forEach(one -> orders.send(one.event("second-" + one.sim().imei())));
        boolean told = again.stream().allMatch(one -> {
            List<JsonNode> answers = orders.told("DeviceOrderedAlready", one);
            return answers.size() == 1
                    && answers.getFirst()
                            .path("firstOnboardingId")
                            .asText()
                            .equals("order-" + one.sim().imei())
                    && answers.getFirst().path("state").asText().equals("IN_SERVICE");
        });
        boolean once = orders.isActivatedOnce(again.toArray(Ordered[]::new));
        return new Seen(
                told && once,
                (told ? "told that the first order has it IN_SERVICE" : "not told what became of the first") + ", "
                        + (once ? "and nothing is done" : "and activated again"));
    }
}

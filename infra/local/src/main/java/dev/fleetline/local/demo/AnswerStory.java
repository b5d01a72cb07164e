package dev.fleetline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.demo.OrderBook.Ordered;
import dev.fleetline.local.demo.OrderBook.Realm;
import dev.fleetline.local.demo.Steps.Seen;
import dev.fleetline.thingspacesimulator.wire.PlatformIds;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What comes of an accepted activation: a word that is lost, doubled or contradicted, a failure, or nothing for a day. */
final class AnswerStory {

    private static final Ordered LOST = Ordered.of(Realm.M2M, 21);
    private static final Ordered DOUBLED = Ordered.of(Realm.M2M, 22);
    private static final Ordered TRUTH_FIRST = Ordered.of(Realm.M2M, 23);
    private static final Ordered LIE_FIRST = Ordered.of(Realm.M2M, 24);
    private static final Ordered FAILED = Ordered.of(Realm.M2M, 25);
    private static final Ordered SLOW_LINE = Ordered.of(Realm.M2M, 26);
    private static final Ordered SLOW_TRACKER = Ordered.of(Realm.CORE, 5);
    private static final int NEVER_ORDERED = 60;

    /** The simulator draws by it which of two contradictory words comes first. */
    private static final int SEED = 2;

    private static final Duration ENDS_AFTER = Duration.ofMinutes(5);
    private static final Duration IT_HAS_ENDED = Duration.ofMinutes(6);
    private static final Duration IT_IS_DUE = Duration.ofMinutes(5);
    private static final Duration CONTRADICTED_AFTER = Duration.ofMinutes(11);
    private static final Duration AN_HOUR = Duration.ofHours(1);
    private static final int HOURS_IN_A_DAY = 24;
    private static final String STUCK = "DeviceOnboardingStuck";

    private final Scene scene;
    private final OrderBook orders;

    AnswerStory(Scene scene, OrderBook orders) {
        this.scene = scene;
        this.orders = orders;
    }

    void play() {
        Steps steps = scene.steps();
        steps.step("A callback is lost", this::lost);
        steps.step("A callback comes twice", this::doubled);
        steps.step("A success is contradicted by a failure that is not true", this::truthFirst);
        steps.step("A failure that is not true is contradicted by a success", this::lieFirst);
        steps.step("An activation fails at the carrier", this::failed);
        steps.step("Two activations take long, one on each platform", this::slow);
        steps.step("Callbacks come about a request and a device that nobody knows here", this::unknown);
        steps.step("After a day they are stuck", this::stuck);
        steps.step("They report after all", this::afterAll);
    }

    private Seen lost() {
        order("\"m2mLost\":100", LOST);
        scene.pass(IT_HAS_ENDED);
        String before = orders.state(LOST);
        String there = orders.atCarrier(LOST).path("state").asText();
        scene.pass(IT_IS_DUE);
        scene.reconcile();
        String found = orders.state(LOST);
        orders.report(LOST);
        return new Seen(
                before.equals("ACTIVATING")
                        && there.equals("active")
                        && found.equals("ACTIVE_UNSEEN")
                        && orders.are("IN_SERVICE", LOST)
                        && orders.isActivatedOnce(LOST),
                "the carrier says " + there + " and we " + before + "; looked up, it is " + found + ", and "
                        + orders.state(LOST) + " when it reports");
    }

    private Seen doubled() {
        var kept = new Kept(scene);
        order("\"m2mDoubled\":100", DOUBLED);
        kept.mark();
        int before = delivered();
        scene.pass(IT_HAS_ENDED);
        int delivered = delivered() - before;
        int stored = kept.fresh().size();
        int told = orders.told("DeviceActivated", DOUBLED).size();
        orders.report(DOUBLED);
        return new Seen(
                delivered == 2 && stored == 1 && told == 1 && orders.are("IN_SERVICE", DOUBLED),
                "delivered " + delivered + " times, stored " + stored + " time, told " + told + " time");
    }

    private int delivered() {
        return scene.desk().control("state").at("/m2m/callbacks/delivered").asInt();
    }

    private Seen truthFirst() {
        order("\"m2mContradictory\":100,\"m2mSeed\":" + SEED, TRUTH_FIRST);
        scene.pass(IT_HAS_ENDED);
        String first = orders.state(TRUTH_FIRST);
        scene.pass(CONTRADICTED_AFTER);
        String second = orders.state(TRUTH_FIRST);
        orders.report(TRUTH_FIRST);
        return new Seen(
                first.equals("ACTIVE_UNSEEN") && second.equals(first) && orders.are("IN_SERVICE", TRUTH_FIRST),
                first + ", and " + second + " after the failure");
    }

    private Seen lieFirst() {
        order("\"m2mContradictory\":100,\"m2mSeed\":" + SEED, LIE_FIRST);
        scene.pass(IT_HAS_ENDED);
        String first = orders.state(LIE_FIRST);
        scene.pass(CONTRADICTED_AFTER);
        scene.renewTokens();
        orders.send(LIE_FIRST.event("again-" + LIE_FIRST.sim().imei()));
        String again = orders.state(LIE_FIRST);
        orders.report(LIE_FIRST);
        return new Seen(
                first.equals("FAILED")
                        && again.equals("ACTIVE_UNSEEN")
                        && orders.are("IN_SERVICE", LIE_FIRST)
                        && orders.isActivatedOnce(LIE_FIRST),
                first + " is told; ordered again it is found active, and not activated again");
    }

    private Seen failed() {
        order("\"m2mFailed\":100", FAILED);
        scene.pass(IT_HAS_ENDED);
        List<JsonNode> told = orders.told("DeviceOnboardingFailed", FAILED);
        String mender = told.stream()
                .map(detail -> detail.path("code").asText() + ", to be mended by "
                        + detail.path("mender").asText("nobody"))
                .findFirst()
                .orElse("nobody was told");
        return new Seen(
                orders.are("FAILED", FAILED) && told.size() == 1 && mender.endsWith("CARRIER"),
                mender + "; the line is "
                        + orders.atCarrier(FAILED).path("state").asText());
    }

    private Seen slow() {
        scene.desk().postControl("core/devices", led(SLOW_TRACKER, "searching"));
        order("\"m2mStuck\":100", SLOW_LINE);
        orders.place(SLOW_TRACKER);
        scene.desk().faults("{}");
        looks(2);
        return new Seen(
                orders.are("ACTIVATING", SLOW_LINE, SLOW_TRACKER) && both("TAKES_LONG") == 2 && both("STUCK") == 0,
                "after two hours people were told " + both("TAKES_LONG") + " times");
    }

    private Seen unknown() {
        var kept = new Kept(scene);
        kept.mark();
        String request = "\"requestId\":\"11111111-2222-4333-8444-555555555555\"";
        tellFailure(SLOW_LINE.sim().imei(), request);
        tellFailure(PlatformIds.imei(NEVER_ORDERED), request);
        String counts = Kept.counts(kept.fresh());
        return new Seen(
                counts.equals("1 RECEIVED, 1 UNKNOWN_DEVICE") && orders.are("ACTIVATING", SLOW_LINE),
                counts + "; the device goes on " + orders.state(SLOW_LINE));
    }

    private void tellFailure(String imei, String request) {
        scene.desk()
                .postControl(
                        "callbacks",
                        "{\"service\":\"CarrierService\",\"status\":\"Failed\",\"fault\":"
                                + "\"REQUEST_FAILED.NetworkError\",\"imei\":\"" + imei + "\"," + request + "}");
    }

    private Seen stuck() {
        looks(HOURS_IN_A_DAY);
        return new Seen(
                orders.are("STUCK", SLOW_LINE, SLOW_TRACKER) && both("STUCK") == 2 && both("TAKES_LONG") == 2,
                orders.state(SLOW_LINE) + " on M2M and " + orders.state(SLOW_TRACKER)
                        + " on Core; in a day of looks people"
                        + " were told once each that it takes long, and once each that it is stuck");
    }

    private Seen afterAll() {
        scene.desk().postControl("m2m/devices", "{\"imei\":\"" + SLOW_LINE.sim().imei() + "\",\"state\":\"active\"}");
        scene.desk().postControl("core/devices", led(SLOW_TRACKER, "idle"));
        scene.pass(Duration.ofMinutes(3));
        orders.report(SLOW_LINE, SLOW_TRACKER);
        return new Seen(
                orders.are("IN_SERVICE", SLOW_LINE, SLOW_TRACKER) && orders.isActivatedOnce(SLOW_LINE, SLOW_TRACKER),
                orders.state(SLOW_LINE) + " and " + orders.state(SLOW_TRACKER) + ", activated once each");
    }

    /** What the power light shows of a tracker. */
    static String led(Ordered one, String stage) {
        return EdgeJson.JSON
                .createObjectNode()
                .put("imei", one.sim().imei())
                .put("led", stage)
                .toString();
    }

    private void looks(int hours) {
        for (int hour = 0; hour < hours; hour++) {
            scene.pass(AN_HOUR);
            scene.reconcile();
        }
    }

    private long both(String code) {
        return Stream.of(SLOW_LINE, SLOW_TRACKER)
                .mapToLong(one -> orders.told(STUCK, code, one))
                .sum();
    }

    /** With a fate that the simulator has in store for it, which comes to pass after five minutes. */
    private void order(String fate, Ordered one) {
        scene.desk()
                .faults("{\"m2mDelayLeast\":\"" + ENDS_AFTER + "\",\"m2mDelayMost\":\"" + ENDS_AFTER + "\"," + fate
                        + "}");
        orders.place(one);
        scene.desk().faults("{}");
    }
}

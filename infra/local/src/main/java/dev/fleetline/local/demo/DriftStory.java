package dev.fleetline.local.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.demo.OrderBook.Ordered;
import dev.fleetline.local.demo.Steps.Seen;
import dev.fleetline.thingspacesimulator.wire.PlatformIds;
import java.time.Duration;

/** How it is noticed that the carrier has something else than we hold, and that it is over. */
final class DriftStory {

    private static final String DRIFTED = "DeviceDrifted";
    private static final Ordered EDITED = OrderStory.TOGETHER.get(1);
    private static final Ordered SUSPENDED = OrderStory.TOGETHER.get(2);
    private static final String OTHER_SIM = PlatformIds.iccid(PlatformIds.imei(70));
    private static final String RESUMPTIONS = "ResumeTrackingNotification";
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Duration SOME_DAYS = Duration.ofDays(3);
    private static final Duration THE_OTHERS = Duration.ofDays(4).plusMinutes(1);

    private final Scene scene;
    private final OrderBook orders;

    DriftStory(Scene scene, OrderBook orders) {
        this.scene = scene;
        this.orders = orders;
    }

    void play() {
        Steps steps = scene.steps();
        steps.step("Somebody puts another SIM into a line in the portal", this::edited);
        steps.step("Somebody puts the right one back", this::mended);
        steps.step("A line is suspended behind our back, and will come back in a week", this::suspended);
        steps.step("It comes back by itself", this::restored);
    }

    private Seen edited() {
        edit(EDITED, "iccid", OTHER_SIM);
        scene.compare();
        String first = orders.state(EDITED);
        scene.pass(A_DAY);
        scene.compare();
        long told = orders.told(DRIFTED, "OTHER_SIM", EDITED);
        return new Seen(
                first.equals("DRIFTED") && orders.are("DRIFTED", EDITED) && told == 1,
                first + ", and told " + told + " time in two nights: "
                        + orders.told(DRIFTED, EDITED).stream()
                                .map(detail -> detail.path("fix").asText())
                                .findFirst()
                                .orElse("nothing"));
    }

    private Seen mended() {
        edit(EDITED, "iccid", EDITED.sim().iccid());
        scene.pass(A_DAY);
        scene.compare();
        int told = orders.told(DRIFTED, EDITED).size();
        return new Seen(
                orders.are("IN_SERVICE", EDITED) && told == 1,
                orders.state(EDITED) + " again; told " + told + " time in all");
    }

    private Seen suspended() {
        scene.renewTokens();
        scene.fleetline().listen(RESUMPTIONS);
        edit(SUSPENDED, "state", "suspend");
        scene.compare();
        String first = orders.state(SUSPENDED);
        scene.desk()
                .postControl(
                        "callbacks",
                        about(SUSPENDED).put("service", RESUMPTIONS).toString());
        scene.pass(SOME_DAYS);
        scene.reconcile();
        scene.compare();
        long told = orders.told(DRIFTED, "SUSPENDED", SUSPENDED);
        return new Seen(
                first.equals("SUSPENDED") && orders.are("SUSPENDED", SUSPENDED) && told == 1,
                orders.state(SUSPENDED) + ", and told " + told + " time in three days");
    }

    private Seen restored() {
        edit(SUSPENDED, "state", "active");
        scene.pass(THE_OTHERS);
        scene.reconcile();
        String found = orders.state(SUSPENDED);
        orders.report(SUSPENDED);
        return new Seen(
                found.equals("ACTIVE_UNSEEN")
                        && orders.are("IN_SERVICE", SUSPENDED)
                        && orders.isActivatedOnce(SUSPENDED),
                "asked when the week is over: " + found + "; then " + orders.state(SUSPENDED));
    }

    private void edit(Ordered one, String what, String value) {
        scene.desk().postControl("m2m/devices", about(one).put(what, value).toString());
    }

    private static ObjectNode about(Ordered one) {
        return EdgeJson.JSON.createObjectNode().put("imei", one.sim().imei());
    }
}

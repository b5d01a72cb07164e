package dev.fleetline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.LocalFleetline;
import dev.fleetline.local.demo.Steps.Seen;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The story: an order, a registration, an activation, reports good and bad, a flat battery and somebody who looks after it, a
 * refused token, a silent day, and all well again. Each step is watched from outside; one that did not happen is told as
 * such.
 */
public final class Demo {

    /** When the story begins. */
    public static final Instant BEGINNING = Instant.parse("2026-03-02T15:00:00Z");

    private static final Sim FIRST = new Sim("999999000000014", "89148000009999900014");
    private static final Sim SECOND = new Sim("999999000000022", "89148000009999900022");
    private static final Sim THIRD = new Sim("999999000000030", "89148000009999900030");
    /** The check digit ought to be 8. */
    private static final Sim MISTYPED = new Sim("999999000000049", "89148000009999900048");

    private static final int HOURS_IN_A_DAY = 24;
    private static final int HOURS_BETWEEN_REPORTS = 4;

    private final LocalFleetline fleetline;
    private final Desk desk;
    private final Told told;
    private final Steps steps;

    /** A Fleetline that was just started, its clock standing. */
    public Demo(LocalFleetline fleetline, Telling telling) {
        this.fleetline = fleetline;
        this.steps = new Steps(telling);
        this.desk = new Desk(fleetline.baseUri(), fleetline.simulatorUri());
        this.told = new Told(desk);
    }

    /** Plays it; whether every step was observed. */
    public boolean play() {
        steps.step("An operator consents and the code is exchanged", this::exchange);
        steps.step("Three orders arrive, one of them twice, one mistyped", this::order);
        steps.step("The mistyped one is rejected", this::rejected);
        steps.step("Two devices are registered and activated once each", this::activated);
        steps.step("A target and a subscription exist", this::subscribe);
        steps.step("The devices report for the first time", this::firstReports);
        steps.step("A report arrives twice", this::twice);
        steps.step("A report arrives after a newer one", this::outOfOrder);
        steps.step("A report arrives unreadable", this::unreadable);
        steps.step("A report says battery 8 %", this::batteryLow);
        steps.step("Somebody opens the link in the message and looks after it", this::lookedAfter);
        steps.step("The token is refused while a third device is ordered", this::tokenRefused);
        steps.step("A day passes and one device is silent", this::silentDay);
        steps.step("A pass asks the carrier before it tells of a loss", this::missed);
        steps.step("The next pass finds who is lost", this::sweep);
        steps.step("The silent device reports again", this::backAgain);
        steps.step("The battery is charged", this::charged);
        steps.step("Nothing was left behind", () -> LeftBehind.in(desk));
        return steps.close(desk);
    }

    private Seen exchange() {
        String version = fleetline.authorize();
        boolean stored = fleetline.currentToken().equals(Optional.of(version));
        return new Seen(stored, stored ? "the token is in Secrets Manager" : "no token is in Secrets Manager");
    }

    private Seen order() {
        ObjectNode twice = SECOND.order("order-2");
        JsonNode accepted = desk.postLocal(
                "events",
                EdgeJson.JSON
                        .createArrayNode()
                        .add(FIRST.order("order-1"))
                        .add(MISTYPED.order("order-3"))
                        .add(twice)
                        .add(twice.deepCopy())
                        .toString());
        fleetline.settle();
        int count = accepted.path("accepted").asInt();
        return new Seen(count == 4, count + " events are on the bus");
    }

    private Seen rejected() {
        List<JsonNode> failed = desk.events("DeviceOnboardingFailed").toList();
        boolean reached = desk.control("state").path("registrations").has(MISTYPED.imei());
        boolean right = failed.size() == 1
                && failed.getFirst().path("onboardingId").asText().equals("order-3")
                && !reached;
        String reason = failed.stream()
                .map(detail -> detail.path("reason").asText())
                .findFirst()
                .orElse("no DeviceOnboardingFailed was seen");
        return new Seen(right, reached ? "it reached the carrier" : reason);
    }

    private Seen activated() {
        JsonNode state = desk.control("state");
        boolean right = desk.events("DeviceRegistered").count() == 2 && once(state, FIRST) && once(state, SECOND);
        return new Seen(
                right,
                "at the carrier " + state.path("registrations").size() + " registrations and "
                        + state.path("activations").size() + " activations, one of each per device: " + right);
    }

    private static boolean once(JsonNode state, Sim sim) {
        return state.path("registrations").path(sim.imei()).asInt() == 1
                && state.path("activations").path(sim.imei()).asInt() == 1;
    }

    private Seen subscribe() {
        fleetline.subscribe();
        JsonNode state = desk.control("state");
        int targets = state.path("targets").size();
        int subscriptions = state.path("subscriptions").size();
        return new Seen(
                targets == 1 && subscriptions == 1,
                targets + " target and " + subscriptions + " subscription at the platform");
    }

    private Seen firstReports() {
        forward("PT3M");
        desk.report(FIRST, "\"battery\":97,\"rsrp\":-91");
        desk.report(SECOND, "\"battery\":88,\"rsrp\":-95");
        fleetline.settle();
        boolean right = Stream.of(FIRST, SECOND).allMatch(sim -> state(sim).equals("IN_SERVICE"))
                && battery(FIRST) == 97
                && battery(SECOND) == 88
                && desk.events("DeviceActivated").count() == 2;
        return new Seen(right, FIRST.imei() + " is " + state(FIRST) + ", " + SECOND.imei() + " is " + state(SECOND));
    }

    private Seen twice() {
        forward("PT5M");
        int before = desk.local("callbacks").size();
        desk.faults("{\"duplicates\":1}");
        JsonNode answer = desk.report(FIRST, "\"battery\":96");
        desk.faults("{}");
        fleetline.settle();
        int delivered = answer.path("delivered").size();
        int stored = desk.local("callbacks").size() - before;
        return new Seen(
                delivered == 2 && stored == 1 && battery(FIRST) == 96,
                "delivered " + delivered + " times, stored " + stored + " time");
    }

    private Seen outOfOrder() {
        forward("PT5M");
        int before = desk.local("callbacks").size();
        desk.faults("{\"reorder\":1}");
        desk.report(SECOND, "\"battery\":75");
        forward("PT1M");
        desk.report(SECOND, "\"battery\":71");
        desk.faults("{}");
        fleetline.settle();
        int stored = desk.local("callbacks").size() - before;
        return new Seen(
                stored == 2 && battery(SECOND) == 71,
                "both are stored, and the battery stays at " + Math.round(battery(SECOND)) + " %");
    }

    private Seen unreadable() {
        forward("PT5M");
        desk.faults("{\"unreadable\":1}");
        JsonNode answer = desk.report(SECOND, "\"battery\":70");
        desk.faults("{}");
        fleetline.settle();
        Optional<JsonNode> aside = desk.local("callbacks")
                .valueStream()
                .filter(one -> one.path("status").asText().equals("QUARANTINED"))
                .findFirst();
        boolean taken = answer.path("delivered").path(0).path("status").asInt() / 100 == 2;
        return new Seen(
                taken && aside.isPresent(),
                aside.map(one -> "it is kept and set aside as "
                                + one.path("reason").asText())
                        .orElse("nothing was set aside"));
    }

    private Seen batteryLow() {
        forward("PT40M");
        desk.report(FIRST, "\"battery\":8,\"rsrp\":-103");
        fleetline.settle();
        Optional<JsonNode> raised = told.event("DeviceAlertRaised", "BATTERY_LOW", FIRST);
        return new Seen(
                raised.isPresent() && told.open("BATTERY_LOW").equals(List.of(FIRST.imei())),
                raised.map(detail -> detail.path("summary").asText()).orElse("no alert is on the bus"));
    }

    private Seen lookedAfter() {
        Optional<String> link = told.letter("CRITICAL BATTERY_LOW").flatMap(letter -> letter.link("acknowledge"));
        String page = link.map(desk::open).orElse("");
        int before = fleetline.messages().size();
        String answer = link.map(address -> desk.fillIn(address, "by=Ada&why=charger+is+on+its+way"))
                .orElse("");
        fleetline.settle();
        boolean right = page.contains("<form")
                && answer.contains("Ada looks after it")
                && fleetline.messages().size() == before + 1
                && !desk.local("events").toString().contains("alert-links");
        return new Seen(
                right,
                fleetline
                        .messages()
                        .path(before)
                        .path("subject")
                        .asText("nobody was told, or the page did not take it"));
    }

    private Seen tokenRefused() {
        String before = fleetline.currentToken().orElse("none");
        desk.postControl("tokens/expire", "{\"realm\":\"core\"}");
        desk.postLocal("events", THIRD.order("order-4").toString());
        fleetline.settle();
        if (!once(desk.control("state"), THIRD)) {
            // it was handed back to the queue for a quarter of an hour
            forward("PT16M");
            fleetline.settle();
        }
        boolean renewed = fleetline
                .currentToken()
                .filter(version -> !version.equals(before))
                .isPresent();
        long rejected = desk.events("TokenRejected").count();
        long refreshed = desk.events("TokenRefreshed").count();
        boolean onboarded = once(desk.control("state"), THIRD);
        forward("PT3M");
        desk.report(THIRD, "\"battery\":80,\"rsrp\":-90");
        fleetline.settle();
        return new Seen(
                rejected > 0
                        && refreshed == 1
                        && renewed
                        && onboarded
                        && state(THIRD).equals("IN_SERVICE"),
                String.format(
                        Locale.ROOT,
                        "told %d times, renewed %d time, and %s is %s",
                        rejected,
                        refreshed,
                        THIRD.imei(),
                        state(THIRD)));
    }

    private Seen silentDay() {
        int before = desk.local("callbacks").size();
        int rounds = HOURS_IN_A_DAY / HOURS_BETWEEN_REPORTS;
        for (int i = 0; i < rounds; i++) {
            forward("PT" + HOURS_BETWEEN_REPORTS + "H");
            desk.report(FIRST, "\"battery\":8");
            desk.report(THIRD, "\"battery\":" + (79 - i));
            // or they would be judged at a time that has moved on without them
            fleetline.settle();
        }
        int stored = desk.local("callbacks").size() - before;
        return new Seen(
                stored == 2 * rounds && told.open("NETWORK_LOST").isEmpty(),
                stored + " reports of " + FIRST.imei() + " and " + THIRD.imei() + ", none of " + SECOND.imei());
    }

    /** What could not be read when it came is found at the carrier, and ends that pass's doubt, not the silence. */
    private Seen missed() {
        desk.postLocal("schedule/health-sweep", "");
        fleetline.settle();
        int missed = desk.events("HealthSweepCompleted")
                .mapToInt(detail -> detail.at("/verification/missedReports").asInt())
                .sum();
        return new Seen(
                missed == 1 && told.open("NETWORK_LOST").isEmpty(),
                missed + " report of " + SECOND.imei() + " was there that could not be read when it came");
    }

    private Seen sweep() {
        forward("PT15M");
        desk.postLocal("schedule/health-sweep", "");
        fleetline.settle();
        Optional<JsonNode> raised = told.event("DeviceAlertRaised", "NETWORK_LOST", SECOND);
        List<String> lost = told.open("NETWORK_LOST");
        long times = told.events("DeviceAlertRaised", "NETWORK_LOST").count();
        return new Seen(
                raised.isPresent() && times == 1 && lost.equals(List.of(SECOND.imei())),
                raised.map(detail -> detail.path("summary").asText()).orElse("lost are " + lost));
    }

    private Seen backAgain() {
        forward("PT10M");
        desk.report(SECOND, "\"battery\":69,\"rsrp\":-94");
        fleetline.settle();
        boolean right = told.event("DeviceAlertCleared", "NETWORK_LOST", SECOND).isPresent()
                && told.open("NETWORK_LOST").isEmpty()
                && told.open("BATTERY_LOW").equals(List.of(FIRST.imei()));
        return new Seen(right, "NETWORK_LOST is cleared, BATTERY_LOW stays with " + told.open("BATTERY_LOW"));
    }

    private Seen charged() {
        forward("PT10M");
        desk.report(FIRST, "\"battery\":90");
        fleetline.settle();
        boolean right = told.event("DeviceAlertCleared", "BATTERY_LOW", FIRST).isPresent()
                && desk.local("alerts").isEmpty();
        return new Seen(right, "open alerts: " + desk.local("alerts").size());
    }

    private void forward(String by) {
        desk.postLocal("clock", "{\"forward\":\"" + by + "\",\"schedules\":false}");
    }

    private String state(Sim sim) {
        return desk.local("devices/" + sim.imei()).path("state").asText();
    }

    private double battery(Sim sim) {
        return desk.local("devices/" + sim.imei()).path("battery").path("value").asDouble(-1);
    }
}

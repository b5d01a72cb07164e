package dev.fleetline.local.demo;

import static dev.fleetline.local.demo.HealthFleet.BUOY;
import static dev.fleetline.local.demo.HealthFleet.OTHERS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.local.demo.HealthFleet.Member;
import dev.fleetline.local.demo.OrderBook.Ordered;
import dev.fleetline.local.demo.Steps.Seen;
import java.time.Duration;
import java.util.List;

/** How a fleet comes to be in which nothing is wrong, and nothing is said. */
final class SleepStory {

    private static final Duration FIVE_DAYS = Duration.ofDays(5);

    private static final Duration SIX_HOURS = Duration.ofHours(6);

    private final Scene scene;
    private final HealthFleet fleet;
    private final OrderBook orders;
    private final Told told;

    SleepStory(Scene scene, HealthFleet fleet, OrderBook orders, Told told) {
        this.scene = scene;
        this.fleet = fleet;
        this.orders = orders;
        this.told = told;
    }

    void play() {
        Steps steps = scene.steps();
        steps.step("A buoy sleeps for twelve hours at a time, and nobody has said that it may", this::sleeps);
        steps.step("Ten more devices come into service, two on M2M and five at one site", this::enter);
    }

    private Seen sleeps() {
        scene.fleetline().authorize();
        scene.renewTokens();
        scene.streams("repair");
        scene.fleetline().listen("NiddService");
        fleet.enter(List.of(BUOY));
        fleet.live(FIVE_DAYS, SIX_HOURS);
        long passes = scene.told("HealthSweepCompleted");
        int reports = scene.desk().local("callbacks").size();
        int messages = told.letters().size();
        JsonNode alerts = scene.desk().local("alerts");
        return new Seen(
                orders.are("IN_SERVICE", BUOY.ordered())
                        && passes >= 20
                        && reports >= 30
                        && reports % HealthFleet.MESSAGES_OF_THE_BUOY == 0
                        && messages + alerts.size() == 0,
                "in five days " + reports + " reports, always three at once, and " + passes
                        + " passes that looked for silence; open alerts: " + alerts.size() + ", messages: " + messages);
    }

    private Seen enter() {
        fleet.enter(OTHERS);
        Ordered[] all = OTHERS.stream().map(Member::ordered).toArray(Ordered[]::new);
        int messages = told.letters().size();
        return new Seen(
                orders.are("IN_SERVICE", all) && messages == 0,
                orders.all().size() + " devices are in service, and each has reported; messages: " + messages);
    }
}

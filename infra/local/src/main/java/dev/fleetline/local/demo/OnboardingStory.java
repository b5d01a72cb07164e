package dev.fleetline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.local.LocalFleetline;
import dev.fleetline.local.demo.OrderBook.Ordered;
import dev.fleetline.local.demo.Steps.Seen;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The story of orders on Core and on M2M, by event and by spreadsheet: whatever happens to them on the way, each ends or
 * says why not, and nobody pays twice. Each step is watched at the simulator and at the store.
 */
public final class OnboardingStory {

    private final Scene scene;

    /** A Fleetline that was just started, its clock standing. */
    public OnboardingStory(LocalFleetline fleetline, Telling telling) {
        this.scene = new Scene(fleetline, new Desk(fleetline.baseUri(), fleetline.simulatorUri()), new Steps(telling));
    }

    /** Plays it; whether every step was observed. */
    public boolean play() {
        var orders = new OrderBook(scene);
        new OrderStory(scene, orders).play();
        new AnswerStory(scene, orders).play();
        new DoubtStory(scene, orders).play();
        new DriftStory(scene, orders).play();
        new SpreadsheetStory(scene, orders).play();
        scene.steps().step("All have ended, and nobody paid twice", () -> ended(orders));
        scene.steps().step("Nothing was left behind", () -> LeftBehind.in(scene.desk()));
        return scene.steps().close(scene.desk());
    }

    private Seen ended(OrderBook orders) {
        Map<String, Long> states = new TreeMap<>(
                orders.all().stream().collect(Collectors.groupingBy(orders::state, Collectors.counting())));
        boolean told = orders.all().stream()
                .filter(one -> !orders.are("IN_SERVICE", one))
                .allMatch(one -> orders.are("FAILED", one)
                        && orders.told("DeviceOnboardingFailed", one).stream()
                                .anyMatch(detail -> detail.has("mender")));
        boolean once = orders.isActivatedOnce(orders.all().toArray(Ordered[]::new));
        JsonNode state = scene.desk().control("state");
        int duplicates = state.at("/core/devices/duplicates").asInt()
                + state.at("/m2m/lines/duplicates").asInt();
        int stored = scene.desk().local("devices").size();
        return new Seen(
                told && once && duplicates == 0 && stored == orders.all().size(),
                states + ", " + (once ? "one activation of each" : "not one activation of each") + " at the carrier, "
                        + duplicates + " duplicates");
    }
}

package dev.fleetline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.local.demo.Steps.Seen;
import java.time.LocalTime;
import java.util.stream.Collectors;

/** Nights in which the whole fleet is judged, and what can be read in the morning. */
final class HealthNights {

    /** When the template has it done. */
    private static final LocalTime AT_NIGHT = LocalTime.of(2, 30);

    private final Scene scene;
    private final HealthFleet fleet;
    private final Terminal terminal;

    HealthNights(Scene scene, HealthFleet fleet, Terminal terminal) {
        this.scene = scene;
        this.fleet = fleet;
        this.terminal = terminal;
    }

    /** One in which nothing is wrong. */
    void quiet() {
        scene.steps().step("The first night judges the whole fleet", () -> {
            JsonNode completed = pass();
            return new Seen(
                    isWhole(completed, 11) && completed.at("/alerts/raised").asInt() == 0, words(completed));
        });
    }

    /** The next night comes; what the pass tells of itself. */
    JsonNode pass() {
        fleet.liveUntil(AT_NIGHT);
        scene.renewTokens();
        scene.desk().postLocal("schedule/health-sweep", "{\"task\":\"sweep\"}");
        scene.fleetline().settle();
        return scene.desk()
                .events("HealthSweepCompleted")
                .filter(detail -> detail.path("kind").asText().equals("fleet"))
                .reduce((_, later) -> later)
                .orElseThrow(() -> new IllegalStateException("no pass over the fleet was told"));
    }

    /** How many were judged, and what came of it. */
    static String words(JsonNode completed) {
        return "judged " + completed.at("/coverage/judged").asInt() + " of "
                + completed.at("/coverage/active").asInt() + "; "
                + completed
                        .path("alerts")
                        .propertyStream()
                        .map(count -> count.getValue().asInt() + " " + count.getKey())
                        .collect(Collectors.joining(", "));
    }

    static boolean isWhole(JsonNode completed, int devices) {
        return completed.at("/coverage/judged").asInt() == devices
                && completed.at("/coverage/complete").asBoolean()
                && completed.at("/coverage/skipped").asInt() == 0;
    }
}

package dev.fleetline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.local.demo.Steps.Seen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Nights in which the whole fleet is judged, and what can be read in the morning. */
final class HealthNights {

    /** When the template has it done. */
    private static final LocalTime AT_NIGHT = LocalTime.of(2, 30);

    private static final Duration FOUR_HOURS = Duration.ofHours(4);

    private final Scene scene;
    private final HealthFleet fleet;
    private final Terminal terminal;

    HealthNights(Scene scene, HealthFleet fleet, Terminal terminal) {
        this.scene = scene;
        this.fleet = fleet;
        this.terminal = terminal;
    }

    /** The first night. */
    void first() {
        scene.steps().step("The first night judges the whole fleet", () -> {
            JsonNode completed = pass();
            return new Seen(isWhole(completed) && completed.at("/alerts/raised").asInt() == 0, words(completed));
        });
    }

    /** The last one; {@code folder} is where its report is put. */
    void last(Path folder) {
        Steps steps = scene.steps();
        steps.step("After the third night somebody reads what it has changed", () -> report(folder));
        steps.step("Somebody asks what other numbers would have told", this::whatIf);
    }

    /** The next night comes; what the pass tells of itself. */
    JsonNode pass() {
        fleet.liveUntil(AT_NIGHT, FOUR_HOURS);
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
                + completed.at("/coverage/active").asInt() + ": "
                + completed
                        .path("alerts")
                        .propertyStream()
                        .map(count -> count.getValue().asInt() + " " + count.getKey())
                        .collect(Collectors.joining(", "));
    }

    /** Whether it judged everybody. */
    static boolean isWhole(JsonNode completed) {
        return completed.at("/coverage/judged").asInt() == HealthFleet.SIZE
                && completed.at("/coverage/complete").asBoolean()
                && completed.at("/coverage/skipped").asInt() == 0;
    }

    private Seen report(Path folder) {
        JsonNode completed = pass();
        List<String> said =
                terminal.type("report", "--folder", folder.toString()).lines().toList();
        List<String> files = names(folder);
        return new Seen(
                isWhole(completed)
                        && said.getFirst().contains("recovered")
                        && files.equals(List.of("devices.csv", "index.html", "report.json")),
                said.getFirst() + "; " + String.join(", ", files) + " are in " + folder);
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Seen whatIf() {
        String said = terminal.type("what-if", "--battery-warn", "25", "--interval-factor", "4", "--nights", "3");
        return new Seen(
                said.contains("\nadded ") && said.contains("\nremoved "),
                "fleetline what-if --battery-warn 25 --interval-factor 4 --nights 3"
                        + said.lines().map(line -> "\n    " + line).collect(Collectors.joining()));
    }
}

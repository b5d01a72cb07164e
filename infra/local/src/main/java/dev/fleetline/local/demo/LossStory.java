package dev.fleetline.local.demo;

import static dev.fleetline.local.demo.HealthFleet.BUOY;
import static dev.fleetline.local.demo.HealthFleet.GATE;
import static dev.fleetline.local.demo.HealthFleet.METER;
import static dev.fleetline.local.demo.HealthFleet.OTHER_METER;
import static dev.fleetline.local.demo.HealthFleet.TRUCK;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.local.demo.HealthFleet.Member;
import dev.fleetline.local.demo.Steps.Seen;
import dev.fleetline.local.demo.Told.Letter;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Collectors;

/** Devices that fall silent, each for another reason, and what people read about it. */
final class LossStory {

    private static final String LOST = "NETWORK_LOST";
    private static final String RAISED = "DeviceAlertRaised";

    /** After the comparison of every night, which would find the suspended line by itself. */
    private static final LocalTime MORNING = LocalTime.of(10, 0);

    private static final Duration TWO_INTERVALS = Duration.ofHours(8);
    private static final Duration TWO_HOURS = Duration.ofHours(2);
    private static final Duration A_WHILE = Duration.ofMinutes(20);
    private static final List<Member> SILENT = List.of(TRUCK, GATE, METER, OTHER_METER);

    private final Scene scene;
    private final HealthFleet fleet;
    private final Told told;

    LossStory(Scene scene, HealthFleet fleet, Told told) {
        this.scene = scene;
        this.fleet = fleet;
        this.told = told;
    }

    /** {@code evening} is what happens besides, long before they are found. */
    void play(Runnable evening) {
        Steps steps = scene.steps();
        steps.step("Four devices fall silent, each for a reason of its own", () -> fallSilent(evening));
        steps.step("They are told once, each with its cause and what to do first", this::lost);
        steps.step("The truck is back in coverage", () -> comeBack(TRUCK, "\"battery\":75,\"rsrp\":-93"));
    }

    /** The buoy, which has not woken since the night of the battery. */
    void missedWakes() {
        scene.steps().step("The buoy misses two wakes, and nobody has said when it should wake", () -> {
            int before = told.letters().size();
            fleet.liveUntil(() -> told.event(RAISED, LOST, BUOY.sim()).isPresent(), TWO_INTERVALS);
            List<Letter> letters = told.lettersSince(before);
            return new Seen(
                    letters.size() == 1 && letters.getFirst().sentence().contains("it should report every 12 h"),
                    BatteryStory.words(letters));
        });
    }

    /** The gate's battery is swapped in the morning. */
    void swapped() {
        scene.steps().step("Somebody swaps the gate's battery", () -> comeBack(GATE, "\"battery\":99,\"rsrp\":-90"));
    }

    private Seen fallSilent(Runnable evening) {
        fleet.liveUntil(MORNING, TWO_HOURS);
        fleet.says(TRUCK, "\"battery\":76,\"rsrp\":-124");
        fleet.says(GATE, "\"battery\":8,\"rsrp\":-90");
        fleet.speak(SILENT);
        fleet.fallSilent(SILENT);
        fleet.fallSilent(List.of(BUOY));
        scene.pass(A_WHILE);
        JsonNode suspended = edit(METER, "\"state\":\"suspend\"");
        edit(OTHER_METER, "\"connected\":true");
        fleet.live(TWO_INTERVALS.minus(TWO_HOURS), TWO_HOURS);
        evening.run();
        fleet.live(TWO_HOURS, TWO_HOURS);
        JsonNode truck = scene.device(TRUCK.sim());
        JsonNode gate = scene.device(GATE.sim());
        long lost = told.events(RAISED, LOST).count();
        return new Seen(
                lost == 0 && suspended.path("state").asText().equals("suspend"),
                TRUCK.name() + " at RSRP " + truck.at("/signal/rsrp").asInt() + " dBm, " + GATE.name() + " at "
                        + gate.at("/battery/value").asInt() + " %, " + METER.name() + " when its line is put to \""
                        + suspended.path("state").asText() + "\", " + OTHER_METER.name()
                        + " though it stays connected; they report every four hours, and after eight "
                        + (lost == 0 ? "nobody" : lost) + " is told lost");
    }

    private JsonNode edit(Member member, String fields) {
        return scene.desk()
                .postControl("m2m/devices", "{\"imei\":\"" + member.sim().imei() + "\"," + fields + "}");
    }

    private Seen lost() {
        int before = told.letters().size();
        fleet.liveUntil(() -> told.events(RAISED, LOST).count() >= SILENT.size(), TWO_HOURS);
        List<JsonNode> raised = SILENT.stream()
                .flatMap(member -> told.events(RAISED, LOST, member.sim()))
                .toList();
        List<String> causes =
                raised.stream().map(detail -> detail.path("cause").asText()).toList();
        int letters = told.lettersSince(before).size();
        return new Seen(
                causes.equals(List.of("OUT_OF_COVERAGE", "FLAT_BATTERY", "SIM_INACTIVE", "APP_SILENT"))
                        && raised.stream()
                                .allMatch(detail -> detail.path("verified").asBoolean())
                        && letters == SILENT.size(),
                letters + " messages, and the carrier was asked about each before"
                        + raised.stream().map(LossStory::line).collect(Collectors.joining()));
    }

    private static String line(JsonNode raised) {
        return "\n    %-16s %s"
                .formatted(raised.path("cause").asText(), raised.path("summary").asText());
    }

    private Seen comeBack(Member member, String measures) {
        int before = told.letters().size();
        scene.pass(A_WHILE);
        fleet.says(member, measures);
        fleet.speak(List.of(member));
        List<Letter> letters = told.lettersSince(before);
        JsonNode open = scene.device(member.sim()).path("alerts");
        return new Seen(
                letters.size() == 2
                        && letters.stream().allMatch(letter -> letter.subject().startsWith("Over: "))
                        && open.isEmpty(),
                BatteryStory.words(letters));
    }
}

package dev.fleetline.local.demo;

import static dev.fleetline.local.demo.HealthFleet.GATE;
import static dev.fleetline.local.demo.HealthFleet.OTHERS;
import static dev.fleetline.local.demo.HealthFleet.PUMP;
import static dev.fleetline.local.demo.HealthFleet.SENSORS;
import static dev.fleetline.local.demo.HealthFleet.SITE;
import static dev.fleetline.local.demo.HealthFleet.TRUCK;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.local.demo.HealthFleet.Member;
import dev.fleetline.local.demo.Steps.Seen;
import dev.fleetline.local.demo.Told.Letter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** One cause, one alert: a site without power, and a fault of our own. */
final class OutageStory {

    private static final String LOST = "NETWORK_LOST";
    private static final Duration TWO_HOURS = Duration.ofHours(2);
    private static final Duration TEN_HOURS = Duration.ofHours(10);
    private static final Duration A_WHILE = Duration.ofMinutes(20);
    private static final Duration AN_HOUR = Duration.ofHours(1);

    /** Those whose own troubles are over by then. */
    private static final List<Member> WELL =
            Stream.concat(Stream.of(PUMP, TRUCK, GATE), SENSORS.stream()).toList();

    private final Scene scene;
    private final HealthFleet fleet;
    private final Told told;

    OutageStory(Scene scene, HealthFleet fleet, Told told) {
        this.scene = scene;
        this.fleet = fleet;
        this.told = told;
    }

    /** The site's devices report once more, and then no more. */
    void powerFails() {
        fleet.speak(SENSORS);
        fleet.fallSilent(SENSORS);
    }

    void site(HealthNights nights) {
        Steps steps = scene.steps();
        steps.step("The second night finds a site without power", () -> siteLost(nights));
        steps.step("The power is back", this::siteBack);
    }

    void ownFault() {
        Steps steps = scene.steps();
        steps.step("Our token for M2M cannot be renewed, and nobody reports any more", this::tokenDies);
        steps.step("The token is back, and a pass comes before any report", this::tokenIsBack);
    }

    private Seen siteLost(HealthNights nights) {
        int before = told.letters().size();
        JsonNode completed = nights.pass();
        List<Letter> letters = told.lettersSince(before).stream()
                .filter(letter -> letter.subject().contains(SITE))
                .toList();
        long suppressed = suppressed();
        return new Seen(
                HealthNights.isWhole(completed)
                        && told.events("SiteAlertRaised", LOST).count() == 1
                        && letters.size() == 1
                        && letters.getFirst().subject().endsWith("NETWORK_LOST: site " + SITE)
                        && suppressed == SENSORS.size()
                        && completed.at("/alerts/suppressed").asLong() == suppressed,
                HealthNights.words(completed) + "; messages about the site and its devices: " + letters.size() + ", \""
                        + BatteryStory.words(letters) + "\"");
    }

    private long suppressed() {
        return SENSORS.stream()
                .filter(sensor -> told.alert(LOST, sensor.sim())
                        .filter(alert -> alert.path("state").asText().equals("SUPPRESSED"))
                        .isPresent())
                .count();
    }

    private Seen siteBack() {
        int before = told.letters().size();
        scene.pass(A_WHILE);
        fleet.speak(SENSORS);
        fleet.liveUntil(() -> told.events("SiteAlertCleared", LOST).findAny().isPresent(), TWO_HOURS);
        List<Letter> letters = told.lettersSince(before);
        long open = SENSORS.stream()
                .filter(sensor -> told.alert(LOST, sensor.sim()).isPresent())
                .count();
        return new Seen(
                letters.size() == 1 && letters.getFirst().subject().startsWith("Over: ") && open == 0,
                "messages: " + letters.size() + ", \"" + BatteryStory.words(letters) + "\" Its devices still lost: "
                        + open);
    }

    private Seen tokenDies() {
        long before = lost();
        long failures = scene.told("TokenRefreshFailed");
        int letters = told.letters().size();
        scene.desk().faults("{\"m2mTokenErrors\":100000}");
        fleet.fallSilent(OTHERS);
        fleet.live(TEN_HOURS, TWO_HOURS);
        List<Letter> ours = told.lettersSince(letters).stream()
                .filter(letter -> letter.subject().contains("platform m2m"))
                .toList();
        long lost = lost() - before;
        return new Seen(
                scene.told("PlatformAlertRaised") == 1
                        && ours.size() == 1
                        && lost == 0
                        && lastPass().path("faults").size() == 1,
                "told once, besides what token-refresh says of it ("
                        + (scene.told("TokenRefreshFailed") - failures) + " times): \"" + BatteryStory.words(ours)
                        + "\" Told lost in ten hours of silence: " + lost);
    }

    private Seen tokenIsBack() {
        long before = lost();
        int letters = told.letters().size();
        scene.desk().faults("{}");
        fleet.liveUntil(() -> scene.told("PlatformAlertCleared") > 0, AN_HOUR);
        long lost = lost() - before;
        List<Letter> ours = told.lettersSince(letters);
        fleet.speak(WELL);
        return new Seen(
                ours.size() == 1
                        && ours.getFirst().subject().startsWith("Over: TOKEN")
                        && lost == 0
                        && lastPass().path("faults").isEmpty(),
                "\"" + BatteryStory.words(ours) + "\" Told lost by that pass: " + lost);
    }

    private long lost() {
        return told.events("DeviceAlertRaised", LOST).count();
    }

    private JsonNode lastPass() {
        return scene.desk()
                .events("HealthSweepCompleted")
                .reduce((_, later) -> later)
                .orElseThrow(() -> new IllegalStateException("no pass was told"));
    }
}

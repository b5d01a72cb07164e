package dev.fleetline.local.demo;

import static dev.fleetline.local.demo.CallbackStory.FIRST;
import static dev.fleetline.local.demo.CallbackStory.SECOND;
import static dev.fleetline.local.demo.CallbackStory.THIRD;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.local.demo.Steps.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** How a stream that breaks is noticed, told once, repaired, and told to be well again. */
final class WatchStory {

    private static final Duration GAP = Duration.ofHours(2);
    private static final int GAPS_IN_THREE_DAYS = 36;

    /** Until then a device that has not been heard of would be told lost. */
    private static final Duration LONG_ENOUGH = Duration.ofHours(9);

    /** So long nothing is expected to happen, and time may pass faster. */
    private static final Duration ALMOST = Duration.ofHours(5);

    private static final Duration AN_HOUR = Duration.ofHours(1);
    private static final Duration A_QUARTER = Duration.ofMinutes(15);
    private static final List<Sim> FLEET = List.of(FIRST, SECOND, THIRD);
    private static final String STREAM = "core/ts.event";
    private static final String BROKEN = "StreamBroken";
    private static final String REPAIRED = "StreamRepaired";

    private final Scene scene;
    private final Portal portal;
    private final Kept kept;

    WatchStory(Scene scene, Portal portal, Kept kept) {
        this.scene = scene;
        this.portal = portal;
        this.kept = kept;
    }

    void play() {
        Steps steps = scene.steps();
        steps.step("Somebody switches our subscription off", () -> broken("DISABLED", portal::switchOff));
        steps.step("Somebody deletes it", () -> broken("NOT_SUBSCRIBED", portal::deleteSubscription));
        steps.step("Three days pass, and it becomes usual that something comes every two hours", this::threeDays);
        steps.step("The platform says that all is well and sends nothing", this::silence);
    }

    private Seen broken(String code, Runnable deed) {
        long broken = told(BROKEN);
        long repaired = told(REPAIRED);
        deed.run();
        int lost = scene.report(FIRST, 56);
        scene.work(A_QUARTER);
        scene.work(A_QUARTER);
        long told = told(BROKEN) - broken;
        JsonNode detail = last();
        JsonNode repair = scene.streams("repair");
        scene.report(FIRST, 55);
        scene.work(A_QUARTER);
        long well = told(REPAIRED) - repaired;
        return new Seen(
                lost == 0
                        && told == 1
                        && well == 1
                        && detail.path("code").asText().equals(code)
                        && repair.at("/parts/0/outcome").asText().equals("repaired"),
                detail.path("code").asText() + ", \"" + detail.path("reason").asText() + "\", is told " + told
                        + " time in half an hour; " + Scene.words(repair) + "; StreamRepaired is told " + well
                        + " time");
    }

    private Seen threeDays() {
        kept.mark();
        int sent = 0;
        for (int i = 0; i < GAPS_IN_THREE_DAYS; i++) {
            scene.pass(GAP);
            int battery = 54 - i / 6;
            List<Sim> reporting = i % 2 == 0 ? List.of(FIRST) : FLEET;
            reporting.forEach(sim -> scene.desk().report(sim, "\"battery\":" + battery));
            sent += reporting.size();
        }
        String became = Kept.counts(kept.fresh());
        return new Seen(
                became.equals(sent + " RECEIVED") && kept.twice() == 0,
                sent + " reports sent, stored " + became + ", " + kept.twice() + " of them twice");
    }

    private Seen silence() {
        long broken = told(BROKEN);
        long repaired = told(REPAIRED);
        scene.renewTokens();
        scene.desk().faults("{\"reorder\":1000}");
        Instant began = scene.fleetline().now();
        while (told(BROKEN) == broken && scene.fleetline().now().isBefore(began.plus(LONG_ENOUGH))) {
            scene.work(Duration.between(began, scene.fleetline().now()).compareTo(ALMOST) < 0 ? AN_HOUR : A_QUARTER);
        }
        Duration until = Duration.between(began, scene.fleetline().now());
        long lost = lost();
        String said = scene.desk()
                .control("state")
                .at("/subscriptions/0/laststreamingstatus")
                .asText();
        JsonNode detail = last();
        scene.desk().faults("{}");
        scene.report(FIRST, 47);
        scene.work(A_QUARTER);
        long well = told(REPAIRED) - repaired;
        return new Seen(
                told(BROKEN) == broken + 1
                        && detail.path("code").asText().equals("SILENT")
                        && said.equals("success")
                        && lost == 0
                        && well == 1,
                "its last word is \"" + said + "\"; after " + until.toHours() + " h " + until.toMinutesPart()
                        + " min of silence we say " + detail.path("code").asText() + ", \""
                        + detail.path("reason").asText() + "\"; devices told lost by then: " + lost
                        + "; it sends again, and StreamRepaired is told " + well + " time");
    }

    private long lost() {
        return scene.desk()
                .events("DeviceAlertRaised")
                .filter(alert -> alert.path("condition").asText().equals("NETWORK_LOST"))
                .count();
    }

    private long told(String detailType) {
        return ofTheStream(detailType).count();
    }

    private JsonNode last() {
        return ofTheStream(BROKEN)
                .reduce((_, later) -> later)
                .orElseThrow(() -> new IllegalStateException("no " + BROKEN + " was told"));
    }

    private Stream<JsonNode> ofTheStream(String detailType) {
        return scene.desk()
                .events(detailType)
                .filter(detail -> detail.path("stream").asText().equals(STREAM));
    }
}

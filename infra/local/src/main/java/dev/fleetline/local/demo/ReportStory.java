package dev.fleetline.local.demo;

import static dev.fleetline.local.demo.CallbackStory.FIRST;
import static dev.fleetline.local.demo.CallbackStory.SECOND;
import static dev.fleetline.local.demo.CallbackStory.THIRD;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.local.demo.Steps.Seen;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What becomes of reports on a way that doubles, reorders, bundles, breaks and misdirects them. */
final class ReportStory {

    private static final Duration ACTIVATION = Duration.ofMinutes(3);
    private static final Duration A_WHILE = Duration.ofMinutes(5);
    private static final Duration INTO_ANOTHER_HALF_HOUR = Duration.ofMinutes(40);

    private final Scene scene;
    private final Portal portal;
    private final Kept kept;

    ReportStory(Scene scene, Portal portal, Kept kept) {
        this.scene = scene;
        this.portal = portal;
        this.kept = kept;
    }

    void play() {
        Steps steps = scene.steps();
        steps.step("Two devices are ordered and report", this::firstReports);
        steps.step("A report that comes three times counts once, and an older one changes nothing", this::once);
        steps.step("Bodies of several reports are taken apart", this::takenApart);
        steps.step("A broken report takes none of its neighbours with it", this::neighbours);
        steps.step("A body that breaks off is set aside with its reason", this::truncated);
        steps.step("What is of another account is set aside, and what is of no known kind is kept", this::foreign);
        steps.step("A report of a device that nobody ordered counts by itself once it is ordered", this::unknownDevice);
    }

    private Seen firstReports() {
        scene.order("order", FIRST, SECOND);
        scene.pass(ACTIVATION);
        scene.report(FIRST, 97);
        scene.report(SECOND, 88);
        boolean inService = Stream.of(FIRST, SECOND)
                .allMatch(sim -> scene.device(sim).path("state").asText().equals("IN_SERVICE"));
        int stored = kept.all().size();
        return new Seen(
                inService && stored == 2 && scene.battery(FIRST) == 97 && scene.battery(SECOND) == 88,
                stored + " reports are stored, and the batteries are at " + batteries());
    }

    private Seen once() {
        scene.pass(A_WHILE);
        kept.mark();
        scene.desk().faults("{\"duplicates\":1}");
        int sent = scene.report(FIRST, 80);
        scene.desk().faults("{}");
        List<JsonNode> stored = kept.fresh();
        scene.pass(INTO_ANOTHER_HALF_HOUR);
        int again = scene.desk().message(kept.payload(stored.getFirst()).toString());
        int times = kept.fresh().size();
        scene.desk().faults("{\"reorder\":1}");
        scene.report(SECOND, 75);
        scene.pass(A_WHILE);
        scene.desk().faults("{}");
        int late = scene.report(SECOND, 71);
        int reordered = kept.fresh().size() - times;
        return new Seen(
                sent == 2
                        && again == 200
                        && times == 1
                        && late == 2
                        && reordered == 2
                        && scene.battery(SECOND) == 71
                        && kept.twice() == 0,
                "delivered twice and 40 minutes later once more, it is stored " + times
                        + " time; of two that come in the"
                        + " wrong order " + reordered + " are stored, and the battery stays at "
                        + scene.battery(SECOND) + " %");
    }

    private Seen takenApart() {
        kept.mark();
        long before = attempts();
        int battery = 70;
        for (String shape : List.of("array", "dataArray", "ndjson")) {
            scene.pass(A_WHILE);
            battery--;
            scene.desk().faults("{\"aggregation\":\"" + shape + "\",\"together\":2}");
            scene.report(FIRST, battery);
            scene.report(SECOND, battery);
        }
        scene.desk().faults("{}");
        long bodies = attempts() - before;
        String became = Kept.counts(kept.fresh());
        return new Seen(
                bodies == 3
                        && became.equals("6 RECEIVED")
                        && scene.battery(FIRST) == battery
                        && scene.battery(SECOND) == battery,
                "an array, one with an array as its data, and one of lines: " + bodies
                        + " bodies of 2 reports each, stored " + became + ", and the batteries are at " + batteries());
    }

    private Seen neighbours() {
        scene.pass(A_WHILE);
        kept.mark();
        var first = new EventText(scene, FIRST);
        var second = new EventText(scene, SECOND);
        List<Integer> answers = Stream.of(
                        "[" + first.whole(60) + "," + first.broken("array") + "," + second.whole(60) + "]",
                        first.envelope(
                                "[" + first.data(59) + "," + first.brokenData("data") + "," + second.data(59) + "]"),
                        first.whole(58) + "\n" + first.broken("line") + "\n" + second.whole(58) + "\n")
                .map(body -> {
                    int answer = scene.desk().message(body);
                    scene.pass(Duration.ofMinutes(1));
                    return answer;
                })
                .toList();
        String became = Kept.counts(kept.fresh());
        return new Seen(
                answers.equals(List.of(200, 200, 200))
                        && became.equals("3 NOT_JSON, 6 RECEIVED")
                        && scene.battery(FIRST) == 58
                        && scene.battery(SECOND) == 58,
                "the same three shapes with a broken one in the middle: stored " + became
                        + ", and the batteries are at " + batteries());
    }

    private Seen truncated() {
        scene.pass(A_WHILE);
        kept.mark();
        long told = scene.told("CallbackQuarantined");
        scene.desk().faults("{\"unreadable\":1}");
        scene.report(SECOND, 57);
        scene.desk().faults("{}");
        JsonNode aside = kept.fresh().getFirst();
        int characters = kept.payload(aside).asText().length();
        long news = scene.told("CallbackQuarantined") - told;
        return new Seen(
                Kept.status(aside).equals("NOT_JSON") && characters > 0 && news == 1,
                Kept.why(aside) + "; the " + characters + " characters that came are kept, and it is told " + news
                        + " time");
    }

    private Seen foreign() {
        scene.pass(A_WHILE);
        kept.mark();
        var event = new EventText(scene, FIRST);
        scene.desk().message(event.ofAccount("0999000002-00001", 3));
        scene.desk().message(event.ofKind("ts.weather"));
        List<JsonNode> became = kept.fresh();
        String counts = Kept.counts(became);
        String why = became.stream()
                .filter(one -> one.has("reason"))
                .map(Kept::why)
                .findFirst()
                .orElse("nothing was set aside");
        return new Seen(
                counts.equals("1 OTHER_ACCOUNT, 1 UNHANDLED") && scene.battery(FIRST) == 58,
                why + ", and no battery is at 3 %; a ts.weather is kept: " + counts);
    }

    private Seen unknownDevice() {
        portal.activate(THIRD);
        scene.pass(ACTIVATION);
        kept.mark();
        scene.report(THIRD, 64);
        String before = Kept.counts(kept.fresh());
        scene.order("late-order", THIRD);
        String after = Kept.counts(kept.fresh());
        return new Seen(
                before.equals("1 UNKNOWN_DEVICE") && after.equals("1 RECEIVED") && scene.battery(THIRD) == 64,
                "stored " + before + " before the order, and " + after + " after it; the device is "
                        + scene.device(THIRD).path("state").asText() + ", its battery at " + scene.battery(THIRD)
                        + " %");
    }

    private String batteries() {
        return scene.battery(FIRST) + " and " + scene.battery(SECOND) + " %";
    }

    private long attempts() {
        return scene.desk().control("state").at("/deliveries/attempts").asLong();
    }
}

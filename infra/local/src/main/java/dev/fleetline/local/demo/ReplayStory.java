package dev.fleetline.local.demo;

import static dev.fleetline.local.demo.CallbackStory.FIRST;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.ReplayView;
import dev.fleetline.local.demo.Steps.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** How what is kept is played again, and what it is that is kept. */
final class ReplayStory {

    /** One more than a body may hold to be taken apart when it comes. */
    private static final int TOO_MANY = 201;

    private static final String WHOLE = "TOO_MANY_EVENTS";

    private final Scene scene;
    private final Kept kept;
    private final List<String> secrets;

    /** {@code secrets} should be in nothing that is kept. */
    ReplayStory(Scene scene, Kept kept, List<String> secrets) {
        this.scene = scene;
        this.kept = kept;
        this.secrets = secrets;
    }

    void play() {
        Steps steps = scene.steps();
        steps.step("A body of more reports than we take apart at once is played again by its reason", this::byReason);
        steps.step("Last night and all before it is played again", this::byTime);
        steps.step("No key and no password is in anything that is kept", this::nothingSecret);
    }

    private Seen byReason() {
        scene.pass(Duration.ofHours(1));
        kept.mark();
        var event = new EventText(scene, FIRST);
        List<String> three = List.of(
                event.whole(46, Duration.ofMinutes(3)),
                event.whole(45, Duration.ofMinutes(2)),
                event.whole(44, Duration.ofMinutes(1)));
        String body = Collections.nCopies(TOO_MANY / three.size(), three).stream()
                .flatMap(List::stream)
                .collect(Collectors.joining(",", "[", "]"));
        int answer = scene.desk().message(body);
        String before = Kept.counts(kept.fresh());
        JsonNode reply = replay(task("reason").put("reason", WHOLE));
        String after = Kept.counts(kept.fresh());
        JsonNode again = replay(task("reason").put("reason", WHOLE));
        return new Seen(
                answer == 200
                        && before.equals("1 " + WHOLE)
                        && reply.path("takenApart").asInt() == 1
                        && after.equals("4 RECEIVED")
                        && again.path("played").asInt() == 0
                        && scene.battery(FIRST) == 44,
                TOO_MANY + " reports, three of which differ, are stored as " + before + ". " + words(reply)
                        + " Stored is then " + after + ", and the battery is at " + scene.battery(FIRST)
                        + " %. The second time: " + words(again));
    }

    private Seen byTime() {
        JsonNode devices = scene.desk().local("devices");
        JsonNode alerts = scene.desk().local("alerts");
        int events = scene.desk().local("events").size();
        String before = Kept.counts(kept.all());
        JsonNode reply = replay(task("time")
                .put("from", Demo.BEGINNING.toString())
                .put("to", scene.fleetline().now().plusSeconds(1).toString()));
        boolean isAsBefore = scene.desk().local("devices").equals(devices)
                && scene.desk().local("alerts").equals(alerts)
                && Kept.counts(kept.all()).equals(before);
        int news = scene.desk().local("events").size() - events;
        return new Seen(
                reply.path("played").asInt() == kept.all().size()
                        && reply.path("applied").asInt() == 0
                        && reply.path("devicesChanged").asInt() == 0
                        && isAsBefore
                        && news == 0,
                words(reply) + " " + news + " events more, and devices, alerts and deliveries are "
                        + (isAsBefore ? "as before" : "not as before"));
    }

    private Seen nothingSecret() {
        List<JsonNode> all = kept.all();
        List<String> found = new ArrayList<>();
        for (JsonNode line : all) {
            String payload = kept.payload(line).toString();
            if (payload.contains("\"password\"") || secrets.stream().anyMatch(payload::contains)) {
                found.add(Kept.id(line));
            }
        }
        return new Seen(
                found.isEmpty() && !secrets.isEmpty(),
                all.size() + " messages looked at for " + secrets.size() + " keys and passwords: found in "
                        + found.size());
    }

    private JsonNode replay(ObjectNode task) {
        JsonNode reply = scene.desk().postLocal("schedule/callback-replay", task.toString());
        scene.fleetline().settle();
        return reply;
    }

    private static ObjectNode task(String name) {
        return EdgeJson.JSON.createObjectNode().put("task", name);
    }

    private static String words(JsonNode reply) {
        return ReplayView.inWords(reply).replace("\n", " ");
    }
}

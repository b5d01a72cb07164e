package dev.fleetline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.local.demo.Steps.Seen;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How the streams are planned, set up and torn down, and how what is somebody else's is left alone. */
final class SetUpStory {

    private final Scene scene;
    private final Portal portal;

    SetUpStory(Scene scene, Portal portal) {
        this.scene = scene;
        this.portal = portal;
    }

    void play() {
        scene.steps().step("An operator consents, and a dry run says what would be set up", this::planned);
        scene.steps()
                .step(
                        "A repair sets it up, and the listener follows by itself as soon as M2M has a token",
                        this::setUp);
        scene.steps().step("A second repair does nothing and leaves alone what is somebody else's", this::again);
    }

    void tearDown() {
        scene.steps().step("All that is ours at the platform is torn down, and no more", this::tornDown);
    }

    private Seen planned() {
        scene.fleetline().authorize();
        portal.addTarget();
        ObjectNode before = portal.all();
        JsonNode reply = scene.streams("dry-run");
        return new Seen(
                outcome(reply).equals("differs") && portal.all().equals(before),
                Scene.words(reply) + "; at the platform there is as before " + atThePlatform(before));
    }

    private Seen setUp() {
        JsonNode reply = scene.streams("repair");
        scene.renewTokens();
        ObjectNode after = portal.all();
        List<JsonNode> ours = ours(after);
        boolean feedsUs = ours.size() == 1
                && after.at("/subscriptions/0/targetid").equals(ours.getFirst().path("id"));
        return new Seen(
                outcome(reply).equals("repaired")
                        && feedsUs
                        && after.path("subscriptions").size() == 1
                        && after.path("listeners").has("CarrierService"),
                Scene.words(reply) + "; then M2M gets one, and there is " + atThePlatform(after));
    }

    private Seen again() {
        portal.addListener();
        ObjectNode before = portal.all();
        JsonNode reply = scene.streams("repair");
        boolean isLeft = portal.all().equals(before);
        return new Seen(
                isLeft && reply.findValuesAsText("outcome").stream().allMatch("in-order"::equals),
                Scene.words(reply) + "; at the platform there is " + (isLeft ? "as before " : "no longer ")
                        + atThePlatform(before));
    }

    private Seen tornDown() {
        scene.renewTokens();
        JsonNode reply = scene.streams("tear-down");
        ObjectNode after = portal.all();
        boolean onlyTheirs = ours(after).isEmpty()
                && after.path("targets").size() == 1
                && after.path("subscriptions").isEmpty()
                && names(after.path("listeners")).equals(Portal.THEIR_SERVICE);
        return new Seen(onlyTheirs, Scene.words(reply) + "; what is left is " + atThePlatform(after));
    }

    private static String outcome(JsonNode reply) {
        return reply.at("/parts/0/outcome").asText();
    }

    private static List<JsonNode> ours(JsonNode all) {
        return all.path("targets")
                .valueStream()
                .filter(target -> !target.path("name").asText().equals(Portal.THEIR_TARGET))
                .toList();
    }

    private static String atThePlatform(JsonNode all) {
        String listeners = names(all.path("listeners"));
        int ours = ours(all).size();
        return (ours == 0 ? "" : ours + " target of ours and ") + "somebody else's target, "
                + (all.path("subscriptions").isEmpty()
                        ? "no"
                        : all.path("subscriptions").size()) + " subscription, "
                + (listeners.isEmpty() ? "no listener" : "listener of " + listeners);
    }

    private static String names(JsonNode object) {
        return object.propertyStream().map(Map.Entry::getKey).sorted().collect(Collectors.joining(" and "));
    }
}

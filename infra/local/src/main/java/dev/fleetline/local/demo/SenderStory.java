package dev.fleetline.local.demo;

import static dev.fleetline.local.demo.CallbackStory.FIRST;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.CallbackRotation;
import dev.fleetline.local.demo.Steps.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Who may deliver, and what happens while we cannot tell. */
final class SenderStory {

    private static final String CARRIER = "CarrierService";
    private static final String DIAGNOSTICS = "Diagnostics";
    private static final String SIGNATURE = "x-signature";
    private static final String SIGNING_KEYS = "/callback/hmac";

    /** So long a receiver may not know a new version, and so long the second step of a rotation would wait. */
    private static final Duration BETWEEN_STEPS = Duration.ofSeconds(11);

    /** Longer than a receiver keeps what it has read, and than it does so while it cannot read. */
    private static final Duration UNTIL_READ_ANEW = Duration.ofMinutes(6);

    private static final Duration UNTIL_UNKNOWN = Duration.ofHours(1);

    private static final Duration UNTIL_SENT_AGAIN = Duration.ofMinutes(5);

    private final Scene scene;
    private final Kept kept;
    private final CallbackRotation rotation;
    private final List<String> secrets = new ArrayList<>();
    private final List<JsonNode> arrived = Collections.synchronizedList(new ArrayList<>());
    private int calls;

    SenderStory(Scene scene, Kept kept) {
        this.scene = scene;
        this.kept = kept;
        this.rotation = new CallbackRotation(scene.fleetline());
    }

    void play() {
        scene.fleetline().watch(arrived::add);
        Steps steps = scene.steps();
        steps.step("A service logs in with a password in the body, which is rotated twice", this::logins);
        steps.step(
                "Another service signs what it sends, with the key that we were told when we registered it",
                this::signatures);
        steps.step(
                "While we cannot read its key we go on with what we know for an hour; then we say so, and it sends again",
                this::sentAgain);
    }

    /** Everything that was shown to us or could have been. */
    List<String> secrets() {
        return secrets;
    }

    private Seen logins() {
        CallbackSecret first = learn(rotation.current());
        rotate("00000000-0000-4000-8000-000000000002");
        CallbackSecret second = learn(rotation.current());
        // sooner a second rotation is refused
        scene.work(Duration.ofMinutes(45));
        rotate("00000000-0000-4000-8000-000000000003");
        learn(rotation.current());
        scene.pass(UNTIL_READ_ANEW);
        kept.mark();
        int current = scene.desk()
                .postControl("callbacks", "{\"service\":\"" + CARRIER + "\",\"imei\":\"" + FIRST.imei() + "\"}")
                .at("/delivered/0/status")
                .asInt();
        int previous = logIn(second.username(), second.password());
        int beforeIt = logIn(first.username(), first.password());
        int wrong = logIn(first.username(), "no-password-of-ours");
        String became = Kept.counts(kept.fresh());
        return new Seen(
                List.of(current, previous, beforeIt, wrong).equals(List.of(200, 200, 401, 401))
                        && became.equals("2 RECEIVED"),
                "the current password is answered " + current + ", the previous one " + previous
                        + ", the one before it " + beforeIt + ", a wrong one " + wrong + "; stored: " + became);
    }

    private Seen signatures() {
        secrets.add(signingKeys().path(DIAGNOSTICS).asText());
        kept.mark();
        arrived.clear();
        int signed = diagnostics("signed");
        JsonNode message = arrived.getFirst();
        String body = message.path("body").asText();
        String signature = message.path("headers").path(SIGNATURE).asText();
        int unsigned = scene.desk().callBack(DIAGNOSTICS, body);
        int madeUp = scene.desk()
                .callBack(DIAGNOSTICS, Map.of(SIGNATURE, HexFormat.of().formatHex(new byte[32])), body);
        int changed = scene.desk().callBack(DIAGNOSTICS, Map.of(SIGNATURE, signature), body.replace("-93", "-53"));
        int stored = kept.fresh().size();
        return new Seen(
                List.of(signed, unsigned, madeUp, changed).equals(List.of(200, 401, 401, 401)) && stored == 1,
                "signed with its key it is answered " + signed + ", unsigned " + unsigned
                        + ", with a made-up signature " + madeUp + ", with the right one under a changed body "
                        + changed
                        + "; stored: " + stored);
    }

    private Seen sentAgain() {
        // somebody put the key alone there, where an object of services and keys belongs
        JsonNode keys = signingKeys();
        scene.fleetline()
                .fillIn(SIGNING_KEYS, TextNode.valueOf(keys.path(DIAGNOSTICS).asText()));
        scene.pass(UNTIL_READ_ANEW);
        int known = diagnostics("known");
        scene.pass(UNTIL_UNKNOWN);
        kept.mark();
        diagnostics("sent-again");
        int before = kept.fresh().size();
        scene.fleetline().fillIn(SIGNING_KEYS, keys);
        scene.pass(UNTIL_SENT_AGAIN);
        List<Integer> answers = scene.desk()
                .control("state")
                .at("/m2m/callbacks/last")
                .valueStream()
                .filter(attempt -> attempt.path("requestId").asText().equals("sent-again"))
                .map(attempt -> attempt.path("status").asInt())
                .toList();
        int after = kept.fresh().size();
        return new Seen(
                known == 200 && answers.equals(List.of(503, 200)) && before == 0 && after == 1,
                "after six minutes it is answered " + known + "; an hour later " + answers.getFirst() + ", and stored "
                        + before + " times; five minutes after that, when the secret is mended, " + answers.getLast()
                        + ", and stored " + after + " time");
    }

    private JsonNode signingKeys() {
        return scene.fleetline().secret(SIGNING_KEYS);
    }

    private CallbackSecret learn(CallbackSecret secret) {
        Stream.of(secret.password(), secret.streamKey()).forEach(secrets::add);
        return secret;
    }

    private void rotate(String version) {
        scene.renewTokens();
        rotation.begin(version);
        for (String step : CallbackRotation.STEPS) {
            rotation.step(step, version);
            scene.pass(BETWEEN_STEPS);
        }
    }

    private int diagnostics(String requestId) {
        return scene.desk()
                .postControl(
                        "callbacks",
                        "{\"service\":\"" + DIAGNOSTICS + "\",\"imei\":\"" + FIRST.imei() + "\",\"requestId\":\""
                                + requestId + "\"}")
                .at("/delivered/0/status")
                .asInt();
    }

    private int logIn(String username, String password) {
        calls++;
        ObjectNode body = EdgeJson.JSON
                .createObjectNode()
                .put("username", username)
                .put("password", password)
                .put("requestId", "logged-in-" + calls)
                .put("status", "Success");
        body.putArray("deviceIds").addObject().put("id", FIRST.imei()).put("kind", "imei");
        return scene.desk().callBack(CARRIER, body.toString());
    }
}

package dev.fleetline.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.lambda.EdgeJson;
import java.util.List;
import java.util.Map;

/** Plays Secrets Manager in a rotation of the callback secret: what stands in for it here calls no function by itself. */
public final class CallbackRotation {

    /** As Secrets Manager calls them, in its order. */
    public static final List<String> STEPS = List.of("createSecret", "setSecret", "testSecret", "finishSecret");

    private static final String SECRET = "fleetline/local/callback";
    private static final String FUNCTION = "callback-secret-rotation";

    private final LocalFleetline fleetline;

    /** Of its callback secret. */
    public CallbackRotation(LocalFleetline fleetline) {
        this.fleetline = fleetline;
    }

    /** The value that is current. */
    public CallbackSecret current() {
        JsonNode fields = fleetline.secret(SECRET);
        return new CallbackSecret(
                fields.path("username").asText(),
                fields.path("password").asText(),
                fields.path("streamKey").asText(),
                Map.of());
    }

    /** Makes this version pending; one that is pending stays so. */
    public void begin(String version) {
        fleetline.secrets().rotateSecret(rotation -> rotation.secretId(SECRET)
                .clientRequestToken(version)
                .rotationLambdaARN("arn:aws:lambda:us-east-1:000000000000:function:rotation:live"));
    }

    /**
     * Has one step done; what was done, in words.
     *
     * @throws dev.fleetline.local.functions.HostedFunction.Failed when it is refused
     */
    public String step(String step, String version) {
        String arn = fleetline
                .secrets()
                .describeSecret(describe -> describe.secretId(SECRET))
                .arn();
        ObjectNode event = EdgeJson.JSON
                .createObjectNode()
                .put("Step", step)
                .put("SecretId", arn)
                .put("ClientRequestToken", version);
        return fleetline
                .invoke(FUNCTION, event)
                .orElseThrow(() -> new IllegalStateException("there is no " + FUNCTION))
                .path("outcome")
                .asText();
    }
}

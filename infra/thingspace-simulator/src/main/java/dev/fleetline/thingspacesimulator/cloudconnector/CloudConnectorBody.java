package dev.fleetline.thingspacesimulator.cloudconnector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.oauth.Credentials;
import dev.fleetline.thingspacesimulator.web.Call;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.web.Refusal;
import dev.fleetline.thingspacesimulator.wire.PlatformErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** The wrapper that all bodies of Cloud Connector share: whose account, which resource, which properties, which page. */
final class CloudConnectorBody {

    private static final int PAGE = 100;

    private final ObjectNode body;

    private CloudConnectorBody(ObjectNode body) {
        this.body = body;
    }

    static CloudConnectorBody of(Call call) {
        ObjectNode body = Json.readObject(call.body())
                .orElseThrow(() -> new Refusal(PlatformErrors.unreadable("body is not a JSON object")));
        requireAccount(body.at("/accountidentifier/billingaccountid"));
        return new CloudConnectorBody(body);
    }

    void requireOwner() {
        requireAccount(body.path("billingaccountid"));
    }

    /** The body as a resource of that kind, which the SDK leaves out. */
    ObjectNode resource(String kind) {
        ObjectNode resource = body.deepCopy();
        if (resource.path("kind").isMissingNode()) {
            resource.put("kind", kind);
        }
        return resource;
    }

    /** The body as it is. */
    ObjectNode fields() {
        return body;
    }

    /** The id of the one resource that the call is about, if it names one by its id. */
    Optional<String> id() {
        return Optional.of(body.at("/resourceidentifier/id").asText()).filter(id -> !id.isEmpty());
    }

    String requiredId() {
        return id().orElseThrow(() ->
                new Refusal(PlatformErrors.badRequest("resourceidentifier is required in resource body")));
    }

    /** Whether a document is one of those that the call is about: all, if it does not say. */
    Predicate<ObjectNode> wanted() {
        List<Predicate<ObjectNode>> all = new ArrayList<>();
        JsonNode imei = body.at("/resourceidentifier/imei");
        if (!imei.isMissingNode() && !imei.isIntegralNumber()) {
            throw new Refusal(
                    PlatformErrors.imeiIsNoNumber(imei.getNodeType().name().toLowerCase(Locale.ROOT)));
        }
        body.path("resourceidentifier").properties().forEach(field -> all.add(has(field.getKey(), field.getValue())));
        body.path("$selection").properties().forEach(field -> all.add(has(field.getKey(), field.getValue())));
        return all.stream().reduce(_ -> true, Predicate::and);
    }

    /** Whether the call says which resource it is about. */
    boolean namesOne() {
        return !body.path("resourceidentifier").isEmpty();
    }

    /** The page that was asked for. */
    <T> List<T> page(List<T> all) {
        int limit = positive("$limitnumber", PAGE);
        return all.stream()
                .skip((positive("$page", 1) - 1L) * limit)
                .limit(limit)
                .toList();
    }

    private int positive(String name, int otherwise) {
        JsonNode value = body.path(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.asText().matches("[1-9]\\d{0,8}")) {
            throw new Refusal(PlatformErrors.badRequest(name + " must be a positive number"));
        }
        return Integer.parseInt(value.asText());
    }

    private static Predicate<ObjectNode> has(String name, JsonNode value) {
        // an IMEI is asked for as a number and told as a text, which has the zeros that it begins with
        String text = name.equals("imei") ? String.format(Locale.ROOT, "%015d", value.asLong()) : value.asText();
        return document -> document.path(name).asText().equals(text);
    }

    private static void requireAccount(JsonNode account) {
        if (!account.isTextual() || account.asText().isEmpty()) {
            throw new Refusal(PlatformErrors.noAccount());
        }
        if (!account.asText().equals(Credentials.ACCOUNT)) {
            throw new Refusal(PlatformErrors.notFound("Account"));
        }
    }
}

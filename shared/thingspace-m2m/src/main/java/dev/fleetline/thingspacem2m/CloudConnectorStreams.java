package dev.fleetline.thingspacem2m;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.Unclear;
import dev.fleetline.carrier.CarrierStreams;
import dev.fleetline.carrier.CarrierStreams.StreamTarget;
import dev.fleetline.device.DeviceId;
import dev.fleetline.thingspacecore.StreamDocuments;
import dev.fleetline.tokens.TokenSource;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Targets, subscriptions and history of Cloud Connector ({@code /api/cc/v1}). Queries are POSTs, and every body says whose
 * account it is about. Devices are named by their id alone: an IMEI would have to be a number here and a text there.
 */
public final class CloudConnectorStreams implements CarrierStreams {

    private static final Set<String> THERE_IS_ONE = Set.of("already_exists", "HTTP_409");
    private static final Set<String> THERE_IS_NONE = Set.of("not_found", "HTTP_404");

    private final String api;
    private final String account;
    private final M2mCalls calls;

    /**
     * Speaks to the host at {@code baseUrl} ({@code https://thingspace.verizon.com}) and waits for each answer, to the
     * end of its body, at most {@code timeout}.
     *
     * @param account the billing account, {@code 0999000001-00001}
     */
    public CloudConnectorStreams(URI baseUrl, String account, TokenSource tokens, Duration timeout) {
        this.api = M2mCalls.base(baseUrl) + "/api/cc/v1";
        this.account = account;
        this.calls = new M2mCalls(tokens, timeout);
    }

    @Override
    public CarrierReply<List<Target>> targets() {
        return read("/targets/actions/query", body(), StreamDocuments::targets);
    }

    @Override
    public CarrierReply<String> createTarget(StreamTarget target) {
        return write(
                "POST",
                "/targets",
                owned().put("kind", "ts.target")
                        .put("name", target.name())
                        .put("addressscheme", "streamrest")
                        .put("address", target.address())
                        .put("key1", target.key()),
                CloudConnectorStreams::id);
    }

    @Override
    public CarrierReply<String> deleteTarget(String targetId) {
        return doneIf(
                THERE_IS_NONE, write("POST", "/targets/actions/delete", about(targetId), _ -> Optional.of(targetId)));
    }

    @Override
    public CarrierReply<List<Subscription>> subscriptions() {
        return read("/subscriptions/actions/query", body(), StreamDocuments::subscriptions);
    }

    /** One event in a message: that is easier to take apart, and is stored and answered by itself. */
    @Override
    public CarrierReply<String> createSubscription(String targetId, String streamKind, String name) {
        return doneIf(
                THERE_IS_ONE,
                write(
                        "POST",
                        "/subscriptions",
                        owned().put("streamkind", streamKind)
                                .put("targetid", targetId)
                                .put("name", name)
                                .put("allowaggregation", false),
                        CloudConnectorStreams::id));
    }

    /** Documented in words alone, so a platform may refuse it. */
    @Override
    public CarrierReply<String> moveSubscription(String subscriptionId, String targetId) {
        return write(
                "PATCH",
                "/subscriptions",
                about(subscriptionId).put("targetid", targetId),
                _ -> Optional.of(subscriptionId));
    }

    @Override
    public CarrierReply<String> deleteSubscription(String subscriptionId) {
        return doneIf(
                THERE_IS_NONE,
                write(
                        "POST",
                        "/subscriptions/actions/delete",
                        about(subscriptionId),
                        _ -> Optional.of(subscriptionId)));
    }

    @Override
    public CarrierReply<List<PastReport>> history(DeviceId uid, int limit) {
        return read(
                "/devices/fields/actions/history/search",
                about(uid.value()).put("$limitnumber", limit),
                StreamDocuments::history);
    }

    private static CarrierReply<String> doneIf(Set<String> codes, CarrierReply<String> reply) {
        return reply instanceof Refused<String>(var code, var _, var _) && codes.contains(code)
                ? new AlreadyDone<>()
                : reply;
    }

    private <T> CarrierReply<T> read(String path, ObjectNode body, Function<JsonNode, Optional<T>> read) {
        return calls.call(request("POST", path, body), read, M2mCalls::later);
    }

    private CarrierReply<String> write(
            String method, String path, ObjectNode body, Function<JsonNode, Optional<String>> read) {
        return calls.call(request(method, path, body), read, Unclear::new);
    }

    private HttpRequest.Builder request(String method, String path, ObjectNode body) {
        return HttpRequest.newBuilder(URI.create(api + path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body.toString()));
    }

    private ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("accountidentifier").put("billingaccountid", account);
        return body;
    }

    /** A body that makes something, which says twice whose it is. */
    private ObjectNode owned() {
        return body().put("billingaccountid", account);
    }

    private ObjectNode about(String id) {
        ObjectNode body = body();
        body.putObject("resourceidentifier").put("id", id);
        return body;
    }

    private static Optional<String> id(JsonNode json) {
        return Optional.of(json.path("id").asText("")).filter(id -> !id.isBlank());
    }
}

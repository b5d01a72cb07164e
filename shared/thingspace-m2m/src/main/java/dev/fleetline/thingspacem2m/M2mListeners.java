package dev.fleetline.thingspacem2m;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fleetline.carrier.CallbackListeners;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.Unclear;
import dev.fleetline.tokens.TokenSource;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The callback listeners of one billing account ({@code /api/m2m/v1/callbacks}). Sends each call once and never again by
 * itself. The list holds the passwords in the clear: no text of an answer leaves this class but its codes.
 */
public final class M2mListeners implements CallbackListeners {

    private final String callbacks;
    private final M2mCalls calls;

    /**
     * Speaks to the host at {@code baseUrl} ({@code https://thingspace.verizon.com}) and waits for each answer, to the
     * end of its body, at most {@code timeout}.
     *
     * @param account the billing account, {@code 0999000001-00001}
     */
    public M2mListeners(URI baseUrl, String account, TokenSource tokens, Duration timeout) {
        this.callbacks = M2mCalls.base(baseUrl) + "/api/m2m/v1/callbacks/" + M2mCalls.segment(account);
        this.calls = new M2mCalls(tokens, timeout);
    }

    @Override
    public CarrierReply<List<Listener>> listeners() {
        return calls.call(HttpRequest.newBuilder(URI.create(callbacks)).GET(), M2mListeners::list, M2mCalls::later);
    }

    @Override
    public CarrierReply<String> register(Listener listener) {
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("name", listener.service())
                .put("url", listener.url())
                .put("username", listener.username())
                .put("password", listener.password())
                .toString();
        return calls.call(
                HttpRequest.newBuilder(URI.create(callbacks))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)),
                json -> said(json, listener.service()),
                Unclear::new);
    }

    /** A refusal may only mean that nobody was called, for which no code was ever recorded: so the list decides. */
    @Override
    public CarrierReply<String> deregister(String service) {
        CarrierReply<String> reply = calls.call(
                HttpRequest.newBuilder(URI.create(callbacks + "/name/" + M2mCalls.segment(service)))
                        .DELETE(),
                json -> said(json, service),
                Unclear::new);
        return reply instanceof Refused<String>
                        && listeners() instanceof Ok<List<Listener>>(var listed)
                        && listed.stream()
                                .noneMatch(listener -> listener.service().equals(service))
                ? new AlreadyDone<>()
                : reply;
    }

    /** An answer without a body says nothing here. */
    private static Optional<String> said(JsonNode json, String service) {
        return Optional.of(service).filter(_ -> json.isContainerNode());
    }

    private static Optional<List<Listener>> list(JsonNode json) {
        return json.isArray()
                ? Optional.of(json.valueStream()
                        .filter(one -> !one.path("serviceName").asText("").isBlank())
                        .map(one -> new Listener(
                                one.path("serviceName").asText(),
                                one.path("url").asText(""),
                                one.path("username").asText(""),
                                one.path("password").asText("")))
                        .toList())
                : Optional.empty();
    }
}

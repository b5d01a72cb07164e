package dev.fleetline.thingspacem2m;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fleetline.carrier.CallbackListeners;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.carrier.CarrierReply.Unclear;
import dev.fleetline.thingspacem2m.M2mAnswers.Meaning;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenSource;
import dev.fleetline.tokens.TokenSource.Usable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The callback listeners of one billing account ({@code /api/m2m/v1/callbacks}). Sends each call once and never again by
 * itself. The list holds the passwords in the clear: no text of an answer leaves this class but its codes.
 */
public final class M2mListeners implements CallbackListeners {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final long LARGEST_BODY = 1024L * 1024;

    private final String callbacks;
    private final TokenSource tokens;
    private final Duration timeout;
    private final HttpClient http;

    /**
     * Speaks to the host at {@code baseUrl} ({@code https://thingspace.verizon.com}) and waits for each answer, to the
     * end of its body, at most {@code timeout}.
     *
     * @param account the billing account, {@code 0999000001-00001}
     */
    public M2mListeners(URI baseUrl, String account, TokenSource tokens, Duration timeout) {
        String base = baseUrl.toString();
        this.callbacks = (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/api/m2m/v1/callbacks/"
                + segment(account);
        this.tokens = tokens;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
    }

    @Override
    public CarrierReply<List<Listener>> listeners() {
        return call(
                HttpRequest.newBuilder(URI.create(callbacks)).GET(),
                M2mListeners::list,
                reason -> new TryLater<>(SOON, reason));
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
        return call(
                HttpRequest.newBuilder(URI.create(callbacks))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)),
                _ -> Optional.of(listener.service()),
                Unclear::new);
    }

    /** A refusal may only mean that nobody was called, for which no code was ever recorded: so the list decides. */
    @Override
    public CarrierReply<String> deregister(String service) {
        CarrierReply<String> reply = call(
                HttpRequest.newBuilder(URI.create(callbacks + "/name/" + segment(service)))
                        .DELETE(),
                _ -> Optional.of(service),
                Unclear::new);
        return reply instanceof Refused<String>
                        && listeners() instanceof Ok<List<Listener>>(var listed)
                        && listed.stream()
                                .noneMatch(listener -> listener.service().equals(service))
                ? new AlreadyDone<>()
                : reply;
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

    private <T> CarrierReply<T> call(
            HttpRequest.Builder request,
            Function<JsonNode, Optional<T>> read,
            Function<String, CarrierReply<T>> nothingSaid) {
        return switch (tokens.token(TokenRealm.M2M)) {
            case Usable.None(var secret, var versionId, var _) -> new TokenRefused<>(secret, versionId);
            case Usable.Token shown
            when shown.session().isEmpty() -> new TokenRefused<>(shown.secret(), shown.versionId());
            case Usable.Token shown -> {
                HttpRequest signed = request.timeout(timeout)
                        .header("Accept", "application/json")
                        .header("Authorization", "Bearer " + shown.value())
                        .header("VZ-M2M-Token", shown.session().orElseThrow())
                        .build();
                CompletableFuture<HttpResponse<String>> answer =
                        http.sendAsync(signed, BodyHandlers.limiting(BodyHandlers.ofString(UTF_8), LARGEST_BODY));
                try {
                    yield reply(answer.get(timeout.toMillis(), MILLISECONDS), shown, read, nothingSaid);
                } catch (ExecutionException e) {
                    yield unanswered(e, nothingSaid);
                } catch (TimeoutException e) {
                    answer.cancel(true);
                    yield nothingSaid.apply("no answer within " + timeout);
                } catch (InterruptedException e) {
                    answer.cancel(true);
                    Thread.currentThread().interrupt();
                    yield nothingSaid.apply("interrupted while waiting for the answer");
                }
            }
        };
    }

    private <T> CarrierReply<T> reply(
            HttpResponse<String> answer,
            Usable.Token shown,
            Function<JsonNode, Optional<T>> read,
            Function<String, CarrierReply<T>> nothingSaid) {
        return switch (M2mAnswers.of(answer.statusCode(), answer.body())) {
            case Meaning.Yes(var body) ->
                read.apply(body)
                        .<CarrierReply<T>>map(Ok::new)
                        .orElseGet(() -> nothingSaid.apply("an answer of another shape"));
            case Meaning.TokenRefused() -> {
                tokens.refused(TokenRealm.M2M, shown.versionId());
                yield new TokenRefused<>(shown.secret(), shown.versionId());
            }
            case Meaning.Refused(var code) -> new Refused<>(code, "");
            case Meaning.NotNow(var reason) -> new TryLater<>(SOON, reason);
            case Meaning.NothingSaid(var reason) -> nothingSaid.apply(reason);
        };
    }

    private static <T> CarrierReply<T> unanswered(
            ExecutionException failure, Function<String, CarrierReply<T>> nothingSaid) {
        return switch (failure.getCause()) {
            case ConnectException e -> unreachable(e);
            case HttpConnectTimeoutException e -> unreachable(e);
            case IOException e -> nothingSaid.apply("no answer: " + e.getClass().getSimpleName());
            case null, default -> throw new IllegalStateException("asking the platform failed", failure);
        };
    }

    private static <T> CarrierReply<T> unreachable(IOException e) {
        return new TryLater<>(
                SOON, "the platform cannot be reached: " + e.getClass().getSimpleName());
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}

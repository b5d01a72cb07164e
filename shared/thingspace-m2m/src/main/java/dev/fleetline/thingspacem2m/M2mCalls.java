package dev.fleetline.thingspacem2m;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.TryLater;
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
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Calls of thingspace.verizon.com, each sent once, with the bearer and the session that they want, and what comes of
 * each. No text of an answer leaves here but its codes.
 */
final class M2mCalls {

    static final Duration SOON = Duration.ofMinutes(1);

    /** A page of 2,000 devices with all that is told of them is far below. */
    private static final long LARGEST_BODY = 16L * 1024 * 1024;

    private final TokenSource tokens;
    private final Duration timeout;
    private final HttpClient http;

    /** A yes; its body is a missing node where it has none. */
    record Yes(int status, HttpHeaders headers, JsonNode body) {}

    /** Waits for each answer, to the end of its body, at most {@code timeout}. */
    M2mCalls(TokenSource tokens, Duration timeout) {
        this.tokens = tokens;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
    }

    /** The host's address without a slash at its end. */
    static String base(URI baseUrl) {
        String base = baseUrl.toString();
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    /** A call that sends such a body. */
    static HttpRequest.Builder posting(URI uri, JsonNode body) {
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()));
    }

    /** What no answer means for a read: it may be asked again. */
    static <T> CarrierReply<T> later(String reason) {
        return new TryLater<>(SOON, reason);
    }

    /**
     * Sends one call.
     *
     * @param read the value of a yes; empty when the answer has another shape
     * @param nothingSaid what it means when there is no answer, or one that does not say
     */
    <T> CarrierReply<T> call(
            HttpRequest.Builder request,
            Function<JsonNode, Optional<T>> read,
            Function<String, CarrierReply<T>> nothingSaid) {
        return callWithAll(request, answer -> read.apply(answer.body()), nothingSaid);
    }

    /**
     * The same for what somebody may have to approve.
     *
     * @param onHold what it means when it was taken and is not approved yet
     */
    <T> CarrierReply<T> call(
            HttpRequest.Builder request,
            Function<JsonNode, Optional<T>> read,
            Function<String, CarrierReply<T>> nothingSaid,
            CarrierReply<T> onHold) {
        return send(request, answer -> read.apply(answer.body()), nothingSaid, onHold);
    }

    /** The same where more of the answer than its body says something. */
    <T> CarrierReply<T> callWithAll(
            HttpRequest.Builder request,
            Function<Yes, Optional<T>> read,
            Function<String, CarrierReply<T>> nothingSaid) {
        return send(request, read, nothingSaid, nothingSaid.apply("somebody has yet to approve it"));
    }

    private <T> CarrierReply<T> send(
            HttpRequest.Builder request,
            Function<Yes, Optional<T>> read,
            Function<String, CarrierReply<T>> nothingSaid,
            CarrierReply<T> onHold) {
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
                    yield reply(answer.get(timeout.toMillis(), MILLISECONDS), shown, read, nothingSaid, onHold);
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
            Function<Yes, Optional<T>> read,
            Function<String, CarrierReply<T>> nothingSaid,
            CarrierReply<T> onHold) {
        return switch (M2mAnswers.of(answer.statusCode(), answer.body())) {
            case Meaning.Yes(var body) ->
                read.apply(new Yes(answer.statusCode(), answer.headers(), body))
                        .<CarrierReply<T>>map(Ok::new)
                        .orElseGet(() -> nothingSaid.apply("an answer of another shape"));
            case Meaning.TokenRefused() -> {
                tokens.refused(TokenRealm.M2M, shown.versionId());
                yield new TokenRefused<>(shown.secret(), shown.versionId());
            }
            case Meaning.AlreadyDone() -> new AlreadyDone<>();
            case Meaning.Refused(var code, var mender) -> new Refused<>(code, "the platform refused it", mender);
            case Meaning.NotNow(var reason) -> new TryLater<>(SOON, reason);
            case Meaning.OnHold() -> onHold;
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

    /** As one segment of a path. */
    static String segment(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}

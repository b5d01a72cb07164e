package dev.fleetline.thingspaceoauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One question over HTTP and its answer, as text. The time-out covers the whole answer: the client's own ends with the
 * headers, and a body that stops half-way would hold the function until Lambda kills it.
 */
final class Exchange {

    /** Far above any answer of this service. */
    private static final long LARGEST_BODY = 64L * 1024;

    /** What came back. */
    sealed interface Result {}

    record Answer(int status, String body) implements Result {}

    /** The reason says what kind of failure it was and no more: an exception's message may hold the address. */
    record NoAnswer(String reason) implements Result {}

    private final HttpClient http;
    private final Duration timeout;

    Exchange(Duration timeout) {
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    Result get(URI uri) {
        return send(HttpRequest.newBuilder(uri).GET());
    }

    Result post(URI uri, String authorization, String form) {
        return send(HttpRequest.newBuilder(uri)
                .header("Authorization", authorization)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form, UTF_8)));
    }

    private Result send(HttpRequest.Builder request) {
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(
                request.header("Accept", "application/json").timeout(timeout).build(),
                BodyHandlers.limiting(BodyHandlers.ofString(UTF_8), LARGEST_BODY));
        try {
            HttpResponse<String> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), response.body());
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new NoAnswer("no answer within " + timeout);
        } catch (ExecutionException e) {
            return failed(e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new NoAnswer("interrupted");
        }
    }

    private NoAnswer failed(ExecutionException e) {
        return switch (e.getCause()) {
            case HttpConnectTimeoutException _ -> new NoAnswer("no connection within " + timeout);
            case HttpTimeoutException _ -> new NoAnswer("no answer within " + timeout);
            case IOException lost ->
                new NoAnswer("connection failed: " + lost.getClass().getSimpleName());
            case null, default -> throw new IllegalStateException("asking the OAuth service failed", e);
        };
    }
}

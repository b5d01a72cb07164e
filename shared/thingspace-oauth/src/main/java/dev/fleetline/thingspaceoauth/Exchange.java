package dev.fleetline.thingspaceoauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetline.tokens.ClientCredentials;
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
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLHandshakeException;

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

    /**
     * The reason says what kind of failure it was and no more: an exception's message may hold the address.
     *
     * @param mayHaveArrived whether the platform may have got the question, and acted on it
     */
    record NoAnswer(String reason, boolean mayHaveArrived) implements Result {}

    private final HttpClient http;
    private final Duration timeout;

    Exchange(Duration timeout) {
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                // shorter than the whole, or nobody would know which of the two was over first
                .connectTimeout(timeout.dividedBy(2))
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    Result get(URI uri) {
        return get(uri, Map.of());
    }

    Result get(URI uri, Map<String, String> headers) {
        return send(with(headers, HttpRequest.newBuilder(uri).GET()));
    }

    /** Posts a form as the application. */
    Result post(URI uri, ClientCredentials client, Map<String, String> form) {
        String basic =
                Base64.getEncoder().encodeToString((client.clientId() + ":" + client.clientSecret()).getBytes(UTF_8));
        return send(HttpRequest.newBuilder(uri)
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(form), UTF_8)));
    }

    Result postJson(URI uri, Map<String, String> headers, String json) {
        return send(with(
                headers,
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json, UTF_8))));
    }

    /** A path below a base address, whether that ends in a slash or not. */
    static URI at(URI base, String pathAndQuery) {
        String start = base.toString();
        return URI.create((start.endsWith("/") ? start.substring(0, start.length() - 1) : start) + pathAndQuery);
    }

    /** Fields as a form or a query has them; a space is {@code %20}. */
    static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    private static HttpRequest.Builder with(Map<String, String> headers, HttpRequest.Builder request) {
        headers.forEach(request::header);
        return request;
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
            return new NoAnswer("no answer within " + timeout, true);
        } catch (ExecutionException e) {
            return failed(e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new NoAnswer("interrupted", true);
        }
    }

    private NoAnswer failed(ExecutionException e) {
        return switch (e.getCause()) {
            case HttpConnectTimeoutException none -> notConnected(none);
            case ConnectException none -> notConnected(none);
            case SSLHandshakeException none -> notConnected(none);
            case HttpTimeoutException _ -> new NoAnswer("no answer within " + timeout, true);
            case IOException lost ->
                new NoAnswer("connection failed: " + lost.getClass().getSimpleName(), true);
            case null, default -> throw new IllegalStateException("asking the platform failed", e);
        };
    }

    private static NoAnswer notConnected(IOException none) {
        return new NoAnswer("no connection: " + none.getClass().getSimpleName(), false);
    }
}

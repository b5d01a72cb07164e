package dev.fleetline.thingspacesimulator.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Takes messages of the platform to whoever is to receive them, over HTTP/1.1 as the platform does. */
public final class Courier implements AutoCloseable {

    private final Duration patience;
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;

    /**
     * Starts no thread until there is something to send.
     *
     * @param patience how long a receiver may take for its answer, in real time
     */
    public Courier(Duration patience) {
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .executor(background)
                .build();
    }

    /** What the courier comes back with. */
    public sealed interface Receipt {
        /** The receiver said something. */
        record Answered(int status) implements Receipt {
            /** Whether it has the message. */
            public boolean accepted() {
                return status / 100 == 2;
            }
        }

        /** Nobody answered, or not in time. */
        record NoAnswer(String reason) implements Receipt {}
    }

    /** Whether a message to that address can carry those headers. */
    public static boolean canCarry(URI to, Map<String, String> headers) {
        try {
            headers.forEach(HttpRequest.newBuilder(to)::header);
            return headers.values().stream().allMatch(value -> value.matches("[\\x20-\\x7e]+"));
        } catch (IllegalArgumentException e) {
            // a name that is none, or one that only the sender may set
            return false;
        }
    }

    /** Posts a JSON message and waits for what comes of it. */
    public Receipt post(URI to, Map<String, String> headers, String body) {
        return post(to, headers, body, patience);
    }

    /** Likewise, for a receiver that may take {@code longest} for its answer, if that is shorter than others may. */
    public Receipt post(URI to, Map<String, String> headers, String body, Duration longest) {
        Duration limit = longest.compareTo(patience) < 0 ? longest : patience;
        HttpRequest.Builder request = HttpRequest.newBuilder(to)
                .timeout(limit)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            return new Receipt.Answered(http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode());
        } catch (HttpTimeoutException e) {
            return new Receipt.NoAnswer("no answer within " + limit);
        } catch (IOException e) {
            return new Receipt.NoAnswer("no connection: " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Receipt.NoAnswer("the simulator was stopped");
        }
    }

    /** Runs an errand without its sender waiting. */
    public <T> CompletableFuture<T> inBackground(Supplier<T> errand) {
        return CompletableFuture.supplyAsync(errand, background);
    }

    @Override
    public void close() {
        background.shutdownNow();
        http.shutdownNow();
    }
}

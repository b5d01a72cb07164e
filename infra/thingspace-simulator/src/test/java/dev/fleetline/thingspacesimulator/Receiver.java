package dev.fleetline.thingspacesimulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A receiver of streams and callbacks that keeps what it gets and answers as it is told. */
final class Receiver implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private volatile boolean silent;
    private volatile int usualAnswer = 204;

    record Delivery(Headers headers, String body) {

        Optional<String> authorization() {
            return header("authorization");
        }

        Optional<String> userAgent() {
            return header("user-agent");
        }

        Optional<String> header(String name) {
            return Optional.ofNullable(headers.getFirst(name));
        }

        JsonNode json() {
            return Platform.read(body);
        }

        String eventId() {
            return json().path("data").path("id").asText();
        }
    }

    Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::receive);
        server.setExecutor(threads);
        server.start();
    }

    /** The next answers; 204 after them. */
    Receiver answering(Integer... statuses) {
        answers.addAll(List.of(statuses));
        return this;
    }

    /** Answers this from now on. */
    Receiver always(int status) {
        usualAnswer = status;
        return this;
    }

    /** Takes deliveries and never answers. */
    Receiver silent() {
        silent = true;
        return this;
    }

    List<Delivery> deliveries() {
        return deliveries;
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/stream";
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        deliveries.add(new Delivery(exchange.getRequestHeaders(), body));
        if (silent) {
            awaitRelease();
        }
        exchange.sendResponseHeaders(Optional.ofNullable(answers.poll()).orElse(usualAnswer), -1);
        exchange.close();
    }

    private void awaitRelease() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        release.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}

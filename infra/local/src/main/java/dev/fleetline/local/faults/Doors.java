package dev.fleetline.local.faults;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.testing.aws.StoreGate;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets every call of a function through to the service of AWS that it is for, each instance's by a door of its own, and notes
 * what the tables' answers say that it cost. The store can be made to fail for all of them.
 *
 * <p>The doors to the store are in the store itself, as its gate; those to the other services are an HTTP server that passes
 * the calls on.
 */
final class Doors implements StoreGate, AutoCloseable {

    private static final String ENDPOINT = "AWS_ENDPOINT_URL_";
    /** The SDK's client of SNS leaves out the path of its endpoint, and with it the number of the door. */
    private static final String WITHOUT_A_DOOR = ENDPOINT + "SNS";

    private static final String STORE_ENDPOINT = ENDPOINT + "DYNAMODB";
    private static final HeaderName TARGET = HeaderNames.create("X-Amz-Target");
    private static final String ACCEPT_ENCODING = "accept-encoding";

    /** Said by whoever sends; the client that passes a call on says them itself. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("host", "connection", "content-length", "expect", "upgrade", "transfer-encoding", ACCEPT_ENCODING);

    private static final Answer UNKNOWN = answer(404, "{}");
    private static final Answer FAILS = answer(
            500,
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#InternalServerError\","
                    + "\"message\":\"the store fails (played)\"}");
    /** Not worth a retry to any client: the dead do not wait. */
    private static final Answer DEAD = answer(
            400,
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#AccessDeniedException\","
                    + "\"message\":\"this instance is dead (played)\"}");

    private final Map<String, Door> doors = new ConcurrentHashMap<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicLong failsUntilNanos = new AtomicLong(System.nanoTime());
    private final Units units = new Units();
    private final WebServer server = WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .shutdownHook(false)
            .shutdownGracePeriod(Duration.ofMillis(200))
            .routing(routing -> routing.any(this::passOn))
            .build()
            .start();

    /** Opens a door; the variables of {@code environment}, with those changed that say where services are. */
    Opened open(String module, Map<String, String> environment) {
        String number = Integer.toString(opened.incrementAndGet());
        var services = new LinkedHashMap<String, URI>();
        var changed = new LinkedHashMap<>(environment);
        environment.forEach((name, value) -> {
            if (name.equals(STORE_ENDPOINT)) {
                changed.put(name, URI.create(value).resolve("/" + number).toString());
            } else if (name.startsWith(ENDPOINT) && !name.equals(WITHOUT_A_DOOR)) {
                String service = name.substring(ENDPOINT.length());
                services.put(service, URI.create(value));
                changed.put(name, "http://127.0.0.1:" + server.port() + "/" + number + "/" + service);
            }
        });
        var door = new Door(module, services);
        doors.put(number, door);
        return new Opened(door, changed);
    }

    record Opened(Door door, Map<String, String> environment) {}

    /** From now on, for so long, the store answers 500 to every function and does nothing. */
    void failStore(Duration length) {
        failsUntilNanos.set(System.nanoTime() + length.toNanos());
    }

    boolean isStoreFailing() {
        return System.nanoTime() - failsUntilNanos.get() < 0;
    }

    /** How many calls the failing store has refused. */
    int refused() {
        return refused.get();
    }

    ArrayNode unitsToJson() {
        return units.toJson();
    }

    @Override
    public void close() {
        server.stop();
    }

    @Override
    public Answer pass(Call call, Store store) {
        String number = call.path().replace("/", "");
        if (number.isEmpty()) {
            // no function's: whoever reads the tables' streams, or counts what is stored
            return store.carryOut(call.parameters());
        }
        return Optional.ofNullable(doors.get(number))
                .map(door -> pass(door, call, store))
                .orElse(UNKNOWN);
    }

    private Answer pass(Door door, Call call, Store store) {
        Optional<ObjectNode> read = Units.read(call.parameters());
        String what = call.operation()
                + read.map(Units::tables).map(tables -> " " + tables).orElse("");
        if (isStoreFailing()) {
            refused.incrementAndGet();
            return FAILS;
        }
        Door.Admission admission = door.admit(what);
        if (admission == Door.Admission.NOTHING) {
            return DEAD;
        }
        Answer answer = store.carryOut(read.map(Units::asking).orElse(call.parameters()));
        if (answer.status() == 200) {
            units.add(door.module() + " " + what, answer.body());
        }
        return admission == Door.Admission.LAST ? DEAD : answer;
    }

    private void passOn(ServerRequest request, ServerResponse response) {
        String[] path = request.path().rawPath().split("/", 4);
        Optional<Door> door = Optional.ofNullable(doors.get(path[1]));
        String service = path.length > 2 ? path[2] : "";
        Optional<URI> target = door.flatMap(one -> one.service(service));
        if (door.isEmpty() || target.isEmpty()) {
            send(UNKNOWN, response);
            return;
        }
        byte[] body = request.content().hasEntity() ? request.content().as(byte[].class) : new byte[0];
        String operation = request.headers()
                .first(TARGET)
                .map(full -> full.substring(full.indexOf('.') + 1))
                .orElse(service);
        Door.Admission admission = door.get().admit(operation);
        if (admission == Door.Admission.NOTHING) {
            send(DEAD, response);
            return;
        }
        try {
            Passed passed = forward(request, target.get().resolve("/" + (path.length > 3 ? path[3] : "")), body);
            if (admission == Door.Admission.LAST) {
                send(DEAD, response);
            } else {
                passBack(passed, response);
            }
        } catch (IOException e) {
            String said = EdgeJson.JSON
                    .createObjectNode()
                    .put("message", String.valueOf(e))
                    .toString();
            send(answer(502, said), response);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Passed(int status, Map<String, List<String>> headers, byte[] body) {}

    /** On a blocking connection, as the SDK's own client has it: each hop between threads would be in every figure. */
    private static Passed forward(ServerRequest request, URI uri, byte[] body) throws IOException {
        var connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestMethod(request.prologue().method().text());
        request.headers().forEach(header -> {
            if (!OF_THE_CONNECTION.contains(header.headerName().lowerCase())) {
                connection.setRequestProperty(header.name(), String.join(",", header.allValues()));
            }
        });
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        int status = connection.getResponseCode();
        try (InputStream in = Optional.ofNullable(connection.getErrorStream()).orElseGet(InputStream::nullInputStream);
                InputStream good = status < 400 ? connection.getInputStream() : in) {
            return new Passed(status, connection.getHeaderFields(), good.readAllBytes());
        }
    }

    private static void passBack(Passed passed, ServerResponse response) {
        response.status(Status.create(passed.status()));
        passed.headers().forEach((name, values) -> {
            // the status line has no name
            if (name != null && !OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                response.headers().set(HeaderNames.create(name), values);
            }
        });
        response.send(passed.body());
    }

    private static void send(Answer answer, ServerResponse response) {
        response.status(Status.create(answer.status()));
        response.headers().set(HeaderNames.CONTENT_TYPE, "application/x-amz-json-1.0");
        response.send(answer.body());
    }

    private static Answer answer(int status, String json) {
        return new Answer(status, json.getBytes(StandardCharsets.UTF_8));
    }
}

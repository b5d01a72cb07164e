package dev.fleetline.local.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.callback.DeviceName;
import dev.fleetline.device.Imei;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.functions.HostedFunction;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/** Listens on the loopback address from the start, and answers for the fleet as soon as there is one. */
public final class LocalServer implements AutoCloseable {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(LocalServer.class);
    // held here, because java.util.logging forgets the level of a logger that nobody holds
    private static final Logger SERVER_LOG = Logger.getLogger("io.helidon");
    private static final Logger SERVER_START_LOG = Logger.getLogger("io.helidon.webserver.LoomServer");

    /** API Gateway's own limit; ours is the receiver's affair. */
    private static final long LARGEST_BODY = 10L * 1024 * 1024;

    private static final String PATHS =
            "GET health, devices, devices/{imei}, alerts, token, files, callbacks, callbacks/{deliveryId}, events, messages, "
                    + "metrics; POST events, schedule/{function}, clock";

    private record Ready(Fleet fleet, CallbackRoutes routes) {}

    private record Answer(int status, JsonNode body) {}

    /** The caller asked for something that makes no sense. */
    private static final class BadRequest extends RuntimeException {
        BadRequest(String message) {
            super(message);
        }
    }

    private volatile Optional<Ready> ready = Optional.empty();
    private final WebServer server;

    private LocalServer(int port) {
        this.server = WebServer.builder()
                .host("127.0.0.1")
                .port(port)
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofMillis(200))
                .maxPayloadSize(LARGEST_BODY)
                .routing(routing -> routing.any("/local/*", this::local).any(this::callback))
                .build();
    }

    /**
     * Listens, and says that it is starting.
     *
     * @throws IllegalStateException when the port cannot be had
     */
    public static LocalServer start(int port) {
        SERVER_LOG.setLevel(Level.WARNING);
        // a port in use is said in one line of ours, not in forty of the server's
        SERVER_START_LOG.setLevel(Level.OFF);
        var local = new LocalServer(port);
        if (!local.server.start().isRunning()) {
            throw new IllegalStateException(
                    "cannot listen on 127.0.0.1:" + port + "; is the port in use? Choose another, or 0 for any");
        }
        return local;
    }

    /** From now on answers for this fleet. */
    public void serve(Fleet fleet, CallbackRoutes routes) {
        ready = Optional.of(new Ready(fleet, routes));
    }

    /** Where it listens. */
    public URI baseUri() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    @Override
    public void close() {
        server.stop();
    }

    private void callback(ServerRequest request, ServerResponse response) {
        Optional<Ready> now = ready;
        String path = request.path().rawPath();
        Optional<CallbackRoutes.Match> match =
                now.flatMap(r -> r.routes().match(request.prologue().method().text(), path));
        if (now.isEmpty()) {
            send(response, new Answer(503, message("Service Unavailable")));
        } else if (match.isEmpty()) {
            // as API Gateway answers
            send(response, new Answer(404, message("Not Found")));
        } else {
            pass(match.get(), now.get().fleet(), request, response);
        }
    }

    private static void pass(CallbackRoutes.Match match, Fleet fleet, ServerRequest request, ServerResponse response) {
        try {
            JsonNode event = HttpApiEvent.of(match, request, body(request), fleet.now());
            fleet.called(event);
            JsonNode reply = match.function().invoke(event);
            response.status(Status.create(reply.path("statusCode").asInt(200)));
            reply.path("headers")
                    .properties()
                    .forEach(header -> response.header(
                            HeaderNames.create(header.getKey()),
                            header.getValue().asText()));
            String text = reply.path("body").asText();
            byte[] bytes = reply.path("isBase64Encoded").asBoolean()
                    ? Base64.getDecoder().decode(text)
                    : text.getBytes(StandardCharsets.UTF_8);
            if (bytes.length == 0) {
                response.send();
            } else {
                response.send(bytes);
            }
        } catch (HostedFunction.Failed e) {
            LOG.error("{}", e.getMessage(), e);
            send(response, new Answer(500, message("Internal Server Error")));
        }
    }

    private void local(ServerRequest request, ServerResponse response) {
        Answer answer;
        try {
            String path = request.path().rawPath().replaceFirst("^/local/", "");
            answer = ready.map(r -> local(request, path, r.fleet()))
                    .orElseGet(() -> new Answer(503, status("starting")));
        } catch (BadRequest e) {
            answer = new Answer(400, message(String.valueOf(e.getMessage())));
        } catch (HostedFunction.Failed e) {
            LOG.error("{}", e.getMessage(), e);
            answer = new Answer(502, message(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            LOG.error("the local runner itself failed", e);
            answer = new Answer(500, message("the local runner itself failed: " + e));
        }
        send(response, answer);
    }

    private static Answer local(ServerRequest request, String path, Fleet fleet) {
        List<String> parts = List.of(path.split("/", -1));
        String asked = request.prologue().method().text() + " " + parts.getFirst();
        if (parts.size() == 1) {
            return switch (asked) {
                case "GET health" -> new Answer(200, status("ready"));
                case "GET devices" -> new Answer(200, fleet.devices());
                case "GET alerts" -> new Answer(200, fleet.alerts());
                case "GET token" -> new Answer(200, fleet.token());
                case "GET files" -> new Answer(200, fleet.files());
                case "GET callbacks" -> new Answer(200, callbacks(request, fleet));
                case "GET events" -> new Answer(200, fleet.events());
                case "GET messages" -> new Answer(200, fleet.messages());
                case "GET metrics" -> new Answer(200, fleet.metrics());
                case "POST events" -> putEvents(json(request), fleet);
                case "POST clock" -> forward(json(request), fleet);
                case "GET faults", "POST faults", "GET tally" ->
                    fleet.faults().map(desk -> faults(asked, request, desk)).orElseGet(() -> notFound(path));
                default -> notFound(path);
            };
        }
        if (parts.size() == 2) {
            return switch (asked) {
                case "GET devices" ->
                    imei(parts.getLast())
                            .flatMap(fleet::device)
                            .map(device -> new Answer(200, device))
                            .orElseGet(() -> new Answer(404, message("no device with this IMEI")));
                case "GET callbacks" ->
                    fleet.callback(parts.getLast())
                            .map(one -> new Answer(200, one))
                            .orElseGet(() -> new Answer(404, message("no delivery with this id")));
                case "POST schedule" -> schedule(parts.getLast(), request, fleet);
                default -> notFound(path);
            };
        }
        return notFound(path);
    }

    private static Answer faults(String asked, ServerRequest request, FaultDesk desk) {
        try {
            return switch (asked) {
                case "GET tally" -> new Answer(200, desk.tally());
                case "GET faults" -> new Answer(200, desk.noted());
                default -> {
                    desk.play(json(request));
                    yield new Answer(202, message("so be it"));
                }
            };
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new BadRequest(String.valueOf(e.getMessage()));
        }
    }

    private static ArrayNode callbacks(ServerRequest request, Fleet fleet) {
        Optional<String> device = request.query().first("device").asOptional();
        try {
            return device.map(DeviceName::of).map(fleet::callbacks).orElseGet(fleet::callbacks);
        } catch (IllegalArgumentException e) {
            throw new BadRequest("\"device\" names no device: " + e.getMessage());
        }
    }

    private static Answer putEvents(JsonNode body, Fleet fleet) {
        List<JsonNode> events = body.isArray() ? body.valueStream().toList() : List.of(body);
        for (JsonNode event : events) {
            if (!(event.path("detail") instanceof ObjectNode)
                    || event.path("source").asText().isEmpty()
                    || event.path("detail-type").asText().isEmpty()) {
                throw new BadRequest("each event needs \"source\", \"detail-type\" and \"detail\", an object");
            }
        }
        for (JsonNode event : events) {
            Optional<String> refused = fleet.put(
                    event.path("source").asText(), event.path("detail-type").asText(), (ObjectNode)
                            event.path("detail"));
            if (refused.isPresent()) {
                throw new BadRequest(
                        "the bus does not take a " + event.path("detail-type").asText() + ": " + refused.get());
            }
        }
        return new Answer(202, EdgeJson.JSON.createObjectNode().put("accepted", events.size()));
    }

    private static Answer schedule(String module, ServerRequest request, Fleet fleet) {
        byte[] body = body(request);
        JsonNode input = body.length > 0
                ? json(body)
                : fleet.scheduledInput(module).orElseGet(() -> EdgeJson.JSON.createObjectNode());
        return fleet.invoke(module, input)
                .map(reply -> new Answer(200, reply.isMissingNode() ? EdgeJson.JSON.createObjectNode() : reply))
                .orElseGet(() ->
                        new Answer(404, message("no function " + module + "; there are " + fleet.functionNames())));
    }

    private static Answer forward(JsonNode body, Fleet fleet) {
        try {
            Duration by = Duration.parse(body.path("forward").asText());
            List<String> fired = fleet.forward(by, body.path("schedules").asBoolean(true));
            ObjectNode answer =
                    EdgeJson.JSON.createObjectNode().put("now", fleet.now().toString());
            ArrayNode list = answer.putArray("fired");
            fired.forEach(list::add);
            return new Answer(200, answer);
        } catch (DateTimeException e) {
            throw new BadRequest("\"forward\" says by how much the clock moves, such as \"P1D\" or \"PT15M\"");
        } catch (IllegalArgumentException e) {
            throw new BadRequest(String.valueOf(e.getMessage()));
        }
    }

    /** No device has an IMEI that is none. */
    private static Optional<Imei> imei(String text) {
        try {
            return Optional.of(Imei.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Answer notFound(String path) {
        return new Answer(404, message("there is no /local/" + path + "; there are " + PATHS));
    }

    private static JsonNode json(ServerRequest request) {
        return json(body(request));
    }

    private static JsonNode json(byte[] body) {
        try {
            return EdgeJson.JSON.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new BadRequest("the body is not JSON: " + e.getOriginalMessage());
        }
    }

    private static byte[] body(ServerRequest request) {
        return request.content().hasEntity() ? request.content().as(byte[].class) : new byte[0];
    }

    private static ObjectNode message(Object text) {
        return EdgeJson.JSON.createObjectNode().put("message", String.valueOf(text));
    }

    private static ObjectNode status(String status) {
        return EdgeJson.JSON.createObjectNode().put("status", status);
    }

    private static void send(ServerResponse response, Answer answer) {
        response.status(Status.create(answer.status()));
        response.headers().set(HeaderNames.CONTENT_TYPE, "application/json");
        response.send((answer.body() + "\n").getBytes(StandardCharsets.UTF_8));
    }
}

package dev.fleetline.local.faults;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.functions.Hosting;
import dev.fleetline.testing.aws.StoreGate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Everything that can go wrong on purpose, and what was noted meanwhile. */
public final class Faults implements Hosting, AutoCloseable {

    private static final String RAISED = "DeviceAlertRaised";

    private final Doors doors = new Doors();
    private final Map<String, MortalFunction> functions = new ConcurrentHashMap<>();
    private final Map<String, Integer> events = new TreeMap<>();
    private final ArrayNode raised = EdgeJson.JSON.createArrayNode();
    private final InstantSource clock;

    /** {@code clock} says when an event was on the bus. */
    public Faults(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public RequestStreamHandler host(
            String module, Map<String, String> environment, Function<Map<String, String>, RequestStreamHandler> start) {
        var function = new MortalFunction(() -> {
            Doors.Opened opened = doors.open(module, environment);
            return new MortalFunction.Life(start.apply(opened.environment()), opened.door());
        });
        functions.put(module, function);
        return function;
    }

    /** What has to stand before the tables: there each instance's calls to them come by a door of their own. */
    public StoreGate gate() {
        return doors;
    }

    /** An event is on the bus. */
    public synchronized void heard(JsonNode event) {
        String type = event.path("detail-type").asText();
        events.merge(type, 1, Integer::sum);
        if (type.equals(RAISED)) {
            JsonNode detail = event.path("detail");
            raised.addObject()
                    .put("imei", detail.path("device").path("imei").asText())
                    .put("condition", detail.path("condition").asText())
                    .put("eventId", detail.path("eventId").asText())
                    .put("atMillis", clock.instant().toEpochMilli());
        }
    }

    /**
     * Has something go wrong: {@code {"storeFailsFor":"PT10S"}}, or {@code {"kill":"callback-processor","atCall":17,
     * "done":true}}.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public void play(JsonNode order) {
        if (order.has("storeFailsFor")) {
            doors.failStore(Duration.parse(order.path("storeFailsFor").asText()));
            return;
        }
        Optional.ofNullable(functions.get(order.path("kill").asText()))
                .orElseThrow(() -> new IllegalArgumentException("neither \"storeFailsFor\" nor a function to \"kill\""))
                .kill(order.path("atCall").asInt(1), order.path("done").asBoolean());
    }

    /** What was noted. */
    public synchronized ObjectNode toJson() {
        ObjectNode json = EdgeJson.JSON
                .createObjectNode()
                .put("storeFails", doors.isStoreFailing())
                .put("refused", doors.refused());
        ArrayNode deaths = json.putArray("deaths");
        functions.values().forEach(function -> function.deaths().forEach(deaths::add));
        ObjectNode counts = json.putObject("events");
        events.forEach(counts::put);
        json.set("raised", raised.deepCopy());
        json.set("units", doors.unitsToJson());
        return json;
    }

    @Override
    public void close() {
        doors.close();
    }
}

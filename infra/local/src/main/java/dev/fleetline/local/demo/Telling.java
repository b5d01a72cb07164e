package dev.fleetline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import java.io.PrintWriter;
import java.util.Locale;

/** How the story is told: for people, or one JSON object per line. */
public sealed interface Telling {

    /** A step with what was observed of it. */
    void step(String what, boolean observed, String outcome);

    /** The fleet as it is in the end: its devices, and how many events of each type there were. */
    void close(JsonNode devices, JsonNode events, boolean all);

    /** For people. */
    static Telling text(PrintWriter out) {
        return new Text(out);
    }

    /** For programs. */
    static Telling json(PrintWriter out) {
        return new Json(out);
    }

    /** One readable line per step, and a table. */
    record Text(PrintWriter out) implements Telling {
        @Override
        public void step(String what, boolean observed, String outcome) {
            out.println((observed ? "\u2713 " : "\u2717 ") + what + ": " + outcome);
            out.flush();
        }

        @Override
        public void close(JsonNode devices, JsonNode events, boolean all) {
            out.println();
            out.printf(
                    Locale.ROOT, "%-17s %-14s %-10s %-22s %s%n", "device", "state", "battery", "last seen", "alerts");
            for (JsonNode device : devices) {
                String battery = device.has("battery")
                        ? Math.round(device.path("battery").path("value").asDouble()) + " %"
                        : "-";
                String alerts = String.join(
                        ", ",
                        device.path("alerts")
                                .valueStream()
                                .map(JsonNode::asText)
                                .toList());
                out.printf(
                        Locale.ROOT,
                        "%-17s %-14s %-10s %-22s %s%n",
                        device.path("imei").asText(),
                        device.path("state").asText(),
                        battery,
                        device.path("lastSeen").asText("-"),
                        alerts.isEmpty() ? "-" : alerts);
            }
            out.println();
            events.properties()
                    .forEach(event ->
                            out.printf(Locale.ROOT, "%4d %s%n", event.getValue().asInt(), event.getKey()));
            out.println();
            out.println(all ? "Every step was observed." : "Not every step was observed; see the lines with \u2717.");
            out.flush();
        }
    }

    /** The same as JSON lines. */
    record Json(PrintWriter out) implements Telling {
        @Override
        public void step(String what, boolean observed, String outcome) {
            ObjectNode line = EdgeJson.JSON
                    .createObjectNode()
                    .put("step", what)
                    .put("observed", observed)
                    .put("outcome", outcome);
            out.println(line);
            out.flush();
        }

        @Override
        public void close(JsonNode devices, JsonNode events, boolean all) {
            ObjectNode line = EdgeJson.JSON.createObjectNode().put("observed", all);
            line.set("devices", devices);
            line.set("events", events);
            out.println(line);
            out.flush();
        }
    }
}

package dev.fleetline.thingspacesimulator.load;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.devices.DeviceEvent;
import dev.fleetline.thingspacesimulator.web.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What readable reports each device was sent for, in so little room that a load of any length fits: how many, the times of the
 * newest, and a sum over their ids, by which a receiver can tell that it has exactly these.
 */
final class Ledger {

    private static final int TIMES_KEPT = 32;

    private static final class Line {
        private final NavigableSet<String> times = new TreeSet<>();
        private int sent;
        private long ids;
    }

    private final Map<String, Line> lines = new TreeMap<>();

    synchronized void add(String imei, DeviceEvent event) {
        Line line = lines.computeIfAbsent(imei, _ -> new Line());
        line.sent++;
        line.ids += number(event.id());
        line.times.add(event.data().path("createdon").asText());
        if (line.times.size() > TIMES_KEPT) {
            line.times.pollFirst();
        }
    }

    synchronized ArrayNode toJson() {
        ArrayNode list = Json.object().arrayNode();
        lines.forEach((imei, line) -> {
            ObjectNode json =
                    list.addObject().put("imei", imei).put("sent", line.sent).put("ids", Long.toHexString(line.ids));
            ArrayNode times = json.putArray("newest");
            line.times.forEach(times::add);
        });
        return list;
    }

    private static long number(String id) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

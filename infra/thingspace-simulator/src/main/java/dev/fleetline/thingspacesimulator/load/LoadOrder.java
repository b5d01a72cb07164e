package dev.fleetline.thingspacesimulator.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.web.Call;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.web.JsonFields;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * How many reports of how many devices, how fast, and what is wrong with how many of them in percent.
 *
 * @param duplicates are sent twice
 * @param reordered are sent after the device's next report
 * @param malformed have a body that breaks off before its end
 * @param seed the same seed has the same fate in store for the same report
 */
public record LoadOrder(
        int devices, int reports, int perSecond, int duplicates, int reordered, int malformed, int seed) {

    private static final Set<String> KNOWN =
            Set.of("devices", "reports", "perSecond", "duplicates", "reordered", "malformed", "seed");

    /** So many serial numbers have the made-up IMEIs. */
    private static final int DEVICES_AT_MOST = 9_999;

    private static final Duration LONGEST = Duration.ofHours(6);

    /** The order that the body of {@code call} spells. */
    public static LoadOrder from(Call call) {
        JsonFields fields = JsonFields.of(call, KNOWN);
        LoadOrder order = new LoadOrder(
                fields.count("devices", 100, 1, DEVICES_AT_MOST),
                fields.count("reports", 1_000, 1, 1_000_000),
                fields.count("perSecond", 100, 1, 10_000),
                fields.count("duplicates", 0, 0, 100),
                fields.count("reordered", 0, 0, 100),
                fields.count("malformed", 0, 0, 100),
                fields.count("seed", 1, 0, Integer.MAX_VALUE));
        if (order.duplicates + order.reordered + order.malformed > 100) {
            throw JsonFields.badRequest(
                    "\"duplicates\", \"reordered\" and \"malformed\" are percent, and a report is one of them at most");
        }
        if (order.length().compareTo(LONGEST) > 0) {
            throw JsonFields.badRequest("\"reports\" at \"perSecond\" would take " + order.length() + "; at most "
                    + LONGEST + " is allowed");
        }
        return order;
    }

    private Duration length() {
        return Duration.between(Instant.EPOCH, due(Instant.EPOCH, reports));
    }

    /** When the report of that number is due, counted from 0. */
    Instant due(Instant start, int number) {
        return start.plusNanos(number * 1_000_000_000L / perSecond);
    }

    /** As the control API shows it. */
    ObjectNode toJson() {
        return Json.object()
                .put("devices", devices)
                .put("reports", reports)
                .put("perSecond", perSecond)
                .put("duplicates", duplicates)
                .put("reordered", reordered)
                .put("malformed", malformed)
                .put("seed", seed);
    }
}

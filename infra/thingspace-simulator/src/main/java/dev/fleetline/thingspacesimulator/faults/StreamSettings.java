package dev.fleetline.thingspacesimulator.faults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.web.JsonFields;
import dev.fleetline.thingspacesimulator.web.Spelled;
import java.util.Set;

/**
 * How streams behave where nobody knows for sure, on both hosts that have them.
 *
 * @param shape how events travel to a subscription that allows them to be aggregated
 * @param together how many events are waited for, a minute at most, before they are sent
 * @param httpTargets what comes of a target without TLS
 * @param lists how Cloud Connector lists devices and history
 */
public record StreamSettings(Shape shape, int together, HttpTargets httpTargets, Lists lists) {

    static final Set<String> KNOWN = Set.of("aggregation", "together", "httpTargets", "cloudConnectorLists");

    /** How events travel. */
    public enum Shape implements Spelled {
        /** One message, one event. */
        ONE("one"),
        /** An array of messages. */
        ARRAY("array"),
        /** One message whose data is an array. */
        DATA_ARRAY("dataArray"),
        /** One message to a line. */
        NDJSON("ndjson");

        private final String spelling;

        Shape(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String spelling() {
            return spelling;
        }
    }

    /** What comes of a target without TLS. */
    public enum HttpTargets implements Spelled {
        /** It is as good as any. */
        ACCEPTED("accepted"),
        /** It cannot be made. */
        REFUSED("refused"),
        /** It can be made, and nothing is sent there. */
        FAILING("failing");

        private final String spelling;

        HttpTargets(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String spelling() {
            return spelling;
        }
    }

    /** How something is listed. */
    public enum Lists implements Spelled {
        /** As an array: the platform's prose. */
        ARRAY("array"),
        /** As an array in an object: the examples of its SDK. */
        WRAPPED("wrapped");

        private final String spelling;

        Lists(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String spelling() {
            return spelling;
        }
    }

    static StreamSettings usual() {
        return new StreamSettings(Shape.ONE, 1, HttpTargets.ACCEPTED, Lists.ARRAY);
    }

    static StreamSettings from(JsonFields fields) {
        StreamSettings usual = usual();
        return new StreamSettings(
                fields.choice("aggregation", usual.shape),
                fields.count("together", usual.together, 1, 10_000),
                fields.choice("httpTargets", usual.httpTargets),
                fields.choice("cloudConnectorLists", usual.lists));
    }

    void writeTo(ObjectNode json) {
        json.put("aggregation", shape.spelling())
                .put("together", together)
                .put("httpTargets", httpTargets.spelling())
                .put("cloudConnectorLists", lists.spelling());
    }
}

package dev.fleetline.thingspacecore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.carrier.CarrierStreams.Health;
import dev.fleetline.carrier.CarrierStreams.PastReport;
import dev.fleetline.carrier.CarrierStreams.Subscription;
import dev.fleetline.carrier.CarrierStreams.Target;
import dev.fleetline.device.WireTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads what the platform writes of streams: Core and Cloud Connector have the same documents of them. */
public final class StreamDocuments {

    private StreamDocuments() {}

    /** Empty when it is no list; what is no target in it is passed over. */
    public static Optional<List<Target>> targets(JsonNode json) {
        return list(json, one -> CoreDocuments.id(one)
                .map(id -> new Target(
                        id, one.path("name").asText(""), one.path("address").asText(""), moment(one, "createdon"))));
    }

    /** Empty when it is no list; what is no subscription in it is passed over. */
    public static Optional<List<Subscription>> subscriptions(JsonNode json) {
        return list(json, one -> CoreDocuments.id(one)
                .map(id -> new Subscription(
                        id,
                        one.path("name").asText(""),
                        one.path("streamkind").asText(""),
                        one.path("targetid").asText(""),
                        moment(one, "createdon"),
                        health(one))));
    }

    private static Health health(JsonNode subscription) {
        return new Health(
                subscription.path("laststreamingstatus").asText(""),
                WireTime.read(subscription.path("laststreamingtime").asText("")),
                subscription.path("networkfailures").asInt(),
                subscription.path("streamfailures").asInt(),
                subscription.path("configurationfailures").asInt(),
                subscription.path("disabled").asBoolean());
    }

    /** Each in the envelope in which it is streamed, so that it is the same delivery either way. */
    public static Optional<List<PastReport>> history(JsonNode json) {
        return list(json, one -> Optional.of(one).filter(JsonNode::isObject).map(event -> {
            ObjectNode message = JsonNodeFactory.instance
                    .objectNode()
                    .put("kind", "ts.event")
                    .put("action", "create");
            message.set("data", event);
            return new PastReport(moment(event, "lastupdated"), message.toString());
        }));
    }

    private static <T> Optional<List<T>> list(JsonNode json, Function<JsonNode, Optional<T>> read) {
        return array(json).map(list -> list.valueStream()
                .flatMap(one -> read.apply(one).stream())
                .toList());
    }

    private static Instant moment(JsonNode json, String field) {
        return WireTime.read(json.path(field).asText("")).orElse(Instant.EPOCH);
    }

    /** Some lists come as arrays, and some in an object whose one field they are. */
    private static Optional<JsonNode> array(JsonNode json) {
        return json.isObject() && json.size() == 1
                ? json.valueStream().filter(JsonNode::isArray).findFirst()
                : Optional.of(json).filter(JsonNode::isArray);
    }
}

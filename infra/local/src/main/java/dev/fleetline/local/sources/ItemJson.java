package dev.fleetline.local.sources;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items in DynamoDB's own JSON, {@code {"imei":{"S":"…"}}}, as a stream hands them to a function. */
public final class ItemJson {

    private ItemJson() {}

    /** A whole item. */
    public static ObjectNode of(Map<String, AttributeValue> item) {
        ObjectNode json = EdgeJson.JSON.createObjectNode();
        item.forEach((name, value) -> json.set(name, value(value)));
        return json;
    }

    private static ObjectNode value(AttributeValue value) {
        ObjectNode json = EdgeJson.JSON.createObjectNode();
        String kind = value.type().name();
        switch (value.type()) {
            case S -> json.put(kind, value.s());
            case N -> json.put(kind, value.n());
            case BOOL -> json.put(kind, value.bool());
            case NUL -> json.put("NULL", true);
            case B ->
                json.put(kind, Base64.getEncoder().encodeToString(value.b().asByteArray()));
            case SS -> value.ss().forEach(json.putArray(kind)::add);
            case NS -> value.ns().forEach(json.putArray(kind)::add);
            case BS -> {
                ArrayNode list = json.putArray(kind);
                value.bs().forEach(bytes -> list.add(Base64.getEncoder().encodeToString(bytes.asByteArray())));
            }
            case L -> {
                ArrayNode list = json.putArray(kind);
                value.l().forEach(element -> list.add(value(element)));
            }
            case M -> json.set(kind, of(value.m()));
            case UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalArgumentException("an attribute of a kind that this version of the SDK does not know");
        }
        return json;
    }
}

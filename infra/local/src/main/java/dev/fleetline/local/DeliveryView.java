package dev.fleetline.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.fleetline.callback.Delivery;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.lambda.EdgeJson;
import java.util.Optional;

/** A delivery as JSON for people and tests. */
public final class DeliveryView {

    private static final ObjectReader STRICT = EdgeJson.JSON
            .reader()
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final DeviceRegistry devices;

    /** {@code devices} know whose ids are whose. */
    public DeliveryView(DeviceRegistry devices) {
        this.devices = devices;
    }

    /** What it is and what became of it, as a line of a list. */
    public ObjectNode line(Delivery one) {
        ObjectNode json = EdgeJson.JSON
                .createObjectNode()
                .put("deliveryId", one.id().deliveryId())
                .put("source", one.source())
                .put("kind", one.kind())
                .put("device", one.id().device());
        imei(one).ifPresent(imei -> json.put("imei", imei));
        one.id().eventTime().ifPresent(at -> json.put("eventTime", at.toString()));
        json.put("receivedAt", one.receivedAt().toString());
        switch (one.status()) {
            case Delivery.Status.Received _ -> json.put("status", "RECEIVED");
            case Delivery.Status.Quarantined(var reason, var error) ->
                json.put("status", "QUARANTINED").put("reason", reason).put("error", error);
            case Delivery.Status.Unhandled _ -> json.put("status", "UNHANDLED");
        }
        return json;
    }

    /** The same with its message, which holds no credentials. */
    public ObjectNode whole(Delivery one) {
        ObjectNode json = line(one);
        json.set("payload", payload(one.payload()));
        return json;
    }

    /** As it is written, where it is no message: a field that comes twice must not show one of the two. */
    private static JsonNode payload(String text) {
        try {
            return STRICT.readTree(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }

    private Optional<String> imei(Delivery one) {
        String key = one.id().device();
        String value = key.substring(key.indexOf('#') + 1);
        try {
            Optional<Imei> owner =
                    switch (key.substring(0, Math.max(0, key.indexOf('#')))) {
                        case "imei" -> Optional.of(new Imei(value));
                        case "uid" -> devices.whoHas(DeviceId.parse(value));
                        case "iccid" -> devices.whoHas(Iccid.parse(value));
                        default -> Optional.empty();
                    };
            return owner.map(Imei::digits);
        } catch (IllegalArgumentException e) {
            // a message may name what is no id
            return Optional.empty();
        }
    }
}

package dev.fleetline.callback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whose message it is: the first that it has of UID, IMEI, ICCID and phone number. Of several of one kind the smallest,
 * so that their order does not matter. What is no such id is passed over.
 */
final class DeviceKey {

    private static final Pattern MDN = Pattern.compile("[0-9]{10,15}");

    /** Kinds in the order in which one is preferred. */
    private enum Kind {
        UID,
        IMEI,
        ICCID,
        MDN
    }

    private record Named(Kind kind, String value) {
        String key() {
            return kind.name().toLowerCase(Locale.ROOT) + "#" + value;
        }
    }

    private DeviceKey() {}

    /** Of a stream event: by its fields, and by the IMEI with which the platform begins its transaction ids. */
    static Optional<String> ofEvent(JsonNode data) {
        List<Named> found = new ArrayList<>();
        fields(data, found);
        PlatformJson.text(data, "transactionid")
                .map(id -> id.replaceFirst("-.*", ""))
                .flatMap(imei -> named("imei", imei))
                .ifPresent(found::add);
        return first(found);
    }

    /** Of a device's document: by its own id, and by its other fields. */
    static Optional<String> ofDocument(ObjectNode document) {
        List<Named> found = new ArrayList<>();
        PlatformJson.text(document, "id").flatMap(id -> named("uid", id)).ifPresent(found::add);
        fields(document, found);
        return first(found);
    }

    /** Of a service's message: by its {@code deviceIds}, and where it has none, by any that it names. */
    static Optional<String> ofCallback(ObjectNode message) {
        List<Named> found = new ArrayList<>();
        collect(message.path("deviceIds"), found);
        if (found.isEmpty()) {
            collect(message, found);
        }
        return first(found);
    }

    private static Optional<String> first(List<Named> found) {
        return found.stream()
                .min(Comparator.comparing(Named::kind).thenComparing(Named::value))
                .map(Named::key);
    }

    private static void collect(JsonNode node, List<Named> found) {
        if (node.path("id").isTextual() && node.path("kind").isTextual()) {
            named(node.path("kind").textValue(), node.path("id").textValue()).ifPresent(found::add);
        }
        fields(node, found);
        for (JsonNode child : node) {
            collect(child, found);
        }
    }

    private static void fields(JsonNode node, List<Named> found) {
        node.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isTextual() || value.isIntegralNumber()) {
                named(field.getKey(), text(field.getKey(), value)).ifPresent(found::add);
            }
        });
    }

    /** An IMEI that is written as a number has lost its leading zeros. */
    private static String text(String kind, JsonNode value) {
        return value.isNumber() && kind.equalsIgnoreCase("imei")
                ? String.format(Locale.ROOT, "%015d", value.bigIntegerValue())
                : value.asText();
    }

    private static Optional<Named> named(String kind, String text) {
        String value = text.strip();
        try {
            return switch (kind.toLowerCase(Locale.ROOT)) {
                case "deviceid", "uid" ->
                    Optional.of(new Named(Kind.UID, DeviceId.parse(value).value()));
                case "imei" ->
                    Optional.of(new Named(Kind.IMEI, Imei.parse(value).digits()));
                case "iccid" ->
                    Optional.of(new Named(Kind.ICCID, Iccid.parse(value).digits()));
                case "mdn" ->
                    Optional.of(value).filter(MDN.asMatchPredicate()).map(digits -> new Named(Kind.MDN, digits));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException noSuchId) {
            return Optional.empty();
        }
    }
}

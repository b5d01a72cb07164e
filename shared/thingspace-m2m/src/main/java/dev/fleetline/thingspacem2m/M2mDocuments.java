package dev.fleetline.thingspacem2m;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.carrier.CarrierGateway.Line;
import dev.fleetline.carrier.CarrierGateway.LineState;
import dev.fleetline.carrier.CarrierGateway.Progress;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Writes the bodies that the M2M API reads about devices, and reads those that it writes. */
final class M2mDocuments {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> PLAIN = new TypeReference<>() {};

    private M2mDocuments() {}

    /** A body of that account, for which leading zeros count. */
    static ObjectNode of(String account) {
        return JsonNodeFactory.instance.objectNode().put("accountName", account);
    }

    /** A body about devices of an account, each by both of its ids. */
    static ObjectNode of(String account, String field, List<Line> lines) {
        ObjectNode body = of(account);
        var devices = body.putArray(field);
        for (Line line : lines) {
            var ids = devices.addObject().putArray("deviceIds");
            ids.addObject().put("kind", "imei").put("id", line.imei().digits());
            ids.addObject().put("kind", "iccid").put("id", line.iccid().digits());
        }
        return body;
    }

    /** Empty when it is no device's record. */
    static Optional<CarrierDevice> device(JsonNode json) {
        return device(json, json.at("/carrierInformations/0/state").asText(""));
    }

    /** The same of a device whose state the record does not say. */
    static Optional<CarrierDevice> device(JsonNode json, String state) {
        return json.path("deviceIds").isArray()
                ? Optional.of(new CarrierDevice(
                        Optional.empty(),
                        imei(json),
                        iccid(json),
                        state(state),
                        Optional.empty(),
                        Optional.empty(),
                        JSON.convertValue(json, PLAIN)))
                : Optional.empty();
    }

    /** Whether a record or a result is about that device: by its IMEI or, where it names none, by its SIM. */
    static boolean isAbout(JsonNode json, Line line) {
        return imei(json)
                .map(line.imei()::equals)
                .orElseGet(() -> iccid(json).filter(line.iccid()::equals).isPresent());
    }

    private static Optional<Imei> imei(JsonNode json) {
        return id(json, "imei", Imei::parse);
    }

    private static Optional<Iccid> iccid(JsonNode json) {
        return id(json, "iccid", Iccid::parse);
    }

    /** Kinds are written in any case. What is no id of its kind is passed over. */
    private static <T> Optional<T> id(JsonNode json, String kind, Function<String, T> parse) {
        return json.path("deviceIds")
                .valueStream()
                .filter(id -> id.path("kind").asText("").equalsIgnoreCase(kind))
                .map(id -> id.path("id").asText(""))
                .flatMap(text -> {
                    try {
                        return Optional.of(parse.apply(text)).stream();
                    } catch (IllegalArgumentException e) {
                        return Optional.<T>empty().stream();
                    }
                })
                .findFirst();
    }

    /** A word that nobody knows is taken for a change on its way: nobody orders anything for such a line, nor calls it lost. */
    private static LineState state(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "preactive" -> LineState.NOT_ACTIVE;
            case "active" -> LineState.ACTIVE;
            case "suspend", "suspended" -> LineState.SUSPENDED;
            case "deactive", "deactivated" -> LineState.DEACTIVATED;
            case "pending deactivation" -> LineState.ENDING;
            default -> LineState.PENDING;
        };
    }

    /** How far a request is; empty for a word that nobody knows. */
    static Optional<Progress> progress(JsonNode json) {
        return switch (json.path("status").asText("").strip().toLowerCase(Locale.ROOT)) {
            case "pending" -> Optional.of(Progress.PENDING);
            case "success" -> Optional.of(Progress.SUCCEEDED);
            case "failure", "failed" -> Optional.of(Progress.FAILED);
            default -> Optional.empty();
        };
    }

    /** The id of a request that was accepted, which goes into logs and into addresses. */
    static Optional<String> requestId(JsonNode json) {
        return Optional.of(json.path("requestId").asText("")).filter(id -> id.matches("[A-Za-z0-9-]{1,64}"));
    }

    /** The platform's own number of a device, after which the next page begins. */
    static Optional<String> deviceId(JsonNode json) {
        return json.path("extendedAttributes")
                .valueStream()
                .filter(attribute -> attribute.path("key").asText("").equalsIgnoreCase("DeviceId"))
                .map(attribute -> attribute.path("value").asText(""))
                .filter(value -> value.matches("[0-9]{1,18}"))
                .findFirst();
    }
}

package dev.fleetline.thingspacecore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.carrier.CarrierGateway.LineState;
import dev.fleetline.carrier.CarrierGateway.NewDevice;
import dev.fleetline.carrier.CarrierStreams.StreamTarget;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import java.util.Map;
import java.util.Optional;

/** Writes the bodies that Core reads and reads those that it writes. */
final class CoreDocuments {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> PLAIN = new TypeReference<>() {};

    private CoreDocuments() {}

    /** Core counts IMEIs as numbers (uint64) and the copies in refid and qrcode as text; the other way round is a 400. */
    static String registration(NewDevice device, Optional<String> providerId) {
        String imei = device.line().imei().digits();
        ObjectNode body =
                JSON.createObjectNode().put("kind", "ts.device.cHeAssetTracker").put("version", "1.0");
        providerId.ifPresent(id -> body.put("providerid", id));
        return body.put("refid", imei)
                .put("refidtype", "imei")
                .put("qrcode", imei)
                .put("imei", Long.parseLong(imei))
                .put("name", device.name())
                .toString();
    }

    static String target(StreamTarget target) {
        return JSON.createObjectNode()
                .put("kind", "ts.target")
                .put("version", "1.0")
                .put("name", target.name())
                .put("addressscheme", "streamrest")
                .put("address", target.address())
                .put("key1", target.key())
                .toString();
    }

    static String subscription(String targetId, String streamKind, String name) {
        return JSON.createObjectNode()
                .put("kind", "ts.subscription")
                .put("version", "1.0")
                .put("streamkind", streamKind)
                .put("targetid", targetId)
                .put("name", name)
                .toString();
    }

    static String move(String targetId) {
        return JSON.createObjectNode().put("targetid", targetId).toString();
    }

    static String historyOf(int limit) {
        return JSON.createObjectNode().put("$limitnumber", limit).toString();
    }

    /** The body as JSON; empty when it is none, as for the page of a gateway. */
    static Optional<JsonNode> read(String body) {
        try {
            return Optional.ofNullable(JSON.readTree(body)).filter(JsonNode::isContainerNode);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    static CoreError error(String body) {
        JsonNode json = read(body).orElseGet(JSON::createObjectNode);
        return new CoreError(
                json.path("error").asText(""), json.path("error_description").asText(""));
    }

    static Optional<String> id(JsonNode json) {
        return Optional.of(json.path("id").asText("")).filter(id -> !id.isBlank());
    }

    /** Empty when it is no device's document. */
    static Optional<CarrierDevice> device(JsonNode json) {
        try {
            return id(json).map(DeviceId::parse)
                    .map(uid -> new CarrierDevice(
                            Optional.of(uid),
                            imei(json),
                            sim(json),
                            json.path("state").asText().equals("ready") ? LineState.ACTIVE : LineState.NOT_ACTIVE,
                            Optional.of(json.path("versionid").asText("")).filter(id -> !id.isBlank()),
                            Optional.empty(),
                            plain(json)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The number, else its copy as text. */
    private static Optional<Imei> imei(JsonNode json) {
        return valid(json.path("imei")).or(() -> valid(json.path("refid")));
    }

    private static Optional<Imei> valid(JsonNode imei) {
        try {
            return Optional.of(imei.isIntegralNumber() ? Imei.of(imei.longValue()) : Imei.parse(imei.asText("")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** As the device itself said; absent before its first report. */
    private static Optional<Iccid> sim(JsonNode json) {
        try {
            return Optional.of(Iccid.parse(
                    json.path("diagnostic").path("DINF").path("ICCID").asText("")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> plain(JsonNode json) {
        return JSON.convertValue(json, PLAIN);
    }
}

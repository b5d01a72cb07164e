package dev.fleetline.thingspacesimulator.m2m;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.wire.PlatformIds;

/** The news that an activation was carried out, or not. */
public record Callback(String requestId, String service, String imei, String iccid, boolean success) {

    private static final int SENT_AT_MOST = 4;

    /** The message as it is sent the {@code count}-th time. */
    ObjectNode message(Listener.Proof proof, int count) {
        ObjectNode message = Json.object();
        proof.username().ifPresent(username -> message.put("username", username));
        proof.password().ifPresent(password -> message.put("password", password));
        message.put("requestId", requestId);
        if (success) {
            activated(message);
        } else {
            alreadyActive(message);
        }
        return message.put("status", success ? "Success" : "Failed")
                .put("callbackCount", count)
                .put("maxCallbackThreshold", SENT_AT_MOST);
    }

    private void activated(ObjectNode message) {
        addId(addId(message.putArray("deviceIds"), imei, "imei"), iccid, "iccid");
        ObjectNode response = message.putObject("deviceResponse").putObject("activateResponse");
        addId(addId(addId(response.putArray("deviceIds"), PlatformIds.mdn(imei), "mdn"), imei, "imei"), iccid, "iccid");
        response.put("servicePlan", "m2m_4G").put("state", "Active").put("ipAddress", "0.0.0.0");
        response.putArray("featureCodes").add("75802");
    }

    /** Kinds begin with a capital and the order is another one: so it was recorded. */
    private void alreadyActive(ObjectNode message) {
        addId(addId(message.putArray("deviceIds"), iccid, "Iccid"), imei, "Imei");
        message.putObject("faultResponse")
                .put("faultcode", "UnifiedWebService.REQUEST_FAILED.DeviceAlreadyActive")
                .put("faultstring", "REQUEST_FAILED. Device is already active");
    }

    private static ArrayNode addId(ArrayNode ids, String id, String kind) {
        ids.addObject().put("id", id).put("kind", kind);
        return ids;
    }
}

package dev.fleetline.thingspacesimulator.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.m2m.Callback;
import dev.fleetline.thingspacesimulator.m2m.CallbackAttempt;
import dev.fleetline.thingspacesimulator.m2m.CallbackContent;
import dev.fleetline.thingspacesimulator.m2m.CallbackContent.Deed;
import dev.fleetline.thingspacesimulator.m2m.SessionBook;
import dev.fleetline.thingspacesimulator.oauth.Credentials;
import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Call;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.web.JsonFields;
import dev.fleetline.thingspacesimulator.wire.PlatformIds;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** What the control API does in the M2M world. */
final class M2mControl {

    private static final String CARRIER_SERVICE = "CarrierService";

    private final World.M2m m2m;
    private final InstantSource clock;

    M2mControl(World.M2m m2m, InstantSource clock) {
        this.m2m = m2m;
        this.clock = clock;
    }

    /** Has the platform tell a listener something: what its service says of a device, or what the caller has it say. */
    Answer callback(Call call) {
        JsonFields fields = JsonFields.of(
                call, Set.of("service", "imei", "iccid", "kind", "status", "fault", "requestId", "body", "wait"));
        String service = fields.text("service")
                .orElseThrow(() -> JsonFields.badRequest("\"service\" says whose listener, such as CarrierService"));
        boolean waits = fields.flag("wait", true);
        String requestId =
                fields.text("requestId").orElseGet(() -> UUID.randomUUID().toString());
        Callback callback = new Callback(
                requestId, service, fields.object("body").orElseGet(() -> content(fields, service, requestId)));
        Optional<CompletableFuture<CallbackAttempt>> sent = m2m.callbacks().send(callback);
        if (sent.isEmpty()) {
            return Answer.json(
                    404,
                    Json.object()
                            .put("error", "not_found")
                            .put(
                                    "error_description",
                                    "nobody listens to " + service + "; a listener is registered by POST "
                                            + "/thingspace/api/m2m/v1/callbacks/" + Credentials.ACCOUNT
                                            + ", …/api/loc/v1/callbacks/" + Credentials.ACCOUNT
                                            + " or …/api/diagnostics/v1/callbacks"));
        }
        ObjectNode answer = Json.object().put("requestId", callback.requestId());
        ArrayNode delivered = answer.putArray("delivered");
        if (waits) {
            delivered.add(sent.get().join().toJson());
        }
        return Answer.json(200, answer);
    }

    private ObjectNode content(JsonFields fields, String service, String requestId) {
        String imei = fields.textOrNumber("imei")
                .filter(digits -> digits.matches("\\d{15}"))
                .orElseThrow(() -> JsonFields.badRequest("\"imei\" says which device, in 15 digits"));
        CallbackContent about = new CallbackContent(
                CallbackContent.Subject.of(imei, fields.textOrNumber("iccid").orElseGet(() -> PlatformIds.iccid(imei))),
                requestId,
                clock.instant());
        if (fields.choice("status", List.of("Success", "Failed")).equals("Failed")) {
            return fields.text("fault")
                    .map(fault -> about.failed(fault, "REQUEST_FAILED. As asked for"))
                    .orElseGet(() -> about.failed(
                            "REQUEST_FAILED.DeviceAlreadyActive", "REQUEST_FAILED. Device is already active"));
        }
        Deed deed = fields.choice("kind", Deed.ACTIVATE);
        return service.equals(CARRIER_SERVICE) ? about.done(deed) : about.of(service);
    }

    /** Locks, unlocks, or gives another password. */
    Answer user(Call call) {
        JsonFields fields = JsonFields.of(call, Set.of("locked", "password"));
        SessionBook sessions = m2m.sessions();
        boolean wanted = fields.flag("locked", false);
        Optional<String> password = fields.text("password");
        if (password.filter(String::isBlank).isPresent()) {
            throw JsonFields.badRequest("\"password\" must not be blank");
        }
        if (fields.has("locked")) {
            sessions.setLocked(wanted);
        }
        password.ifPresent(sessions::changePassword);
        SessionBook.User user = sessions.user();
        return Answer.json(
                200,
                Json.object()
                        .put("username", Credentials.M2M_USERNAME)
                        .put("locked", user.locked())
                        .put("failedLogins", user.failuresInARow()));
    }
}

package dev.fleetline.thingspacesimulator.devices;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.faults.FaultyCalls;
import dev.fleetline.thingspacesimulator.oauth.BearerGate;
import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Call;
import dev.fleetline.thingspacesimulator.web.Doorway;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.web.Refusal;
import dev.fleetline.thingspacesimulator.wire.PlatformErrors;
import dev.fleetline.thingspacesimulator.wire.PlatformIds;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Core's {@code /api/v2/devices}. Apart from reading one device all of it is inferred, and so is the query of a search: this
 * is the one place that knows {@code ?imei=} or {@code ?refid=}, with {@code $limitnumber} and a {@code $page} from 1.
 */
public final class DeviceApi implements HttpService {

    private static final Set<String> WRITE = Set.of("ts.device");
    private static final Set<String> READ = Set.of("ts.device", "ts.device.ro");
    private static final Set<String> READ_EVENTS = Set.of("ts.event.ro", "ts.device", "ts.device.ro");
    private static final int PAGE = 100;

    private final DeviceBook devices;
    private final Faults faults;
    private final BearerGate gate;
    private final Doorway doorway;

    /** The endpoints over that book. */
    public DeviceApi(DeviceBook devices, Faults faults, BearerGate gate, Doorway doorway) {
        this.devices = devices;
        this.faults = faults;
        this.gate = gate;
        this.doorway = doorway;
    }

    @Override
    public void routing(HttpRules rules) {
        FaultyCalls faulty = new FaultyCalls(faults);
        rules.post("/", doorway.to(gate.forDevices(faulty.mayLoseAnswer(this::register), WRITE)))
                .get("/", doorway.to(gate.forDevices(this::find, READ)))
                .get("/{id}", doorway.to(gate.forDevices(this::read, READ)))
                .delete("/{id}", doorway.to(gate.forDevices(this::delete, WRITE)))
                .post("/{id}/actions/activate", doorway.to(gate.forDevices(faulty.mayGetLost(this::activate), WRITE)))
                .post("/{id}/actions/deactivate", doorway.to(gate.forDevices(this::deactivate, WRITE)))
                .post("/{id}/fields/actions/history", doorway.to(gate.forDevices(this::history, READ_EVENTS)))
                .post(
                        "/{id}/fields/{field}/actions/history",
                        doorway.to(gate.forDevices(this::fieldHistory, READ_EVENTS)));
    }

    private Answer register(Call call) {
        ObjectNode body = objectIn(call);
        JsonNode number = body.path("imei");
        if (!number.isMissingNode() && !number.isIntegralNumber()) {
            return PlatformErrors.imeiIsNoNumber(number.getNodeType().name().toLowerCase(Locale.ROOT));
        }
        // a number has lost the zeros that it began with; the copies in the body have them
        String imei = String.format(Locale.ROOT, "%015d", number.asLong());
        boolean isShort =
                number.asText().length() < 15 && !body.path("refid").asText().equals(imei);
        if (number.asLong() <= 0 || imei.length() != 15 || isShort) {
            return PlatformErrors.badRequest("imei is required in resource body as a number of 15 digits");
        }
        String kind = body.path("kind").asText();
        if (!kind.equals("ts.device") && !kind.startsWith("ts.device.")) {
            return PlatformErrors.wrongKind(kind, "Device");
        }
        if (!body.path("refid").asText(imei).equals(imei)
                || !body.path("qrcode").asText(imei).equals(imei)
                || !body.path("refidtype").asText("imei").equals("imei")) {
            return PlatformErrors.badRequest("refid and qrcode must be the imei, and refidtype \"imei\"");
        }
        return devices.register(new NewDevice(
                        imei,
                        kind,
                        body.path("version").asText("1.0"),
                        body.path("providerid").asText(PlatformIds.PROVIDER),
                        body.path("name").asText(imei),
                        body.path("description").asText("")))
                .map(document -> Answer.json(201, document))
                .orElseGet(() -> PlatformErrors.alreadyExists("Device"));
    }

    private Answer find(Call call) {
        Optional<String> wanted = call.query("imei").or(() -> call.query("refid"));
        int limit = positive(call.query("$limitnumber"), "$limitnumber", PAGE);
        int page = positive(call.query("$page"), "$page", 1);
        List<ObjectNode> found = devices.find(imei -> wanted.map(imei::equals).orElse(true));
        return Answer.json(
                200,
                Json.array(found.stream().skip((page - 1L) * limit).limit(limit).toList()));
    }

    private Answer read(Call call) {
        return devices.document(call.pathPart("id"))
                .map(document -> Answer.json(200, document))
                .orElseGet(() -> PlatformErrors.notFound("Device"));
    }

    private Answer activate(Call call) {
        return switch (devices.activate(
                call.pathPart("id"),
                faults.settings().behaviour().activationDelay(),
                !faults.settings().behaviour().versionAtCheckIn())) {
            case DeviceBook.Activation.Accepted(var document) -> Answer.json(200, document);
            // the platform's code starts with "invalid_"; the rest of its error page was never seen
            case DeviceBook.Activation.AlreadyReady _ ->
                PlatformErrors.invalidState("Resource(Device) is already in state ready");
            case DeviceBook.Activation.Missing _ -> PlatformErrors.actionOnMissing("Device");
        };
    }

    private Answer deactivate(Call call) {
        return devices.deactivate(call.pathPart("id"))
                .map(document -> Answer.json(200, document))
                .orElseGet(() -> PlatformErrors.actionOnMissing("Device"));
    }

    private Answer delete(Call call) {
        return devices.delete(call.pathPart("id")) ? Answer.empty(204) : PlatformErrors.notFound("Device");
    }

    private Answer history(Call call) {
        return history(call, Optional.empty());
    }

    private Answer fieldHistory(Call call) {
        return history(call, Optional.of(call.pathPart("field")));
    }

    private Answer history(Call call, Optional<String> field) {
        int limit = positive(
                Optional.of(objectIn(call).path("$limitnumber"))
                        .filter(limitNumber -> !limitNumber.isMissingNode())
                        .map(JsonNode::asText),
                "$limitnumber",
                PAGE);
        return devices.history(call.pathPart("id"))
                .map(events -> Answer.json(
                        200,
                        Json.array(events.stream()
                                .flatMap(event -> event.about(field).stream())
                                .limit(limit)
                                .toList())))
                .orElseGet(() -> PlatformErrors.notFound("Device"));
    }

    private static ObjectNode objectIn(Call call) {
        String body = call.body();
        return Json.readObject(body.isBlank() ? "{}" : body)
                .orElseThrow(() -> new Refusal(PlatformErrors.unreadable("body is not a JSON object")));
    }

    private static int positive(Optional<String> text, String name, int otherwise) {
        return text.map(digits -> {
                    if (!digits.matches("[1-9]\\d{0,8}")) {
                        throw new Refusal(PlatformErrors.badRequest(name + " must be a positive number"));
                    }
                    return Integer.parseInt(digits);
                })
                .orElse(otherwise);
    }
}

package dev.fleetline.thingspacesimulator.lines;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.faults.Door;
import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.faults.FaultyCalls;
import dev.fleetline.thingspacesimulator.faults.LineSettings;
import dev.fleetline.thingspacesimulator.m2m.CallbackContent.Deed;
import dev.fleetline.thingspacesimulator.m2m.M2mBody;
import dev.fleetline.thingspacesimulator.m2m.M2mErrors;
import dev.fleetline.thingspacesimulator.m2m.M2mGate;
import dev.fleetline.thingspacesimulator.m2m.SessionBook;
import dev.fleetline.thingspacesimulator.oauth.Credentials;
import dev.fleetline.thingspacesimulator.oauth.StandingTokenBook;
import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Call;
import dev.fleetline.thingspacesimulator.web.Doorway;
import dev.fleetline.thingspacesimulator.web.Endpoint;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.web.Refusal;
import dev.fleetline.thingspacesimulator.wire.GatewayFaults;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The M2M world's {@code /api/m2m/v1/devices}, and how far its requests are. */
public final class LineApi implements HttpService {

    /** The account's plans. */
    private static final Set<String> PLANS = Set.of("m2m_4G", "m2m4G", "m2m_5G");

    private static final int ADD_AT_MOST = 200;
    private static final int DELETE_AT_MOST = 100;
    private static final int ASK_AT_MOST = 2_000;
    private static final int ORDER_AT_MOST = 10_000;

    private final LineBook lines;
    private final Orders orders;
    private final Faults faults;
    private final M2mGate gate;
    private final FaultyCalls faulty;
    private final MinuteCount activates;
    private final Doorway doorway;

    /** The endpoints over that book, where orders end by those. */
    public LineApi(
            LineBook lines,
            Orders orders,
            StandingTokenBook tokens,
            SessionBook sessions,
            Faults faults,
            InstantSource clock,
            Doorway doorway) {
        this.lines = lines;
        this.orders = orders;
        this.faults = faults;
        this.gate = new M2mGate(tokens, sessions, M2mErrors.dialect(faults));
        this.faulty = new FaultyCalls(faults);
        this.activates = new MinuteCount(clock);
        this.doorway = doorway;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/devices/actions/add", doorway.to(faulty.mayLoseAnswer(inSession(this::add))))
                .post("/devices/actions/activate", doorway.to(faulty.mayLoseAnswer(inSession(this::activate))))
                .post("/devices/actions/list", doorway.to(inSession(this::list)))
                .post("/devices/actions/suspend", doorway.to(inSession(call -> change(Deed.SUSPEND, call))))
                .post("/devices/actions/restore", doorway.to(inSession(call -> change(Deed.RESTORE, call))))
                .post("/devices/actions/deactivate", doorway.to(inSession(this::deactivate)))
                .post("/devices/actions/delete", doorway.to(inSession(this::delete)))
                .post("/devices/availability/actions/list", doorway.to(inSession(this::availability)))
                .get("/accounts/{account}/requests/{requestId}/status", doorway.to(inSession(this::status)));
    }

    private Endpoint inSession(Function<Call, Answer> endpoint) {
        return faulty.behind(
                Door.M2M_DEVICES,
                M2mErrors.API,
                M2mErrors::serverError,
                gate.withSession(session -> endpoint.apply(session.call())));
    }

    private Answer add(Call call) {
        M2mBody body = inAccount(call);
        if (!body.required("state").equals(LineState.PREACTIVE.spelling())) {
            return Refused.WRONG_STATE.answer();
        }
        List<DeviceIds> devices = devices(body, "devicesToAdd", ADD_AT_MOST, Refused.TOO_MANY_TO_ADD);
        List<String> said = lines.add(devices, Terms.in(body));
        ArrayNode answer = Json.array(List.of());
        for (int i = 0; i < devices.size(); i++) {
            ObjectNode device = answer.addObject();
            device.set("deviceIds", devices.get(i).toJson());
            device.put("response", said.get(i));
        }
        return Answer.json(200, answer);
    }

    /** A request counts when it has come through the gateway, whatever is in it. */
    private Answer activate(Call call) {
        LineSettings.Limits limits = faults.settings().lines().limits();
        if (!activates.admits(limits.activatesPerMinute())) {
            return GatewayFaults.throttled(M2mErrors.API, limits.throttledStatus());
        }
        M2mBody body = inAccount(call);
        List<DeviceIds> devices = devices(body, "devices", ORDER_AT_MOST, Refused.TOO_MANY);
        String plan = body.required("servicePlan");
        if (!body.required("mdnZipCode").matches("\\d{5}(-?\\d{4})?")) {
            return M2mErrors.unexpected("The mdnZipCode is not a ZIP code.");
        }
        return PLANS.contains(plan)
                ? accepted(orders.place(Deed.ACTIVATE, devices, Terms.in(body), false))
                : Refused.unknownPlan(plan).answer();
    }

    private Answer change(Deed deed, Call call) {
        M2mBody body = inAccount(call);
        return accepted(
                orders.place(deed, devices(body, "devices", ORDER_AT_MOST, Refused.TOO_MANY), Terms.in(body), false));
    }

    private Answer deactivate(Call call) {
        M2mBody body = inAccount(call);
        // this call alone must say whose devices they are, and why
        var _ = body.required("accountName");
        var _ = body.required("reasonCode");
        return accepted(orders.place(
                Deed.DEACTIVATE,
                devices(body, "devices", ORDER_AT_MOST, Refused.TOO_MANY),
                Terms.in(body),
                body.flag("deleteAfterDeactivation")));
    }

    private Answer delete(Call call) {
        List<DeviceIds> devices = devices(inAccount(call), "devicesToDelete", DELETE_AT_MOST, Refused.TOO_MANY);
        ArrayNode answer = Json.array(List.of());
        for (DeviceIds device : devices) {
            Optional<String> fault = lines.delete(device);
            ObjectNode said = answer.addObject();
            said.set("deviceIds", device.toJson());
            said.put("status", fault.isEmpty() ? "Success" : "Failed")
                    .put("message", fault.orElse("The device is deleted"));
        }
        return Answer.json(200, answer);
    }

    private Answer availability(Call call) {
        List<DeviceIds> devices = devices(inAccount(call), "devices", ASK_AT_MOST, Refused.TOO_MANY);
        if (!devices.stream().allMatch(DeviceIds::areWellFormed)) {
            return Refused.WRONG_IDENTIFIER.answer();
        }
        return accepted(orders.ask(devices));
    }

    private Answer list(Call call) {
        M2mBody body = inAccount(call);
        Optional<ObjectNode> wanted = body.object("deviceId");
        if (wanted.isPresent()) {
            DeviceIds one = new DeviceIds(List.of(DeviceIds.Id.in(wanted.get())));
            if (!one.areWellFormed()) {
                return Refused.WRONG_IDENTIFIER.answer();
            }
            return lines.one(one)
                    .map(device -> page(new LineBook.Page(List.of(device), true)))
                    .orElseGet(Refused.NOT_FOUND::answer);
        }
        return page(lines.list(ListQuery.in(body)));
    }

    private static Answer page(LineBook.Page page) {
        ObjectNode answer = Json.object().put("hasMoreData", !page.isLast());
        answer.set("devices", Json.array(page.devices()));
        return Answer.json(page.isLast() ? 200 : 202, answer);
    }

    private Answer status(Call call) {
        if (!call.pathPart("account").equals(Credentials.ACCOUNT)) {
            return M2mErrors.unknownAccount();
        }
        String requestId = call.pathPart("requestId");
        return orders.status(requestId)
                .map(status -> Answer.json(
                        200, Json.object().put("requestId", requestId).put("status", status)))
                .orElseGet(() -> M2mErrors.unexpected("The request is not found."));
    }

    private static Answer accepted(String requestId) {
        return Answer.json(200, Json.object().put("requestId", requestId));
    }

    /** The account can be left out, since there is one. */
    private static M2mBody inAccount(Call call) {
        M2mBody body = M2mBody.of(call);
        if (!body.optional("accountName").orElse(Credentials.ACCOUNT).equals(Credentials.ACCOUNT)) {
            throw new Refusal(M2mErrors.unknownAccount());
        }
        return body;
    }

    private static List<DeviceIds> devices(M2mBody body, String name, int most, Refused tooMany) {
        List<ObjectNode> devices = body.requiredObjects(name);
        if (devices.size() > most) {
            throw tooMany.refusal();
        }
        return devices.stream().map(DeviceIds::in).toList();
    }
}

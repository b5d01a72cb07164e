package dev.fleetline.thingspacesimulator.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.devices.DeviceBook;
import dev.fleetline.thingspacesimulator.devices.DeviceEvent;
import dev.fleetline.thingspacesimulator.devices.Report;
import dev.fleetline.thingspacesimulator.faults.FaultSettings;
import dev.fleetline.thingspacesimulator.load.LoadOrder;
import dev.fleetline.thingspacesimulator.load.LoadSource;
import dev.fleetline.thingspacesimulator.oauth.Credentials;
import dev.fleetline.thingspacesimulator.streaming.Attempt;
import dev.fleetline.thingspacesimulator.streaming.Deliveries;
import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Call;
import dev.fleetline.thingspacesimulator.web.Doorway;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.web.JsonFields;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** {@code /control}: needs no credentials, since whoever reaches the loopback address may do as they like. */
public final class ControlApi implements HttpService {

    private static final String PATHS =
            "POST clock, POST reports, POST messages, POST callbacks, POST, GET and DELETE load, "
                    + "GET load/devices and load/answers, POST m2m/user, "
                    + "GET and POST m2m/devices, GET and POST core/devices, "
                    + "POST tokens/expire, GET and POST faults, GET clock, GET state, GET credentials";

    private static final String REALMS = "core, m2m, edge, session";

    private final World world;
    private final Doorway doorway;

    /** The control of that world. */
    public ControlApi(World world, Doorway doorway) {
        this.world = world;
        this.doorway = doorway;
    }

    @Override
    public void routing(HttpRules rules) {
        M2mControl m2m = new M2mControl(world.m2m(), world.time().clock());
        DeviceControl devices =
                new DeviceControl(world.core().devices(), world.m2m().lines());
        rules.get("/clock", doorway.to(_ -> now()))
                .post("/clock", doorway.to(this::forward))
                .post("/reports", doorway.to(this::report))
                .post("/messages", doorway.to(this::message))
                .post("/callbacks", doorway.to(m2m::callback))
                .post("/load", doorway.to(this::startLoad))
                .get("/load", doorway.to(_ -> load()))
                .get(
                        "/load/devices",
                        doorway.to(
                                _ -> Answer.json(200, world.streaming().load().devicesToJson())))
                .get(
                        "/load/answers",
                        doorway.to(
                                _ -> Answer.json(200, world.streaming().load().answersToJson())))
                .delete("/load", doorway.to(_ -> stopLoad()))
                .post("/m2m/user", doorway.to(m2m::user))
                .post("/m2m/devices", doorway.to(devices::edit))
                .get("/m2m/devices", doorway.to(devices::line))
                .post("/core/devices", doorway.to(devices::setLed))
                .get("/core/devices", doorway.to(devices::device))
                .post("/tokens/expire", doorway.to(this::expireTokens))
                .get("/faults", doorway.to(_ -> Answer.json(200, world.faults().toJson())))
                .post("/faults", doorway.to(this::setFaults))
                .get("/state", doorway.to(_ -> Answer.json(200, StateView.of(world))))
                .get(
                        "/credentials",
                        doorway.to(_ -> Answer.json(
                                200, Credentials.toJson(world.m2m().sessions().password()))))
                .any(doorway.to(_ -> error(404, "not_found", "no such control; there are " + PATHS)));
    }

    private Answer now() {
        return Answer.json(
                200, Json.object().put("now", world.time().clock().instant().toString()));
    }

    /** Answers when all that came due is done, resent events included. */
    private Answer forward(Call call) {
        Duration by = JsonFields.of(call, Set.of("forward"))
                .duration("forward")
                .orElseThrow(() -> JsonFields.badRequest("\"forward\" says by how much, such as \"P1D\""));
        try {
            world.time().clock().forward(by);
        } catch (DateTimeException | ArithmeticException e) {
            throw JsonFields.badRequest("\"forward\" is too far: no calendar reaches there");
        }
        world.time().settlement().settle();
        return now();
    }

    private Answer report(Call call) {
        JsonFields fields = JsonFields.of(call, Set.of("imei", "at", "battery", "rsrp", "serviceState", "wait"));
        Report report = new Report(
                fields.textOrNumber("imei")
                        .orElseThrow(() -> JsonFields.badRequest("\"imei\" says which device is to report")),
                fields.instant("at"),
                fields.textOrNumber("battery"),
                fields.textOrNumber("rsrp"),
                fields.text("serviceState"));
        boolean waits = fields.flag("wait", true);
        return switch (world.core().devices().report(report)) {
            case DeviceBook.Reported.Missing _ ->
                error(404, "not_found", "no device with this imei; it is registered by POST /core/api/v2/devices");
            case DeviceBook.Reported.NotReady(var state) ->
                error(
                        409,
                        "not_ready",
                        "the device is " + state + " and not on the network; activate it, then move the clock past the "
                                + "activation delay");
            case DeviceBook.Reported.Taken(var event) -> send(event, waits);
        };
    }

    private Answer send(DeviceEvent event, boolean waits) {
        ObjectNode answer = Json.object().put("eventId", event.id()).put("versionid", event.versionId());
        ArrayNode delivered = answer.putArray("delivered");
        switch (world.streaming().deliveries().dispatch(event)) {
            case Deliveries.Dispatch.HeldBack _ -> answer.put("heldBack", true);
            case Deliveries.Dispatch.Later(var due) -> answer.put("due", due.toString());
            case Deliveries.Dispatch.Sending(var firstAttempts) -> {
                if (waits) {
                    List<Attempt> attempts = firstAttempts.join();
                    attempts.forEach(attempt -> delivered.add(attempt.toJson()));
                }
            }
        }
        return Answer.json(200, answer);
    }

    /** Whatever else a stream may carry. */
    private Answer message(Call call) {
        String text = JsonFields.of(call, Set.of("text"))
                .text("text")
                .orElseThrow(() -> JsonFields.badRequest("\"text\" says what is sent"));
        String id = UUID.randomUUID().toString();
        ObjectNode answer = Json.object().put("eventId", id);
        ArrayNode delivered = answer.putArray("delivered");
        world.streaming().deliveries().say(id, text).forEach(attempt -> delivered.add(attempt.toJson()));
        return Answer.json(200, answer);
    }

    private Answer startLoad(Call call) {
        return switch (world.streaming().load().start(LoadOrder.from(call))) {
            case LoadSource.Start.Started _ -> load();
            case LoadSource.Start.Busy _ ->
                error(409, "busy", "a load is under way; DELETE /control/load ends it, GET says when it is over");
            case LoadSource.Start.NoSubscriber _ ->
                error(
                        409,
                        "no_subscriber",
                        "nobody would get the reports; a target and a subscription to ts.event come first");
        };
    }

    private Answer load() {
        return Answer.json(200, world.streaming().load().toJson());
    }

    private Answer stopLoad() {
        world.streaming().load().stop();
        return load();
    }

    private Answer expireTokens(Call call) {
        String realm = JsonFields.of(call, Set.of("realm"))
                .text("realm")
                .orElseThrow(() -> JsonFields.badRequest("\"realm\" says whose tokens end: " + REALMS));
        int expired =
                switch (realm) {
                    case "core" -> world.core().tokens().expireAll();
                    case "m2m" -> world.m2m().tokens().expireAll();
                    case "edge" -> world.edge().tokens().expireAll();
                    case "session" -> world.m2m().sessions().expireAll();
                    default -> throw JsonFields.badRequest("\"realm\" must be one of " + REALMS);
                };
        return Answer.json(200, Json.object().put("expired", expired));
    }

    private Answer setFaults(Call call) {
        world.faults().set(FaultSettings.from(call));
        return Answer.json(200, world.faults().toJson());
    }

    private static Answer error(int status, String error, String description) {
        return Answer.json(status, Json.object().put("error", error).put("error_description", description));
    }
}

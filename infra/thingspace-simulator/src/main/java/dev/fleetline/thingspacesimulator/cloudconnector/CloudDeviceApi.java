package dev.fleetline.thingspacesimulator.cloudconnector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.clock.Agenda;
import dev.fleetline.thingspacesimulator.devices.DeviceBook;
import dev.fleetline.thingspacesimulator.devices.DeviceEvent;
import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.faults.StreamSettings.Lists;
import dev.fleetline.thingspacesimulator.oauth.Credentials;
import dev.fleetline.thingspacesimulator.streaming.Deliveries;
import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Doorway;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.wire.PlatformErrors;
import dev.fleetline.thingspacesimulator.wire.PlatformIds;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Cloud Connector's {@code /devices}: the documents are shorter than Core's, and the IMEI in them is a text. */
public final class CloudDeviceApi implements HttpService {

    /** A device takes on a configuration this long after it was asked to. */
    private static final Duration CONFIGURED_AFTER = Duration.ofMinutes(1);

    private static final List<String> SHARED_WITH_CORE = List.of(
            "createdon",
            "id",
            "kind",
            "lastupdated",
            "providerid",
            "refid",
            "refidtype",
            "state",
            "version",
            "versionid");

    private final DeviceBook devices;
    private final Deliveries deliveries;
    private final Agenda agenda;
    private final InstantSource clock;
    private final Supplier<UUID> ids;
    private final Faults faults;
    private final CloudConnectorGate gate;
    private final Doorway doorway;

    /** The endpoints over that book; what a configuration sets off goes out by those deliveries. */
    public CloudDeviceApi(
            DeviceBook devices,
            Deliveries deliveries,
            Agenda agenda,
            InstantSource clock,
            Supplier<UUID> ids,
            Faults faults,
            CloudConnectorGate gate,
            Doorway doorway) {
        this.devices = devices;
        this.deliveries = deliveries;
        this.agenda = agenda;
        this.clock = clock;
        this.ids = ids;
        this.faults = faults;
        this.gate = gate;
        this.doorway = doorway;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/actions/query", doorway.to(gate.forOrders((body, _) -> find(body))))
                .post("/actions/search", doorway.to(gate.forOrders((body, _) -> find(body))))
                .post("/actions/delete", doorway.to(gate.forOrders((body, _) -> delete(body))))
                .post("/configuration/actions/set", doorway.to(gate.forOrders((body, _) -> configure(body))))
                .post(
                        "/fields/actions/history/search",
                        doorway.to(gate.forOrders(
                                (body, _) -> history(body, Optional.empty(), "SearchDeviceEventHistory"))))
                .post(
                        "/fields/{field}/actions/history",
                        doorway.to(gate.forOrders((body, call) ->
                                history(body, Optional.of(call.pathPart("field")), "SearchSensorHistory"))));
    }

    private Answer find(CloudConnectorBody body) {
        return listed("DeviceProperty", body.page(documents(body)));
    }

    private Answer delete(CloudConnectorBody body) {
        return one(body)
                .filter(device -> devices.delete(id(device)))
                .map(_ -> Answer.empty(200))
                .orElseGet(() -> PlatformErrors.notFound("Device"));
    }

    private Answer configure(CloudConnectorBody body) {
        JsonNode wanted = body.fields().path("configuration");
        if (!wanted.isObject()) {
            return PlatformErrors.badRequest("configuration is required in resource body");
        }
        ObjectNode configuration = (ObjectNode) wanted;
        String transaction = ids.get().toString();
        Optional<ObjectNode> device = one(body);
        Optional<DeviceEvent> pending =
                device.flatMap(found -> devices.configure(id(found), configuration, transaction, "pending"));
        if (device.isEmpty() || pending.isEmpty()) {
            return PlatformErrors.actionOnMissing("Device");
        }
        Instant now = clock.instant();
        agenda.at(now, _ -> send(pending.get()));
        agenda.at(now.plus(CONFIGURED_AFTER), _ -> devices.configure(
                        id(device.get()), configuration, transaction, "update")
                .ifPresent(this::send));
        return Answer.json(200, pending.get().data());
    }

    /** Waits for the receivers, so that what happens later is told later. */
    private void send(DeviceEvent event) {
        if (deliveries.dispatch(event) instanceof Deliveries.Dispatch.Sending(var firstAttempts)) {
            firstAttempts.join();
        }
    }

    private Answer history(CloudConnectorBody body, Optional<String> field, String wrapper) {
        return one(body)
                .flatMap(device -> devices.history(id(device)))
                .map(events -> listed(
                        wrapper,
                        body.page(events.stream()
                                .flatMap(event -> event.about(field).stream())
                                .toList())))
                .orElseGet(() -> PlatformErrors.notFound("Device"));
    }

    private Optional<ObjectNode> one(CloudConnectorBody body) {
        return body.namesOne() ? documents(body).stream().findFirst() : Optional.empty();
    }

    private List<ObjectNode> documents(CloudConnectorBody body) {
        Optional<String> id = body.id();
        List<ObjectNode> candidates =
                id.isPresent() ? devices.document(id.get()).stream().toList() : devices.find(_ -> true);
        return candidates.stream()
                .map(CloudDeviceApi::document)
                .filter(body.wanted())
                .toList();
    }

    private Answer listed(String wrapper, List<ObjectNode> documents) {
        if (faults.settings().streams().lists() == Lists.ARRAY) {
            return Answer.json(200, Json.array(documents));
        }
        ObjectNode wrapped = Json.object();
        wrapped.set(wrapper, Json.array(documents));
        return Answer.json(200, wrapped);
    }

    private static ObjectNode document(ObjectNode core) {
        String imei = core.path("refid").asText();
        ObjectNode document = Json.object()
                .put("billingaccountid", Credentials.ACCOUNT)
                .put("eventretention", core.path("eventretention").asText())
                .put("iccid", PlatformIds.iccid(imei))
                .put("imei", imei);
        SHARED_WITH_CORE.forEach(name -> document.set(name, core.path(name)));
        return document;
    }

    private static String id(ObjectNode document) {
        return document.path("id").asText();
    }
}

package dev.fleetline.thingspacesimulator.cloudconnector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.streaming.StreamBook;
import dev.fleetline.thingspacesimulator.streaming.StreamDesk;
import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Doorway;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.wire.PlatformErrors;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;

/** Cloud Connector's {@code /targets} and {@code /subscriptions}. */
public final class CloudStreamApi implements HttpService {

    private final StreamBook streams;
    private final StreamDesk desk;
    private final CloudConnectorGate gate;
    private final Doorway doorway;

    /** The endpoints over that book. */
    public CloudStreamApi(StreamBook streams, Faults faults, CloudConnectorGate gate, Doorway doorway) {
        this.streams = streams;
        this.desk = new StreamDesk(streams, faults);
        this.gate = gate;
        this.doorway = doorway;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/targets", doorway.to(gate.forResources(body -> desk.addTarget(body.resource("ts.target")))))
                .post("/targets/actions/query", doorway.to(gate.forOrders((body, _) -> targets(body))))
                .post(
                        "/targets/actions/delete",
                        doorway.to(gate.forOrders(
                                (body, _) -> deleted("Target", streams.deleteTarget(body.requiredId())))))
                .post(
                        "/subscriptions",
                        doorway.to(gate.forResources(body -> desk.addSubscription(body.resource("ts.subscription")))))
                .patch(
                        "/subscriptions",
                        doorway.to(gate.forOrders((body, _) -> desk.change(body.requiredId(), body.fields()))))
                .post("/subscriptions/actions/query", doorway.to(gate.forOrders((body, _) -> subscriptions(body))))
                .post(
                        "/subscriptions/actions/delete",
                        doorway.to(gate.forOrders(
                                (body, _) -> deleted("Subscription", streams.deleteSubscription(body.requiredId())))));
    }

    private Answer targets(CloudConnectorBody body) {
        return Answer.json(
                200,
                Json.array(body.page(
                        streams.targets().stream().filter(body.wanted()).toList())));
    }

    /** A query tells more about a subscription than its making did. */
    private Answer subscriptions(CloudConnectorBody body) {
        return Answer.json(
                200,
                Json.array(body.page(streams.subscriptions().stream()
                        .filter(body.wanted())
                        .map(this::withTargetType)
                        .toList())));
    }

    private ObjectNode withTargetType(ObjectNode subscription) {
        streams.targetDocument(subscription.path("targetid").asText())
                .ifPresent(target -> subscription.set("targettype", target.path("addressscheme")));
        return subscription;
    }

    private static Answer deleted(String resource, boolean done) {
        return done ? Answer.empty(200) : PlatformErrors.notFound(resource);
    }
}

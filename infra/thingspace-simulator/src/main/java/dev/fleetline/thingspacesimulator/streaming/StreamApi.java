package dev.fleetline.thingspacesimulator.streaming;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.oauth.BearerGate;
import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Call;
import dev.fleetline.thingspacesimulator.web.Doorway;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.web.Refusal;
import dev.fleetline.thingspacesimulator.wire.PlatformErrors;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.util.Optional;
import java.util.Set;

/** Core's {@code /api/v2/targets} and {@code /api/v2/subscriptions}; inferred from their like in Cloud Connector. */
public final class StreamApi implements HttpService {

    private static final Set<String> WRITE_TARGETS = Set.of("ts.target");
    private static final Set<String> READ_TARGETS = Set.of("ts.target", "ts.target.ro");
    private static final Set<String> SUBSCRIPTIONS = Set.of("ts.subscription");

    private final StreamBook streams;
    private final StreamDesk desk;
    private final BearerGate gate;
    private final Doorway doorway;

    /** The endpoints over that book. */
    public StreamApi(StreamBook streams, Faults faults, BearerGate gate, Doorway doorway) {
        this.streams = streams;
        this.desk = new StreamDesk(streams, faults);
        this.gate = gate;
        this.doorway = doorway;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/targets", doorway.to(gate.forResources(call -> desk.addTarget(objectIn(call)), WRITE_TARGETS)))
                .get(
                        "/targets",
                        doorway.to(
                                gate.forResources(_ -> Answer.json(200, Json.array(streams.targets())), READ_TARGETS)))
                .get(
                        "/targets/{id}",
                        doorway.to(gate.forResources(
                                call -> found("Target", streams.targetDocument(call.pathPart("id"))), READ_TARGETS)))
                .delete(
                        "/targets/{id}",
                        doorway.to(gate.forResources(
                                call -> deleted("Target", streams.deleteTarget(call.pathPart("id"))), WRITE_TARGETS)))
                .post(
                        "/subscriptions",
                        doorway.to(gate.forResources(call -> desk.addSubscription(objectIn(call)), SUBSCRIPTIONS)))
                .get(
                        "/subscriptions",
                        doorway.to(gate.forResources(
                                _ -> Answer.json(200, Json.array(streams.subscriptions())), SUBSCRIPTIONS)))
                .get(
                        "/subscriptions/{id}",
                        doorway.to(gate.forResources(
                                call -> found("Subscription", streams.subscriptionDocument(call.pathPart("id"))),
                                SUBSCRIPTIONS)))
                .patch(
                        "/subscriptions/{id}",
                        doorway.to(gate.forResources(
                                call -> desk.change(call.pathPart("id"), objectIn(call)), SUBSCRIPTIONS)))
                .delete(
                        "/subscriptions/{id}",
                        doorway.to(gate.forResources(
                                call -> deleted("Subscription", streams.deleteSubscription(call.pathPart("id"))),
                                SUBSCRIPTIONS)));
    }

    private static Answer found(String resource, Optional<ObjectNode> document) {
        return document.map(it -> Answer.json(200, it)).orElseGet(() -> PlatformErrors.notFound(resource));
    }

    private static Answer deleted(String resource, boolean done) {
        return done ? Answer.empty(204) : PlatformErrors.notFound(resource);
    }

    private static ObjectNode objectIn(Call call) {
        return Json.readObject(call.body())
                .orElseThrow(() -> new Refusal(PlatformErrors.unreadable("body is not a JSON object")));
    }
}

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
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** Core's {@code /api/v2/targets} and {@code /api/v2/subscriptions}; inferred from their like in Cloud Connector. */
public final class StreamApi implements HttpService {

    private static final Set<String> WRITE_TARGETS = Set.of("ts.target");
    private static final Set<String> READ_TARGETS = Set.of("ts.target", "ts.target.ro");
    private static final Set<String> SUBSCRIPTIONS = Set.of("ts.subscription");

    private final StreamBook streams;
    private final Faults faults;
    private final BearerGate gate;
    private final Doorway doorway;

    /** The endpoints over that book. */
    public StreamApi(StreamBook streams, Faults faults, BearerGate gate, Doorway doorway) {
        this.streams = streams;
        this.faults = faults;
        this.gate = gate;
        this.doorway = doorway;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/targets", doorway.to(gate.forResources(this::addTarget, WRITE_TARGETS)))
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
                .post("/subscriptions", doorway.to(gate.forResources(this::addSubscription, SUBSCRIPTIONS)))
                .get(
                        "/subscriptions",
                        doorway.to(gate.forResources(
                                _ -> Answer.json(200, Json.array(streams.subscriptions())), SUBSCRIPTIONS)))
                .get(
                        "/subscriptions/{id}",
                        doorway.to(gate.forResources(
                                call -> found("Subscription", streams.subscriptionDocument(call.pathPart("id"))),
                                SUBSCRIPTIONS)))
                .patch("/subscriptions/{id}", doorway.to(gate.forResources(this::retarget, SUBSCRIPTIONS)))
                .delete(
                        "/subscriptions/{id}",
                        doorway.to(gate.forResources(
                                call -> deleted("Subscription", streams.deleteSubscription(call.pathPart("id"))),
                                SUBSCRIPTIONS)));
    }

    private Answer addTarget(Call call) {
        ObjectNode wanted = objectIn(call);
        requireKind(wanted, "ts.target", "Target");
        if (!wanted.path("addressscheme").asText().equals("streamrest")) {
            return PlatformErrors.badRequest("addressscheme must be streamrest: this simulator streams to no cloud");
        }
        Optional<URI> address = httpAddress(wanted.path("address").asText());
        if (address.isEmpty()) {
            return PlatformErrors.badRequest("address is required in resource body as an http or https URL");
        }
        Optional<String> key = Optional.of(wanted.path("key1").asText("")).filter(text -> !text.isEmpty());
        if (key.filter(text -> !text.matches("[\\x20-\\x7e]+")).isPresent()) {
            return PlatformErrors.badRequest("key1 must be printable ASCII: it travels in a header");
        }
        return Answer.json(200, streams.addTarget(wanted, address.get(), key));
    }

    private Answer addSubscription(Call call) {
        ObjectNode wanted = objectIn(call);
        requireKind(wanted, "ts.subscription", "Subscription");
        Optional<StreamKind> kind = StreamKind.spelled(wanted.path("streamkind").asText());
        if (kind.isEmpty()) {
            return PlatformErrors.badRequest("streamkind is required in resource body as ts.event or one of its kinds");
        }
        String targetId = wanted.path("targetid").asText();
        if (streams.target(targetId).isEmpty()) {
            return PlatformErrors.actionOnMissing("Target");
        }
        return streams.addSubscription(wanted, kind.get(), targetId)
                .map(document -> Answer.json(200, document))
                .orElseGet(() -> PlatformErrors.alreadyExists("Subscription"));
    }

    /** Changing a subscription is in the platform's documents and not in its SDK; so it may be refused, by setting. */
    private Answer retarget(Call call) {
        if (faults.settings().behaviour().refusesPatch()) {
            return PlatformErrors.methodNotAllowed();
        }
        String targetId = objectIn(call).path("targetid").asText();
        if (targetId.isEmpty()) {
            return PlatformErrors.badRequest("targetid is required in resource body");
        }
        String id = call.pathPart("id");
        if (streams.subscription(id).isEmpty()) {
            return PlatformErrors.notFound("Subscription");
        }
        if (streams.target(targetId).isEmpty()) {
            return PlatformErrors.actionOnMissing("Target");
        }
        return found("Subscription", streams.retarget(id, targetId));
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

    private static void requireKind(ObjectNode wanted, String kind, String resource) {
        String sent = wanted.path("kind").asText();
        if (!sent.equals(kind)) {
            throw new Refusal(PlatformErrors.wrongKind(sent, resource));
        }
    }

    private static Optional<URI> httpAddress(String text) {
        try {
            return Optional.of(new URI(text))
                    .filter(uri -> "http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    .filter(uri -> uri.getHost() != null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}

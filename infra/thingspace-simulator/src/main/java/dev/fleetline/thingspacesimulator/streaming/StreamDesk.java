package dev.fleetline.thingspacesimulator.streaming;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.faults.StreamSettings.HttpTargets;
import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Courier;
import dev.fleetline.thingspacesimulator.web.HttpAddress;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.web.Refusal;
import dev.fleetline.thingspacesimulator.wire.PlatformErrors;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes and changes targets and subscriptions by the same rules on every host that has them. */
public final class StreamDesk {

    private static final Set<String> TEXTS_TO_CHANGE = Set.of("targetid", "name", "description", "email");
    private static final Set<String> FLAGS_TO_CHANGE = Set.of("disabled", "allowaggregation");

    private final StreamBook streams;
    private final Faults faults;

    /** A desk for that book. */
    public StreamDesk(StreamBook streams, Faults faults) {
        this.streams = streams;
        this.faults = faults;
    }

    /** Makes a target. */
    public Answer addTarget(ObjectNode wanted) {
        requireKind(wanted, "ts.target", "Target");
        if (!wanted.path("addressscheme").asText().equals("streamrest")) {
            return PlatformErrors.badRequest("addressscheme must be streamrest: this simulator streams to no cloud");
        }
        Optional<URI> address = HttpAddress.of(wanted.path("address").asText());
        if (address.isEmpty()) {
            return PlatformErrors.badRequest("address is required in resource body as an http or https URL");
        }
        if (faults.settings().streams().httpTargets() == HttpTargets.REFUSED
                && !"https".equals(address.get().getScheme())) {
            return PlatformErrors.badRequest("address is required in resource body as an https URL");
        }
        Optional<String> key = Optional.of(wanted.path("key1").asText("")).filter(text -> !text.isEmpty());
        if (key.filter(text -> !text.matches("[\\x20-\\x7e]+")).isPresent()) {
            return PlatformErrors.badRequest("key1 must be printable ASCII: it travels in a header");
        }
        Map<String, String> headers = headers(wanted.at("/fields/httpheaders"));
        if (!Courier.canCarry(address.get(), headers)) {
            return PlatformErrors.badRequest("fields.httpheaders must be headers that a message can carry");
        }
        return Answer.json(200, streams.addTarget(wanted, address.get(), key, headers));
    }

    /** Makes a subscription; the account has one of a kind at most. */
    public Answer addSubscription(ObjectNode wanted) {
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
    public Answer change(String id, ObjectNode wanted) {
        if (faults.settings().behaviour().refusesPatch()) {
            return PlatformErrors.methodNotAllowed();
        }
        ObjectNode fields = Json.object();
        TEXTS_TO_CHANGE.stream()
                .filter(name -> wanted.path(name).isTextual())
                .forEach(name -> fields.set(name, wanted.get(name)));
        FLAGS_TO_CHANGE.stream()
                .filter(name -> wanted.path(name).isBoolean())
                .forEach(name -> fields.set(name, wanted.get(name)));
        if (fields.isEmpty()) {
            return PlatformErrors.badRequest("targetid or another field to change is required in resource body");
        }
        if (streams.subscription(id).isEmpty()) {
            return PlatformErrors.notFound("Subscription");
        }
        if (fields.has("targetid")
                && streams.target(fields.path("targetid").asText()).isEmpty()) {
            return PlatformErrors.actionOnMissing("Target");
        }
        return streams.change(id, fields)
                .map(document -> Answer.json(200, document))
                .orElseGet(() -> PlatformErrors.notFound("Subscription"));
    }

    private static void requireKind(ObjectNode wanted, String kind, String resource) {
        String sent = wanted.path("kind").asText();
        if (!sent.equals(kind)) {
            throw new Refusal(PlatformErrors.wrongKind(sent, resource));
        }
    }

    private static Map<String, String> headers(JsonNode wanted) {
        Map<String, String> headers = new LinkedHashMap<>();
        wanted.properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return headers;
    }
}

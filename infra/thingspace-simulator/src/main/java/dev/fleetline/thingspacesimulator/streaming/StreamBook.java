package dev.fleetline.thingspacesimulator.streaming;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.wire.PlatformIds;
import dev.fleetline.thingspacesimulator.wire.PlatformTimes;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The targets and subscriptions that the account has on one host. */
public final class StreamBook {

    private final InstantSource clock;
    private final PlatformIds ids;
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();

    /** An empty book. */
    public StreamBook(InstantSource clock, PlatformIds ids) {
        this.clock = clock;
        this.ids = ids;
    }

    /** The documents of all targets, without their keys. */
    public synchronized List<ObjectNode> targets() {
        return targets.values().stream()
                .map(target -> target.document().deepCopy())
                .toList();
    }

    /** The documents of all subscriptions, with their counters. */
    public synchronized List<ObjectNode> subscriptions() {
        return subscriptions.values().stream()
                .map(subscription -> subscription.document().deepCopy())
                .toList();
    }

    synchronized ObjectNode addTarget(
            ObjectNode wanted, URI address, Optional<String> key, Map<String, String> headers) {
        Instant now = clock.instant();
        String id = ids.nextTarget();
        ObjectNode document =
                Json.object().put("address", wanted.path("address").asText()).put("addressscheme", "streamrest");
        copy(wanted, document, "billingaccountid");
        document.put("createdon", PlatformTimes.millis(now));
        copy(wanted, document, "description");
        document.put("id", id)
                .put("kind", "ts.target")
                .put("lastupdated", PlatformTimes.millis(now))
                .put("name", wanted.path("name").asText(""))
                .put("version", "1.0")
                .put("versionid", ids.version(now));
        targets.put(id, new Target(id, address, key, headers, document));
        return document.deepCopy();
    }

    /** The document of a target. */
    public synchronized Optional<ObjectNode> targetDocument(String id) {
        return target(id).map(target -> target.document().deepCopy());
    }

    synchronized Optional<Target> target(String id) {
        return Optional.ofNullable(targets.get(id));
    }

    /** Takes a target out; subscriptions to it stay and fail from then on. */
    public synchronized boolean deleteTarget(String id) {
        return targets.remove(id) != null;
    }

    /** The new subscription's document; empty when the account has one of that kind. */
    synchronized Optional<ObjectNode> addSubscription(ObjectNode wanted, StreamKind kind, String targetId) {
        if (subscriptions.values().stream().anyMatch(other -> other.kind() == kind)) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        String id = ids.nextSubscription();
        boolean disabled = wanted.path("disabled").asBoolean(false);
        ObjectNode document = Json.object()
                .put("configurationfailures", 0)
                .put("createdon", PlatformTimes.millis(now))
                .put("delegateid", PlatformIds.NONE);
        if (wanted.path("allowaggregation").isBoolean()) {
            document.set("allowaggregation", wanted.path("allowaggregation"));
        }
        copy(wanted, document, "billingaccountid");
        copy(wanted, document, "description");
        document.put("disabled", disabled);
        copy(wanted, document, "email");
        document.put("id", id)
                .put("kind", "ts.subscription")
                .put("laststreamingstatus", "")
                .put("laststreamingtime", PlatformTimes.NEVER)
                .put("lastupdated", PlatformTimes.millis(now));
        copy(wanted, document, "name");
        document.put("networkfailures", 0)
                .put("streamfailures", 0)
                .put("streamkind", kind.spelling())
                .put("targetid", targetId)
                .put("version", "1.0")
                .put("versionid", ids.version(now));
        subscriptions.put(id, new Subscription(id, kind, document));
        return Optional.of(document.deepCopy());
    }

    /** The document of a subscription. */
    public synchronized Optional<ObjectNode> subscriptionDocument(String id) {
        return subscription(id).map(subscription -> subscription.document().deepCopy());
    }

    synchronized Optional<Subscription> subscription(String id) {
        return Optional.ofNullable(subscriptions.get(id));
    }

    /** Changes some fields of a subscription from now on; its counters go on. */
    synchronized Optional<ObjectNode> change(String id, ObjectNode fields) {
        Instant now = clock.instant();
        return Optional.ofNullable(subscriptions.computeIfPresent(
                        id, (_, subscription) -> subscription.with(fields, now, ids.version(now))))
                .map(changed -> changed.document().deepCopy());
    }

    /** Takes a subscription out. */
    public synchronized boolean deleteSubscription(String id) {
        return subscriptions.remove(id) != null;
    }

    /** The subscriptions that anything is sent to. */
    synchronized List<Subscription> enabled() {
        return subscriptions.values().stream()
                .filter(subscription -> !subscription.disabled())
                .toList();
    }

    /** Counts what came of an attempt; nothing, if the subscription has gone meanwhile. */
    synchronized void count(Attempt attempt) {
        subscriptions.computeIfPresent(
                attempt.subscriptionId(), (_, subscription) -> subscription.after(attempt.outcome(), attempt.at()));
    }

    private static void copy(ObjectNode from, ObjectNode to, String field) {
        JsonNode value = from.path(field);
        if (value.isTextual()) {
            to.set(field, value);
        }
    }
}

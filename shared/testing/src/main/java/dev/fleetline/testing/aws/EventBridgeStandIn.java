package dev.fleetline.testing.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * EventBridge as far as somebody puts events on a bus: judges each entry as AWS does and hands the accepted ones on as
 * EventBridge would deliver them, in their order, before it answers.
 *
 * <p>It is stricter than AWS in two things that AWS takes in silence and then drops: an entry for a bus that does not
 * exist, and a detail type longer than 128 characters.
 */
public final class EventBridgeStandIn extends StandIn {

    private static final int LARGEST_CALL = 256 * 1024;
    private static final int MOST_ENTRIES = 10;
    private static final int SIZE_OF_A_TIME = 14;
    private static final int LONGEST_DETAIL_TYPE = 128;
    private static final Set<String> ENTRY_FIELDS =
            Set.of("Time", "Source", "Resources", "DetailType", "Detail", "EventBusName");

    /** Why an entry does not become an event. */
    private record Failure(String code, String message) {}

    private final InstantSource clock;
    private final Supplier<UUID> ids;
    private final Set<String> buses;
    private final Consumer<JsonNode> delivery;
    private final AtomicInteger entriesToFail = new AtomicInteger();
    private final Map<String, Operation> operations =
            Map.of("PutEvents", new Operation(Set.of("Entries"), this::putEvents));

    private EventBridgeStandIn(
            InstantSource clock, Supplier<UUID> ids, Set<String> buses, Consumer<JsonNode> delivery) {
        super(new JsonProtocol("AWSEvents"));
        this.clock = requireNonNull(clock, "clock");
        this.ids = requireNonNull(ids, "ids");
        this.buses = Set.copyOf(buses);
        this.delivery = requireNonNull(delivery, "delivery");
    }

    /**
     * Starts with the buses of these names and no other.
     *
     * @param clock what an event says about its time when its entry says nothing
     * @param ids the events' ids
     * @param delivery gets each accepted event, in the order of its call but from several threads where several call;
     *     what it throws fails that entry, so that the sender repeats it
     */
    public static EventBridgeStandIn start(
            InstantSource clock, Supplier<UUID> ids, Set<String> buses, Consumer<JsonNode> delivery) {
        var eventBridge = new EventBridgeStandIn(clock, ids, buses, delivery);
        eventBridge.open();
        return eventBridge;
    }

    /** Makes the next entries fail, each on its own, while the call that carries them succeeds. */
    public void failEntries(int times) {
        if (times < 1) {
            throw new IllegalArgumentException("entries to fail must be at least 1: " + times);
        }
        entriesToFail.addAndGet(times);
    }

    @Override
    Map<String, Operation> operations() {
        return operations;
    }

    private ObjectNode putEvents(AwsCall call) {
        List<ObjectNode> entries = entries(call);
        ObjectNode result = call.parameters().objectNode();
        ArrayNode answers = result.putArray("Entries");
        int failed = 0;
        for (ObjectNode entry : entries) {
            String id = ids.get().toString();
            Optional<Failure> failure = put(entry, id);
            if (failure.isPresent()) {
                failed++;
                answers.addObject()
                        .put("ErrorCode", failure.get().code())
                        .put("ErrorMessage", failure.get().message());
            } else {
                answers.addObject().put("EventId", id);
            }
        }
        return result.put("FailedEntryCount", failed);
    }

    private static List<ObjectNode> entries(AwsCall call) {
        var entries = new ArrayList<ObjectNode>();
        int size = 0;
        for (JsonNode entry : call.parameters().path("Entries")) {
            if (!(entry instanceof ObjectNode object)) {
                throw AwsRefusal.sender("SerializationException", "Entries must be objects");
            }
            entries.add(object);
            size += size(object);
        }
        if (entries.isEmpty() || entries.size() > MOST_ENTRIES) {
            throw AwsRefusal.sender(
                    "ValidationException",
                    "1 validation error detected: 'entries' has " + entries.size() + " members and must have 1 to "
                            + MOST_ENTRIES);
        }
        if (size > LARGEST_CALL) {
            throw AwsRefusal.sender(
                    "ValidationException",
                    "Total size of the entries in the request is over the limit: " + size + " of " + LARGEST_CALL
                            + " bytes");
        }
        return entries;
    }

    /** Counted as AWS documents it: a time is 14 bytes, texts are their UTF-8 bytes, the rest is free. */
    private static int size(ObjectNode entry) {
        int size = entry.has("Time") ? SIZE_OF_A_TIME : 0;
        size += bytes(entry.path("Source")) + bytes(entry.path("DetailType")) + bytes(entry.path("Detail"));
        for (JsonNode resource : entry.path("Resources")) {
            size += bytes(resource);
        }
        return size;
    }

    private static int bytes(JsonNode text) {
        return text.asText().getBytes(StandardCharsets.UTF_8).length;
    }

    private Optional<Failure> put(ObjectNode entry, String id) {
        if (entriesToFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return Optional.of(new Failure("InternalFailure", "failed (armed by a test)"));
        }
        Optional<Failure> wrong = wrongFields(entry);
        if (wrong.isPresent()) {
            return wrong;
        }
        Optional<ObjectNode> detail = detail(entry);
        if (detail.isEmpty()) {
            return Optional.of(new Failure("MalformedDetail", "Detail is malformed."));
        }
        try {
            delivery.accept(event(entry, id, detail.get()));
            return Optional.empty();
        } catch (RuntimeException notTaken) {
            return Optional.of(new Failure(
                    "InternalFailure", "delivery failed: " + notTaken.getClass().getName()));
        }
    }

    private Optional<Failure> wrongFields(ObjectNode entry) {
        for (String field : List.of("Source", "DetailType", "Detail")) {
            if (entry.path(field).asText().isEmpty()) {
                return invalid(field, field + " is a required argument.");
            }
        }
        Optional<String> unknown = entry.propertyStream()
                .map(Map.Entry::getKey)
                .filter(f -> !ENTRY_FIELDS.contains(f))
                .findFirst();
        if (unknown.isPresent()) {
            return invalid(unknown.get(), "not answered here: add it to EventBridgeStandIn with its contract test");
        }
        if (entry.path("Source").asText().startsWith("aws.")) {
            return Optional.of(new Failure("NotAuthorizedForSource", "Not authorized for the source."));
        }
        if (entry.path("DetailType").asText().length() > LONGEST_DETAIL_TYPE) {
            return invalid("DetailType", "longer than " + LONGEST_DETAIL_TYPE + " characters");
        }
        String bus = entry.path("EventBusName").asText("default");
        if (!buses.contains(bus.substring(bus.lastIndexOf('/') + 1))) {
            return invalid("EventBusName", "Event bus " + bus + " does not exist; there are " + buses);
        }
        return Optional.empty();
    }

    private static Optional<Failure> invalid(String field, String reason) {
        return Optional.of(new Failure("InvalidArgument", "Parameter " + field + " is not valid. Reason: " + reason));
    }

    private static Optional<ObjectNode> detail(ObjectNode entry) {
        try {
            return ExactJson.MAPPER.readTree(entry.path("Detail").asText()) instanceof ObjectNode object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    private ObjectNode event(ObjectNode entry, String id, ObjectNode detail) {
        ObjectNode event = entry.objectNode()
                .put("version", "0")
                .put("id", id)
                .put("detail-type", entry.path("DetailType").asText())
                .put("source", entry.path("Source").asText())
                .put("account", LoopbackAws.ACCOUNT)
                .put("time", time(entry).truncatedTo(ChronoUnit.SECONDS).toString())
                .put("region", LoopbackAws.REGION);
        ArrayNode resources = event.putArray("resources");
        entry.path("Resources").forEach(resource -> resources.add(resource.asText()));
        event.set("detail", detail);
        return event;
    }

    private Instant time(ObjectNode entry) {
        if (!entry.has("Time")) {
            return clock.instant();
        }
        BigDecimal epochSeconds = entry.path("Time").decimalValue();
        return Instant.ofEpochMilli(epochSeconds.movePointRight(3).longValue());
    }
}

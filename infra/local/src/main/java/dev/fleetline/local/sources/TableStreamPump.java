package dev.fleetline.local.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.functions.HostedFunction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.event.ruler.Ruler;

/**
 * Hands the changes of a table to a function, in their order. Its checkpoint moves only past what was done: the first
 * change that failed comes again with all that follow, some times and each time a little later, and then goes to the
 * mapping's dead letters.
 */
public final class TableStreamPump implements Pump {

    private static final Logger LOG = LoggerFactory.getLogger(TableStreamPump.class);
    private static final long FIRST_WAIT_NANOS = 100_000_000L;
    private static final int DOUBLINGS = 6;
    private static final int RECORDS_AT_A_TIME = 100;

    /**
     * What the template says of the mapping.
     *
     * @param patterns of its filter, as JSON text; a change is taken when one of them matches, or when there is none
     * @param attempts how often a failed batch is tried again; negative for as long as it takes
     */
    public record Mapping(String streamArn, int batchSize, List<String> patterns, int attempts) {
        /** Copies the patterns. */
        public Mapping {
            patterns = List.copyOf(patterns);
        }
    }

    /** A part of the stream, and how far it has been read. */
    private static final class Shard {
        private final String id;
        private Optional<String> iterator = Optional.empty();
        private Optional<String> lastRead = Optional.empty();
        private boolean closed;

        Shard(String id) {
            this.id = id;
        }

        boolean isClosed() {
            return closed;
        }
    }

    private final DynamoDbStreamsClient streams;
    private final Mapping mapping;
    private final HostedFunction function;
    private final Consumer<JsonNode> deadLetters;
    private final List<Shard> shards = new ArrayList<>();
    private final Deque<ObjectNode> waiting = new ArrayDeque<>();
    private int failedInARow;
    private long notBeforeNanos = System.nanoTime();

    /** Reads from the stream's beginning. */
    public TableStreamPump(
            DynamoDbStreamsClient streams, Mapping mapping, HostedFunction function, Consumer<JsonNode> deadLetters) {
        this.streams = streams;
        this.mapping = mapping;
        this.function = function;
        this.deadLetters = deadLetters;
    }

    /** Called by one thread. */
    @Override
    public Found round() {
        boolean fetched = waiting.isEmpty() && fetch();
        if (waiting.isEmpty()) {
            return fetched ? Found.WORK : Found.NOTHING;
        }
        if (failedInARow > 0 && System.nanoTime() - notBeforeNanos < 0) {
            return Found.WAITING;
        }
        handOver();
        return Found.WORK;
    }

    private boolean fetch() {
        if (shards.stream().allMatch(Shard::isClosed)) {
            findShards();
        }
        boolean fetched = false;
        for (Shard shard : shards) {
            if (!shard.isClosed()) {
                fetched |= fetch(shard);
            }
        }
        return fetched;
    }

    private boolean fetch(Shard shard) {
        GetRecordsResponse answer;
        try {
            String iterator = shard.iterator.orElseGet(() -> iterator(shard));
            answer = streams.getRecords(
                    request -> request.shardIterator(iterator).limit(RECORDS_AT_A_TIME));
        } catch (TrimmedDataAccessException | ExpiredIteratorException e) {
            // DynamoDB Local says so of an iterator that is older than the shard's first record: the next round asks
            // anew
            shard.iterator = Optional.empty();
            return false;
        }
        for (Record change : answer.records()) {
            shard.lastRead = Optional.of(change.dynamodb().sequenceNumber());
            ObjectNode json = json(change);
            if (isWanted(json)) {
                waiting.add(json);
            }
        }
        shard.iterator = Optional.ofNullable(answer.nextShardIterator());
        shard.closed = shard.iterator.isEmpty();
        return answer.hasRecords() && !answer.records().isEmpty();
    }

    private String iterator(Shard shard) {
        return streams.getShardIterator(request -> {
                    request.streamArn(mapping.streamArn()).shardId(shard.id);
                    if (shard.lastRead.isPresent()) {
                        request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                                .sequenceNumber(shard.lastRead.get());
                    } else {
                        request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
                    }
                })
                .shardIterator();
    }

    private void findShards() {
        streams.describeStream(request -> request.streamArn(mapping.streamArn())).streamDescription().shards().stream()
                .map(software.amazon.awssdk.services.dynamodb.model.Shard::shardId)
                .filter(id -> shards.stream().noneMatch(known -> known.id.equals(id)))
                .toList()
                .forEach(id -> shards.add(new Shard(id)));
    }

    private boolean isWanted(ObjectNode change) {
        return mapping.patterns().isEmpty()
                || mapping.patterns().stream().anyMatch(pattern -> matches(change, pattern));
    }

    private static boolean matches(ObjectNode change, String pattern) {
        try {
            return Ruler.matchesRule(change.toString(), pattern);
        } catch (Exception e) {
            throw new IllegalArgumentException("the filter " + pattern + " cannot be matched: " + e.getMessage(), e);
        }
    }

    private void handOver() {
        List<ObjectNode> batch = waiting.stream().limit(mapping.batchSize()).toList();
        int done = countDone(batch);
        for (int i = 0; i < done; i++) {
            waiting.removeFirst();
        }
        if (done == batch.size()) {
            failedInARow = 0;
            return;
        }
        failedInARow = done > 0 ? 1 : failedInARow + 1;
        notBeforeNanos = System.nanoTime() + (FIRST_WAIT_NANOS << Math.min(failedInARow - 1, DOUBLINGS));
        if (mapping.attempts() >= 0 && failedInARow > mapping.attempts()) {
            ObjectNode givenUp = waiting.removeFirst();
            LOG.error("{} gave up on a change after {} attempts", function.module(), failedInARow);
            deadLetters.accept(givenUp.path("dynamodb").path("Keys"));
            failedInARow = 0;
        }
    }

    private int countDone(List<ObjectNode> batch) {
        ObjectNode event = EdgeJson.JSON.createObjectNode();
        ArrayNode records = event.putArray("Records");
        batch.forEach(records::add);
        try {
            JsonNode failures = function.invoke(event).path("batchItemFailures");
            int done = batch.size();
            for (JsonNode failure : failures) {
                done = Math.min(done, place(failure.path("itemIdentifier").asText(), batch));
            }
            return done;
        } catch (HostedFunction.Failed e) {
            LOG.error("{}; its {} changes will come again", e.getMessage(), batch.size(), e);
            return 0;
        }
    }

    /** An identifier that the batch does not have means, as with Lambda, that all of it failed. */
    private static int place(String sequenceNumber, List<ObjectNode> batch) {
        for (int i = 0; i < batch.size(); i++) {
            if (batch.get(i).path("dynamodb").path("SequenceNumber").asText().equals(sequenceNumber)) {
                return i;
            }
        }
        return 0;
    }

    private ObjectNode json(Record change) {
        ObjectNode json = EdgeJson.JSON
                .createObjectNode()
                .put("eventID", change.eventID())
                .put("eventName", change.eventNameAsString())
                .put("eventVersion", "1.1")
                .put("eventSource", "aws:dynamodb")
                .put("awsRegion", "us-east-1")
                .put("eventSourceARN", mapping.streamArn());
        ObjectNode item = json.putObject("dynamodb")
                .put("SequenceNumber", change.dynamodb().sequenceNumber())
                .put("StreamViewType", change.dynamodb().streamViewTypeAsString());
        item.set("Keys", ItemJson.of(change.dynamodb().keys()));
        if (change.dynamodb().hasNewImage()) {
            item.set("NewImage", ItemJson.of(change.dynamodb().newImage()));
        }
        if (change.dynamodb().hasOldImage()) {
            item.set("OldImage", ItemJson.of(change.dynamodb().oldImage()));
        }
        return json;
    }
}

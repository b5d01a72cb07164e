package dev.fleetline.local.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.functions.HostedFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.event.ruler.Ruler;

/**
 * Reads the changes of a table and hands them to a function in as many lanes as the mapping has: what has one key is in one
 * lane, in its order, and what fails there holds up no other lane.
 */
public final class TableStreamPump implements Pump {

    private static final int RECORDS_AT_A_TIME = 100;
    /** With so many changes in its lanes nothing more is read. */
    private static final int READ_AHEAD = 1_000;

    /**
     * What the template says of the mapping.
     *
     * @param lanes how many batches are under way at a time
     * @param patterns of its filter, as JSON text; a change is taken when one of them matches, or when there is none
     * @param attempts how often a failed batch is tried again; negative for as long as it takes
     */
    public record Mapping(String streamArn, int batchSize, int lanes, List<String> patterns, int attempts) {
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
    private final List<StreamLane> lanes;
    private final List<Shard> shards = new ArrayList<>();
    private String hashKey = "";

    private TableStreamPump(DynamoDbStreamsClient streams, Mapping mapping, List<StreamLane> lanes) {
        this.streams = streams;
        this.mapping = mapping;
        this.lanes = lanes;
    }

    /** The reader, which begins at the stream's beginning, and its lanes. */
    public static List<Pump> of(
            DynamoDbStreamsClient streams, Mapping mapping, HostedFunction function, Consumer<JsonNode> deadLetters) {
        List<StreamLane> lanes = Stream.generate(() -> new StreamLane(mapping, function, deadLetters))
                .limit(mapping.lanes())
                .toList();
        return Stream.concat(Stream.of(new TableStreamPump(streams, mapping, lanes)), lanes.stream())
                .toList();
    }

    /** Called by one thread. */
    @Override
    public Found round() {
        if (waiting() >= READ_AHEAD) {
            return Found.WAITING;
        }
        if (fetch()) {
            return Found.WORK;
        }
        // what a lane has not taken up yet is not done, though the lane has found nothing so far
        return waiting() > 0 ? Found.WAITING : Found.NOTHING;
    }

    private int waiting() {
        return lanes.stream().mapToInt(StreamLane::waiting).sum();
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
                lane(change).add(json);
            }
        }
        shard.iterator = Optional.ofNullable(answer.nextShardIterator());
        shard.closed = shard.iterator.isEmpty();
        return answer.hasRecords() && !answer.records().isEmpty();
    }

    private StreamLane lane(Record change) {
        return lanes.get(Math.floorMod(Objects.hashCode(change.dynamodb().keys().get(hashKey)), lanes.size()));
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
        StreamDescription stream = streams.describeStream(request -> request.streamArn(mapping.streamArn()))
                .streamDescription();
        hashKey = stream.keySchema().stream()
                .filter(key -> key.keyType() == KeyType.HASH)
                .map(KeySchemaElement::attributeName)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a table without a hash key"));
        stream.shards().stream()
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

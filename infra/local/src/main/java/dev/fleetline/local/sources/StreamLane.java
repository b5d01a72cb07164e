package dev.fleetline.local.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.functions.HostedFunction;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the changes of some of a table's keys to a function, in their order. Its checkpoint moves only past what was done:
 * the first change that failed comes again with all that follow, some times and each time a little later, and then goes to
 * the mapping's dead letters.
 */
final class StreamLane implements Pump {

    private static final Logger LOG = LoggerFactory.getLogger(StreamLane.class);
    private static final long FIRST_WAIT_NANOS = 100_000_000L;
    private static final int DOUBLINGS = 6;

    private final TableStreamPump.Mapping mapping;
    private final HostedFunction function;
    private final Consumer<JsonNode> deadLetters;
    private final Deque<ObjectNode> waiting = new ConcurrentLinkedDeque<>();
    private int failedInARow;
    private long notBeforeNanos = System.nanoTime();

    StreamLane(TableStreamPump.Mapping mapping, HostedFunction function, Consumer<JsonNode> deadLetters) {
        this.mapping = mapping;
        this.function = function;
        this.deadLetters = deadLetters;
    }

    /** Called by the stream's reader. */
    void add(ObjectNode change) {
        waiting.add(change);
    }

    int waiting() {
        return waiting.size();
    }

    /** Called by one thread. */
    @Override
    public Found round() {
        if (waiting.isEmpty()) {
            return Found.NOTHING;
        }
        if (failedInARow > 0 && System.nanoTime() - notBeforeNanos < 0) {
            return Found.WAITING;
        }
        handOver();
        return Found.WORK;
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
}

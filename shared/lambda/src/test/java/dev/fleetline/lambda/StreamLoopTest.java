package dev.fleetline.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fleetline.lambda.BatchReply.Failure;
import dev.fleetline.lambda.TableStreamEvent.Change;
import dev.fleetline.lambda.TableStreamEvent.Item;
import dev.fleetline.lambda.Verdict.Again;
import dev.fleetline.lambda.Verdict.Dead;
import dev.fleetline.lambda.Verdict.Done;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamLoopTest {

    private final List<String> dead = new ArrayList<>();
    private final StreamLoop loop = new StreamLoop((body, reason) -> dead.add(body + " " + reason));

    @Test
    void changes_are_worked_through_in_order() {
        List<String> worked = new ArrayList<>();

        BatchReply reply = loop.run(batch(1, 2, 3), change -> {
            worked.add(change.eventId());
            return new Done("fine");
        });

        assertThat(worked).containsExactly("event-1", "event-2", "event-3");
        assertThat(reply.batchItemFailures()).isEmpty();
    }

    @Test
    void the_first_that_must_come_again_ends_the_batch_there() {
        List<String> worked = new ArrayList<>();

        BatchReply reply = loop.run(batch(1, 2, 3), change -> {
            worked.add(change.eventId());
            return change.eventId().equals("event-2") ? new Again("store is busy") : new Done("fine");
        });

        assertThat(worked).containsExactly("event-1", "event-2");
        assertThat(reply.batchItemFailures()).containsExactly(new Failure("sequence-2"));
    }

    @Test
    void an_exception_is_again() {
        BatchReply reply = loop.run(batch(1, 2), _ -> {
            throw new IllegalStateException("store is down");
        });

        assertThat(reply.batchItemFailures()).containsExactly(new Failure("sequence-1"));
    }

    @Test
    void what_will_never_succeed_is_set_aside_by_its_key_and_the_batch_goes_on() {
        BatchReply reply = loop.run(
                batch(1, 2), change -> change.eventId().equals("event-1") ? new Dead("no delivery") : new Done("fine"));

        assertThat(reply.batchItemFailures()).isEmpty();
        assertThat(dead).containsExactly("{\"device\":{\"S\":\"uid#1\"}} no delivery");
    }

    @Test
    void while_the_dead_letter_queue_is_down_the_batch_ends_at_the_dead_one() {
        StreamLoop withoutQueue = new StreamLoop((_, _) -> {
            throw new IllegalStateException("down");
        });

        assertThat(withoutQueue.run(batch(1, 2), _ -> new Dead("no delivery")).batchItemFailures())
                .containsExactly(new Failure("sequence-1"));
    }

    @Test
    void reads_what_lambda_hands_over() throws JsonProcessingException {
        TableStreamEvent event = EdgeJson.JSON.readValue("""
                {"Records":[{"eventID":"e1","eventName":"INSERT","eventVersion":"1.1","awsRegion":"us-east-1",
                  "dynamodb":{"ApproximateCreationDateTime":1772463949,"Keys":{"device":{"S":"uid#1"}},
                    "NewImage":{"device":{"S":"uid#1"},"kind":{"S":"ts.event"}},"SequenceNumber":"111","SizeBytes":26}}]}
                """, TableStreamEvent.class);

        Change change = event.changes().getFirst();
        assertThat(change.eventId()).isEqualTo("e1");
        assertThat(change.eventName()).isEqualTo("INSERT");
        assertThat(change.dynamodb().sequenceNumber()).isEqualTo("111");
        assertThat(change.dynamodb().newImage().at("/kind/S").asText()).isEqualTo("ts.event");
    }

    private static TableStreamEvent batch(int... numbers) {
        List<Change> changes = new ArrayList<>();
        for (int number : numbers) {
            var keys = JsonNodeFactory.instance.objectNode();
            keys.putObject("device").put("S", "uid#" + number);
            changes.add(new Change("event-" + number, "INSERT", new Item("sequence-" + number, keys, keys)));
        }
        return new TableStreamEvent(changes);
    }
}

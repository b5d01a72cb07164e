package dev.fleetline.callbackprocessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.callback.Deliveries;
import dev.fleetline.callback.Hearing;
import dev.fleetline.callback.Hearing.Heard;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.StreamLoop;
import dev.fleetline.testing.InMemoryHearing;
import dev.fleetline.testing.Invocation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallbackProcessorHandlerTest {

    private static final Instant AT = Instant.parse("2026-03-02T16:05:26Z");

    private final Fleet fleet = new Fleet().hasTracker(Fleet.activating());
    private final InMemoryHearing hearing = new InMemoryHearing();
    private final List<String> deadLetters = new ArrayList<>();
    private final ObjectNode batch = EdgeJson.JSON.createObjectNode();
    private final ArrayNode records = batch.putArray("Records");

    private final CallbackProcessorHandler handler = new CallbackProcessorHandler(
            new StreamLoop((body, reason) -> deadLetters.add(reason)),
            image -> {
                if (!image.has("payload")) {
                    throw new IllegalArgumentException("it has no payload");
                }
                var delivery =
                        Deliveries.streamed(image.path("payload").path("S").textValue(), AT);
                fleet.inbox.put(delivery);
                return delivery;
            },
            fleet.applyDelivery,
            new NoteHearing(hearing));

    @Test
    void each_new_delivery_is_applied_and_a_bad_one_does_not_stop_the_batch() {
        insert("1", Fleet.sample("event.json"));
        insert("2", "not json");
        insert("3", Fleet.report("e7", AT, "\"battery\":\"8\"").replace("f001", "f999"));
        insert("4", Fleet.sample("event-battery-low.json"));

        assertThat(send()).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(fleet.bus.detailTypes())
                .containsExactly("DeviceActivated", "CallbackQuarantined", "CallbackQuarantined", "DeviceAlertRaised");
    }

    @Test
    void that_a_source_was_heard_is_noted_whatever_became_of_what_it_said() {
        insert("1", "not json");

        send();

        assertThat(hearing.of("stream")).contains(Heard.forTheFirstTime(AT));
    }

    @Test
    void what_was_fetched_says_of_nobody_that_he_was_heard() {
        new NoteHearing(hearing).of(Deliveries.streamed("not json", AT).asked());

        assertThat(hearing.of("stream")).isEmpty();
        assertThat(hearing.of("asked")).isEmpty();
    }

    @Test
    void what_was_not_noted_keeps_no_delivery_from_being_applied() {
        var note = new NoteHearing(new Hearing() {
            @Override
            public void heard(String source, Instant at) {
                throw new IllegalStateException("the table is down");
            }

            @Override
            public Optional<Heard> of(String source) {
                return Optional.empty();
            }

            @Override
            public void forget(String source) {
                throw new IllegalStateException("the table is down");
            }
        });

        assertThatCode(() -> note.of(Deliveries.streamed("not json", AT))).doesNotThrowAnyException();
    }

    @Test
    void what_is_no_new_delivery_is_passed_over() {
        insert("1", Fleet.sample("event.json"));
        ((ObjectNode) records.get(0)).put("eventName", "MODIFY");
        ObjectNode removed = records.addObject().put("eventID", "id-2").put("eventName", "REMOVE");
        removed.putObject("dynamodb").put("SequenceNumber", "2").putObject("Keys");

        assertThat(send()).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(fleet.store.deliveries()).isEmpty();
    }

    @Test
    void a_store_that_is_down_brings_the_batch_back_from_that_record_on() {
        insert("1", Fleet.sample("event.json"));
        insert("2", Fleet.sample("event-battery-low.json"));
        boolean[] down = {true};
        fleet.store.onEffect(effect -> {
            if (down[0] && effect.equals("write alert:before")) {
                throw new IllegalStateException("the store is down");
            }
        });

        assertThat(send()).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"2\"}]}");
        down[0] = false;
        assertThat(send()).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(fleet.bus.published("DeviceAlertRaised")).hasSize(1);
    }

    @Test
    void an_item_that_is_no_delivery_goes_to_the_dead_letters_and_the_batch_goes_on() {
        ObjectNode item = records.addObject().put("eventID", "id-1").put("eventName", "INSERT");
        ObjectNode stored = item.putObject("dynamodb").put("SequenceNumber", "1");
        stored.putObject("Keys");
        stored.putObject("NewImage").putObject("other").put("S", "x");
        insert("2", Fleet.sample("event.json"));

        assertThat(send()).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(deadLetters).singleElement().asString().contains("no payload");
        assertThat(fleet.bus.detailTypes()).containsExactly("DeviceActivated");
    }

    private void insert(String sequenceNumber, String payload) {
        ObjectNode item =
                records.addObject().put("eventID", "id-" + sequenceNumber).put("eventName", "INSERT");
        ObjectNode stored = item.putObject("dynamodb").put("SequenceNumber", sequenceNumber);
        stored.putObject("Keys").putObject("device").put("S", "key");
        stored.putObject("NewImage").putObject("payload").put("S", payload);
    }

    private String send() {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            handler.handleRequest(
                    new ByteArrayInputStream(EdgeJson.JSON.writeValueAsBytes(batch)), out, Invocation.withLeft(30_000));
            JsonNode reply = EdgeJson.JSON.readTree(out.toByteArray());
            return reply.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

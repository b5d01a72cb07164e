package dev.fleetline.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** What a bus takes, refuses and delivers, as the real SDK client sees it. */
class EventBridgeStandInIT {

    private static final String BUS = "fleetline-test";

    private final List<JsonNode> delivered = new CopyOnWriteArrayList<>();
    private final AtomicLong ids = new AtomicLong();
    private final EventBridgeStandIn standIn = EventBridgeStandIn.start(
            InstantSource.fixed(Instant.parse("2026-03-02T15:00:00.250Z")),
            () -> new UUID(0, ids.incrementAndGet()),
            Set.of(BUS),
            delivered::add);
    private final EventBridgeClient client = LoopbackAws.aim(EventBridgeClient.builder(), standIn.endpoint())
            .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();

    @AfterEach
    void stop() {
        client.close();
        standIn.close();
    }

    @Test
    void an_event_is_delivered_as_eventbridge_would_deliver_it() throws JsonProcessingException {
        PutEventsResponse answer = put(entry("{\"imei\":\"999999000000014\",\"battery\":8.10}"));

        assertThat(answer.failedEntryCount()).isZero();
        assertThat(answer.entries())
                .extracting(PutEventsResultEntry::eventId)
                .containsExactly("00000000-0000-0000-0000-000000000001");
        assertThat(delivered).hasSize(1);
        assertThat(delivered.getFirst().toString()).contains("8.10");
        assertThat(delivered.getFirst()).isEqualTo(ExactJson.MAPPER.readTree("""
                {"version": "0", "id": "00000000-0000-0000-0000-000000000001", "detail-type": "DeviceActivated",
                 "source": "fleetline.device-onboarding", "account": "000000000000", "time": "2026-03-02T15:00:00Z",
                 "region": "us-east-1", "resources": [],
                 "detail": {"imei": "999999000000014", "battery": 8.10}}"""));
    }

    @Test
    void an_entry_may_bring_its_own_time_and_resources_and_name_the_bus_by_its_arn() {
        put(entry("{}").toBuilder()
                .eventBusName("arn:aws:events:us-east-1:000000000000:event-bus/" + BUS)
                .time(Instant.parse("2026-03-01T08:09:10.999Z"))
                .resources("device/1")
                .build());

        assertThat(delivered.getFirst().path("time").asText()).isEqualTo("2026-03-01T08:09:10Z");
        assertThat(delivered.getFirst().path("resources").path(0).asText()).isEqualTo("device/1");
    }

    @Test
    void a_bad_entry_fails_alone() {
        PutEventsResponse answer = put(
                entry("{\"n\":1}"),
                entry("{not json"),
                entry("[1]"),
                entry("{} trailing"),
                entry("{}").toBuilder().source("").build(),
                entry("{}").toBuilder().source("aws.ec2").build(),
                entry("{}").toBuilder().eventBusName("another").build(),
                entry("{}").toBuilder().detailType("x".repeat(129)).build(),
                entry("{\"n\":2}"));

        assertThat(answer.failedEntryCount()).isEqualTo(7);
        assertThat(answer.entries())
                .extracting(PutEventsResultEntry::errorCode)
                .containsExactly(
                        null,
                        "MalformedDetail",
                        "MalformedDetail",
                        "MalformedDetail",
                        "InvalidArgument",
                        "NotAuthorizedForSource",
                        "InvalidArgument",
                        "InvalidArgument",
                        null);
        assertThat(delivered)
                .extracting(event -> event.path("detail").path("n").asInt())
                .containsExactly(1, 2);
    }

    @Test
    void single_entries_fail_as_armed_and_the_rest_of_the_call_is_delivered() {
        standIn.failEntries(2);

        PutEventsResponse answer = put(entry("{\"n\":1}"), entry("{\"n\":2}"), entry("{\"n\":3}"));

        assertThat(answer.failedEntryCount()).isEqualTo(2);
        assertThat(answer.entries())
                .extracting(PutEventsResultEntry::errorCode)
                .containsExactly("InternalFailure", "InternalFailure", null);
        assertThat(delivered)
                .extracting(event -> event.path("detail").path("n").asInt())
                .containsExactly(3);
        assertThat(put(entry("{}")).failedEntryCount()).isZero();
    }

    @Test
    void a_whole_call_fails_as_armed_and_delivers_nothing() {
        standIn.failNext(1);

        assertThatThrownBy(() -> put(entry("{}")))
                .isInstanceOfSatisfying(EventBridgeException.class, e -> assertThat(e.statusCode())
                        .isEqualTo(500));
        assertThat(delivered).isEmpty();
        put(entry("{}"));
        assertThat(delivered).hasSize(1);
    }

    @Test
    void an_answer_can_be_lost_after_the_events_were_delivered() {
        standIn.failNext(1, Fault.ANSWER_LOST);

        assertThatThrownBy(() -> put(entry("{}"))).isInstanceOf(EventBridgeException.class);
        assertThat(delivered).hasSize(1);
    }

    @Test
    void more_than_ten_entries_are_refused_whole() {
        var eleven = Collections.nCopies(11, entry("{}")).toArray(PutEventsRequestEntry[]::new);

        assertThatThrownBy(() -> put(eleven)).isInstanceOfSatisfying(EventBridgeException.class, e -> assertThat(
                        e.awsErrorDetails().errorCode())
                .isEqualTo("ValidationException"));
        assertThat(delivered).isEmpty();
    }

    @Test
    void more_than_256_kib_are_refused_whole_and_exactly_as_much_is_taken() {
        int frame = "fleetline.device-onboarding".length() + "DeviceActivated".length() + "{\"x\":\"\"}".length();
        String fits = "{\"x\":\"" + "y".repeat(256 * 1024 - frame) + "\"}";
        String over = "{\"x\":\"" + "y".repeat(256 * 1024 - frame + 1) + "\"}";

        assertThat(put(entry(fits)).failedEntryCount()).isZero();
        assertThatThrownBy(() -> put(entry(over)))
                .isInstanceOf(EventBridgeException.class)
                .hasMessageContaining("over the limit");
    }

    @Test
    void an_operation_that_nobody_uses_is_refused_by_name() {
        assertThatThrownBy(() -> client.createEventBus(r -> r.name("another")))
                .hasMessageContaining("UnsupportedOperation: CreateEventBus")
                .hasMessageContaining("add it to EventBridgeStandIn");
    }

    @Test
    void a_client_of_another_service_is_told_so() {
        try (var secrets = SecretsManagerStandIn.start(InstantSource.system());
                var misled = LoopbackAws.aim(EventBridgeClient.builder(), secrets.endpoint())
                        .build()) {
            assertThatThrownBy(() -> misled.putEvents(r -> r.entries(entry("{}"))))
                    .hasMessageContaining("is the client of another service aimed at this endpoint?");
        }
    }

    private PutEventsResponse put(PutEventsRequestEntry... entries) {
        return client.putEvents(r -> r.entries(entries));
    }

    private static PutEventsRequestEntry entry(String detail) {
        return PutEventsRequestEntry.builder()
                .eventBusName(BUS)
                .source("fleetline.device-onboarding")
                .detailType("DeviceActivated")
                .detail(detail)
                .build();
    }
}

package dev.fleetline.callback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.callback.Delivery.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveriesTest {

    private static final Instant NOW = Instant.parse("2026-03-02T16:06:00Z");
    private static final String UID = "d0c1e0a1-0000-6abc-f001-0123456789ab";

    private static final String EVENT = """
            {"kind":"ts.event","action":"create","data":{"kind":"ts.event","deviceid":"%s","id":"e1","versionid":"v1",
             "createdon":"2026-03-02T16:05:26Z","lastupdated":"2026-03-02T16:05:49.786Z","fields":{"battery":"8"}}}
            """.formatted(UID);

    @Test
    void an_event_is_kept_under_its_device_and_its_own_time() {
        Delivery delivery = Deliveries.streamed(EVENT, NOW);

        assertThat(delivery.id().device()).isEqualTo("uid#" + UID);
        assertThat(delivery.id().eventTime()).contains(Instant.parse("2026-03-02T16:05:26Z"));
        assertThat(delivery.source()).isEqualTo("stream");
        assertThat(delivery.kind()).isEqualTo("ts.event");
        assertThat(delivery.status()).isEqualTo(new Status.Received());
        assertThat(delivery.payload()).isEqualTo(EVENT);
    }

    @Test
    void the_same_event_is_the_same_delivery_however_it_is_written_and_whenever_it_comes() {
        assertThat(Deliveries.streamed(EVENT.replace(",", " ,\n"), NOW.plusSeconds(60))
                        .id())
                .isEqualTo(Deliveries.streamed(EVENT, NOW).id());
        assertThat(Deliveries.streamed(EVENT.replace(UID, UID.toUpperCase(java.util.Locale.ROOT)), NOW)
                        .id())
                .isEqualTo(Deliveries.streamed(EVENT, NOW).id());
    }

    @Test
    void another_version_of_an_event_is_another_delivery() {
        assertThat(Deliveries.streamed(EVENT.replace("v1", "v2"), NOW).id())
                .isNotEqualTo(Deliveries.streamed(EVENT, NOW).id());
    }

    @Test
    void what_has_no_ids_is_told_apart_by_what_it_says() {
        String first = "{\"kind\":\"ts.event\",\"data\":{\"fields\":{\"battery\":\"8\"}}}";
        String second = first.replace("8", "9");

        assertThat(Deliveries.streamed(first, NOW).id())
                .isEqualTo(Deliveries.streamed(first, NOW).id());
        assertThat(Deliveries.streamed(first, NOW).id())
                .isNotEqualTo(Deliveries.streamed(second, NOW).id());
        assertThat(Deliveries.streamed(first, NOW).id().device()).startsWith("unknown#");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
                    `` , NOT_AN_OBJECT
                    not json , NOT_JSON
                    `[1,2]` , NOT_AN_OBJECT
                    `"ts.event"` , NOT_AN_OBJECT
                    `{"kind":"ts.event"` , NOT_JSON
                    `{"kind":"ts.event"} {}` , NOT_JSON
                    `{"kind":"a","kind":"b"}` , NOT_JSON
                    `{"data":{"fields":{"battery":1,"battery":2}}}` , NOT_JSON
                    `{"data":{"battery":1e400}}` , NUMBER_OUT_OF_RANGE
                    `{"data":{"battery":-1e999999999}}` , NUMBER_OUT_OF_RANGE
                    `{"data":{"battery":1e99999999999}}` , NUMBER_OUT_OF_RANGE
                    `{"data":{"battery":NaN}}` , NOT_JSON
                    `{"kind":"ts.\\u0000event"}` , NUL_CHARACTER
                    `{"data":{"a\\u0000":["x"]}}` , NUL_CHARACTER
                    """)
    void what_cannot_be_read_is_kept_as_it_came_with_the_reason(String body, String reason) {
        Delivery delivery = Deliveries.streamed(body, NOW);

        assertThat(delivery.status())
                .isInstanceOfSatisfying(Status.Quarantined.class, quarantined -> assertThat(quarantined.reason())
                        .isEqualTo(reason));
        assertThat(delivery.payload()).isEqualTo(body);
        assertThat(delivery.kind()).isEqualTo("unreadable");
    }

    @Test
    void a_body_nested_too_deep_or_with_an_endless_number_is_set_aside() {
        assertThat(reason("{\"data\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}"))
                .isEqualTo("BEYOND_BOUNDS");
        assertThat(reason("{\"data\":" + "9".repeat(50_000) + "}")).isEqualTo("BEYOND_BOUNDS");
        assertThat(reason("{\"kind\":\"" + "k".repeat(201) + "\"}")).isEqualTo("KIND_TOO_LONG");
        assertThat(reason("{\"data\":\"\0\"}")).isEqualTo("NOT_JSON");
    }

    @Test
    void the_reason_does_not_quote_the_body() {
        var status = (Status.Quarantined)
                Deliveries.streamed("{\"key\": secret-99}", NOW).status();

        assertThat(status.error()).contains("line 1").doesNotContain("secret");
    }

    @Test
    void the_whole_message_is_there_as_plain_values() {
        Delivery delivery = Deliveries.streamed("{\"kind\":\"x\",\"n\":1,\"list\":[{\"a\":true}]}", NOW);

        assertThat(Deliveries.message(delivery))
                .isEqualTo(Map.of("kind", "x", "n", 1, "list", List.of(Map.of("a", true))));
        assertThat(Deliveries.message(Deliveries.streamed("no JSON", NOW))).isEmpty();
    }

    @Test
    void a_message_without_a_kind_is_unknown() {
        assertThat(Deliveries.streamed("{\"kind\":7,\"data\":{\"kind\":\" \"}}", NOW)
                        .kind())
                .isEqualTo("unknown");
    }

    @Test
    void data_comes_as_plain_maps() {
        Optional<Map<String, Object>> data = Deliveries.data(Deliveries.streamed(EVENT, NOW));

        assertThat(data.orElseThrow()).containsEntry("deviceid", UID).containsEntry("fields", Map.of("battery", "8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"data\":[]}", "{\"data\":null}", "{\"data\":\"x\"}", "nonsense"})
    void what_has_no_data_gives_none(String body) {
        assertThat(Deliveries.data(Deliveries.streamed(body, NOW))).isEmpty();
    }

    @Test
    void a_service_s_callback_is_kept_without_its_credentials() {
        Delivery delivery = Deliveries.calledBack("CarrierService", bytes("""
                {"username":"someone","Password":"hidden","requestId":"r1","nested":[{"password":"hidden"}]}
                """), NOW);

        assertThat(delivery.source()).isEqualTo("callback/CarrierService");
        assertThat(delivery.kind()).isEqualTo("CarrierService");
        assertThat(delivery.status()).isEqualTo(new Status.Received());
        assertThat(delivery.payload()).isEqualTo("{\"requestId\":\"r1\",\"nested\":[{}]}");
    }

    @Test
    void a_service_s_callback_that_cannot_be_read_is_noted_and_its_text_is_not_kept() {
        Delivery delivery = Deliveries.calledBack("CarrierService", bytes("{\"password\":\"hidden\""), NOW);

        assertThat(delivery.status()).isInstanceOf(Status.Quarantined.class);
        assertThat(delivery.payload()).isEmpty();
    }

    private static String reason(String body) {
        return ((Status.Quarantined) Deliveries.streamed(body, NOW).status()).reason();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}

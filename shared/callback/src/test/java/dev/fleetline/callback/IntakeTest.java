package dev.fleetline.callback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.callback.Delivery.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeTest {

    private static final Instant NOW = Instant.parse("2026-03-02T16:06:00Z");
    private static final String UID = "d0c1e0a1-0000-6abc-f001-0123456789ab";
    private static final Intake INTAKE = new Intake(Optional.of("0999000001-00001"), 20);

    @Test
    void one_event_is_kept_as_it_was_sent() {
        String body = message("v1") + "\n";

        assertThat(streamed(body)).singleElement().satisfies(delivery -> {
            assertThat(delivery.payload()).isEqualTo(message("v1"));
            assertThat(delivery.id())
                    .isEqualTo(Deliveries.streamed(message("v1"), NOW).id());
        });
    }

    @Test
    void an_array_lines_and_a_list_under_data_are_the_same_events_each_by_itself() {
        List<Delivery> alone = List.of("v1", "v2", "v3").stream()
                .map(version -> Deliveries.streamed(message(version), NOW))
                .toList();

        for (String body : List.of(
                "[" + message("v1") + ",\n " + message("v2") + "," + message("v3") + "]",
                message("v1") + "\n" + message("v2") + "\r\n\n" + message("v3") + "\n",
                "{\"action\":\"create\", \"kind\" : \"ts.event\",\"data\": [" + event("v1") + "," + event("v2") + ","
                        + event("v3") + "]}",
                "[" + event("v1") + "," + event("v2") + "," + event("v3") + "]")) {
            assertThat(streamed(body))
                    .as(body)
                    .extracting(Delivery::id)
                    .containsExactlyElementsOf(alone.stream().map(Delivery::id).toList());
            assertThat(streamed(body)).allSatisfy(delivery -> assertThat(Deliveries.data(delivery))
                    .hasValueSatisfying(data -> assertThat(data).containsEntry("deviceid", UID)));
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            nonsense                | NOT_JSON
            `{"a":1,"a":2}`         | NOT_JSON
            `{"a":1e400}`           | NUMBER_OUT_OF_RANGE
            `{"a":"\\u0000"}`       | NUL_CHARACTER
            `{"a":"\\ud800"}`       | HALF_CHARACTER
            `["nested"]`            | NOT_AN_OBJECT
            7                       | NOT_AN_OBJECT
            `{"a":"]},{[\\""} x`    | NOT_JSON
            """)
    void a_bad_neighbour_is_set_aside_by_itself(String bad, String reason) {
        assertThat(streamed("[" + message("v1") + "," + bad + "," + message("v2") + "]"))
                .satisfiesExactly(
                        IntakeTest::isReceived, delivery -> isSetAside(delivery, reason), IntakeTest::isReceived);
    }

    @Test
    void an_empty_place_in_an_array_holds_nothing() {
        assertThat(streamed("[" + message("v1") + ", ," + message("v2") + ",]"))
                .satisfiesExactly(IntakeTest::isReceived, IntakeTest::isReceived);
    }

    @Test
    void a_comma_that_is_missing_takes_nobody_with_it() {
        for (String body : List.of(
                "[" + message("v1") + " " + message("v2") + message("v3") + "," + message("v4") + "]",
                "{\"kind\":\"ts.event\",\"data\":[" + event("v1") + event("v2") + " " + event("v3") + "," + event("v4")
                        + "]}")) {
            assertThat(streamed(body)).hasSize(4).allSatisfy(IntakeTest::isReceived);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"ts.event\",\"data\":{",
                "{\"kind\":\"ts.event\",\"data\":[",
                "{\"kind\":\"ts.event",
                "{\"data\":{\"a\":1}",
                "{\"data\":{\"a\":1}}}",
                "{\"a\":[1,2}}",
                "{\"a\":\"x",
                "[[",
                "}",
                "]"
            })
    void a_bracket_or_a_quote_too_many_or_too_few_takes_no_neighbour_with_it(String broken) {
        for (String body : List.of(
                "[" + message("v1") + "," + broken + "," + message("v2") + ",\n" + message("v3") + "]",
                "{\"kind\":\"ts.event\",\"data\":[" + event("v1") + "," + broken + "," + event("v2") + "," + event("v3")
                        + "],\"action\":\"create\"}",
                message("v1") + "\n" + broken + "\n" + message("v2") + "\n" + message("v3"))) {
            assertThat(received(body)).as(body).containsExactlyElementsOf(versions("v1", "v2", "v3"));
        }
    }

    @Test
    void of_a_data_array_that_was_cut_off_every_whole_event_is_kept() {
        String cut = "{\"kind\":\"ts.event\",\"action\":\"create\",\"data\":[" + event("v1") + "," + event("v2") + ","
                + event("v3") + "]";

        assertThat(streamed(cut)).allSatisfy(IntakeTest::isReceived);
        assertThat(received(cut)).containsExactlyElementsOf(versions("v1", "v2", "v3"));
        assertThat(streamed(cut.substring(0, cut.length() - 9)))
                .satisfiesExactly(
                        IntakeTest::isReceived, IntakeTest::isReceived, delivery -> isSetAside(delivery, "NOT_JSON"));
        assertThat(received("[nonsense," + cut + "," + message("v4") + "]"))
                .containsExactlyElementsOf(versions("v1", "v2", "v3", "v4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"n\":1e400", "\"n\":\"\\u0000\"", "\"n\":1,\"n\":2", "\"n\":tru"})
    void what_stands_round_a_data_array_spoils_no_event(String beside) {
        assertThat(streamed("{\"data\":[" + event("v1") + "," + event("v2") + "]," + beside + "}"))
                .satisfiesExactly(IntakeTest::isReceived, IntakeTest::isReceived);
        assertThat(streamed("{\"data\":[" + event("v1") + "],\"n\":\"" + "x".repeat(5_000) + "\"}"))
                .singleElement()
                .satisfies(IntakeTest::isReceived);
    }

    @Test
    void what_an_event_needs_of_what_stands_round_it_stays_with_it() {
        String body = "{\"kind\":\"ts.event\",\"accountName\":\"0999000002-00001\",\"data\":[{\"fields\":{}}]}";

        assertThat(streamed(body)).singleElement().satisfies(delivery -> {
            assertThat(delivery.kind()).isEqualTo("ts.event");
            isSetAside(delivery, "OTHER_ACCOUNT");
        });
    }

    @Test
    void a_long_envelope_round_thousands_of_events_is_not_copied_into_each() {
        String body = "{\"x\":\"€" + "k".repeat(4_050) + "\",\"data\":["
                + String.join(",", Collections.nCopies(80_000, "{}")) + "]}";

        assertThat(streamed(body)).singleElement().satisfies(delivery -> isSetAside(delivery, "TOO_MANY_EVENTS"));
        assertThat(new Intake(Optional.empty(), Integer.MAX_VALUE).streamed(body.getBytes(UTF_8), NOW))
                .hasSize(80_000);
    }

    @Test
    void a_list_of_what_is_no_object_is_a_message_s_own_affair() {
        assertThat(streamed("{\"kind\":\"ts.else\",\"data\":[1,2]}"))
                .singleElement()
                .extracting(Delivery::kind)
                .isEqualTo("ts.else");
    }

    @Test
    void an_event_on_many_lines_stands_beside_one_on_a_line() {
        String onManyLines = message("v1").replace(",", ",\n  ").replace("{", "{\n  ");

        assertThat(received(onManyLines + "\n" + message("v2") + message("v3")))
                .containsExactlyElementsOf(versions("v1", "v2", "v3"));
        assertThat(received(cutOff("v1", "v2") + "\n" + cutOff("v3", "v4") + "\n" + message("v5")))
                .containsExactlyElementsOf(versions("v1", "v2", "v3", "v4", "v5"));
        assertThat(streamed(onManyLines.substring(0, 70) + "\n" + message("v2")))
                .satisfiesExactly(delivery -> isSetAside(delivery, "NOT_JSON"), IntakeTest::isReceived);
    }

    @Test
    void a_password_on_another_line_than_its_name_is_not_kept() {
        assertThat(streamed("{\"kind\":\"x\",\"password\":\n\"hunter2-secret\"}}\n" + message("v1")))
                .satisfiesExactly(delivery -> assertThat(delivery.payload()).isEmpty(), IntakeTest::isReceived);
    }

    @Test
    void a_mark_of_the_byte_order_is_no_part_of_a_message() {
        assertThat(received("\ufeff" + message("v1") + "\n" + message("v2")))
                .containsExactlyElementsOf(versions("v1", "v2"));
        assertThat(INTAKE.calledBack("NiddService", "\ufeff{}".getBytes(UTF_8), NOW))
                .singleElement()
                .satisfies(arrival -> isReceived(arrival.delivery()));
    }

    @Test
    void a_text_in_another_encoding_takes_no_neighbour_with_it() {
        String body = message("v1") + "\n{\"name\":\"café\"}\n" + message("v2");

        assertThat(INTAKE.streamed(body.getBytes(ISO_8859_1), NOW))
                .extracting(Arrival::delivery)
                .satisfiesExactly(
                        IntakeTest::isReceived, delivery -> isSetAside(delivery, "NOT_UTF8"), IntakeTest::isReceived);
    }

    @Test
    void what_opens_an_object_twenty_thousand_times_and_closes_none_is_not_read_as_often() {
        byte[] body = ("[1" + ",{\"a\":[1".repeat(20_000)).getBytes(UTF_8);

        assertThat(new Intake(Optional.empty(), Integer.MAX_VALUE).streamed(body, NOW))
                .hasSizeBetween(2, 1_000)
                .noneMatch(arrival -> arrival.delivery().status() instanceof Status.Received);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\u0000", "é\\ud83d"})
    void what_a_service_says_and_cannot_be_applied_is_kept_without_its_login_under_its_device(String text) {
        String body =
                "{\"username\":\"u\",\"password\":\"secret\",\"msid\":\"5550100014\",\"imei\":\"999999000000014\","
                        + "\"info\":\"" + text + "\"}";

        assertThat(INTAKE.calledBack("Location", body.getBytes(UTF_8), NOW))
                .singleElement()
                .extracting(Arrival::delivery)
                .satisfies(delivery -> {
                    assertThat(delivery.status()).isInstanceOf(Status.Quarantined.class);
                    assertThat(delivery.id().device()).isEqualTo("imei#999999000000014");
                    assertThat(delivery.payload()).contains("5550100014", text).doesNotContain("secret", "username");
                });
    }

    @Test
    void what_a_service_says_and_cannot_be_read_is_kept_when_no_login_can_be_in_it() {
        assertThat(INTAKE.calledBack("Location", "{\"msid\":\"5550100014\"".getBytes(UTF_8), NOW))
                .singleElement()
                .satisfies(arrival -> assertThat(arrival.delivery().payload()).isEqualTo("{\"msid\":\"5550100014\""));
    }

    @Test
    void what_cannot_be_applied_now_stands_beside_the_place_of_the_same_message_applied() {
        byte[] body = message("v1").replace("\"8\"", "\"\\u0000\"").getBytes(UTF_8);

        Delivery setAside = INTAKE.streamed(body, NOW).getFirst().delivery();

        assertThat(setAside.id().device()).isEqualTo("uid#" + UID);
        assertThat(setAside.id())
                .isNotEqualTo(Deliveries.streamed(message("v1"), NOW).id());
        assertThat(setAside.id())
                .isEqualTo(INTAKE.streamed(body, NOW.plusSeconds(86_400))
                        .getFirst()
                        .delivery()
                        .id());
    }

    @Test
    void a_message_that_says_when_it_happened_is_the_same_one_whenever_it_comes() {
        byte[] reachable = reachable("2026-03-02T16:00:00Z");
        Arrival first = INTAKE.calledBack("DiagnosticsService", reachable, NOW).getFirst();

        assertThat(first.before()).isEmpty();
        assertThat(first.delivery().id().eventTime()).contains(Instant.parse("2026-03-02T16:00:00Z"));
        assertThat(INTAKE.calledBack("DiagnosticsService", reachable, NOW.plusSeconds(7_200))
                        .getFirst()
                        .delivery()
                        .id())
                .isEqualTo(first.delivery().id());
        assertThat(INTAKE.calledBack("DiagnosticsService", reachable("2026-03-02T16:00:01Z"), NOW)
                        .getFirst()
                        .delivery()
                        .id())
                .isNotEqualTo(first.delivery().id());
    }

    private static byte[] reachable(String at) {
        return ("{\"deviceIds\":[{\"id\":\"999999000000014\",\"kind\":\"imei\"}],\"deviceResponse\":"
                        + "{\"reachabilityResponse\":{\"reachable\":true,\"occurredAt\":\"" + at + "\"}}}")
                .getBytes(UTF_8);
    }

    @Test
    void a_bad_line_is_set_aside_by_itself_wherever_it_stands() {
        assertThat(streamed("{\"bad\":\n" + message("v1") + "\n" + message("v2").substring(0, 40)))
                .satisfiesExactly(
                        delivery -> isSetAside(delivery, "NOT_JSON"),
                        IntakeTest::isReceived,
                        delivery -> isSetAside(delivery, "NOT_JSON"));
    }

    @Test
    void of_a_body_that_was_cut_off_the_last_event_alone_is_missing() {
        String whole = "[" + message("v1") + "," + message("v2") + "]";

        assertThat(streamed(whole.substring(0, whole.length() - 7)))
                .satisfiesExactly(IntakeTest::isReceived, delivery -> isSetAside(delivery, "NOT_JSON"));
    }

    @Test
    void a_neighbour_that_is_nested_a_thousand_levels_deep_takes_nobody_with_it() {
        String deep = "{\"data\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}";

        assertThat(streamed("[" + deep + "," + message("v1") + "]"))
                .satisfiesExactly(delivery -> isSetAside(delivery, "BEYOND_BOUNDS"), IntakeTest::isReceived);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[ \n]", "{\"kind\":\"ts.event\",\"data\":[]}"})
    void a_list_with_nothing_in_it_is_noted(String body) {
        assertThat(streamed(body)).singleElement().satisfies(delivery -> isSetAside(delivery, "NO_EVENTS"));
    }

    @Test
    void an_event_on_many_lines_is_one() {
        assertThat(streamed(message("v1").replace(",", ",\n").replace("{", "{\n")))
                .singleElement()
                .satisfies(IntakeTest::isReceived);
    }

    @Test
    void more_events_than_are_taken_apart_are_kept_whole_and_can_be_taken_apart_later() {
        for (String between : List.of(",", "\n")) {
            String events =
                    IntStream.range(0, 21).mapToObj(n -> message("v" + n)).collect(joining(between));
            String body = between.equals(",") ? "[" + events + "]" : events;

            List<Delivery> kept = streamed(body);

            assertThat(kept).singleElement().satisfies(delivery -> {
                isSetAside(delivery, "TOO_MANY_EVENTS");
                assertThat(delivery.payload()).isEqualTo(body);
            });
            assertThat(INTAKE.takenApart(kept.getFirst()))
                    .extracting(arrival -> arrival.delivery().id())
                    .isEqualTo(IntStream.range(0, 21)
                            .mapToObj(n ->
                                    Deliveries.streamed(message("v" + n), NOW).id())
                            .toList());
        }
    }

    @Test
    void a_byte_of_another_encoding_in_a_body_that_was_kept_whole_spoils_its_own_event_alone() {
        String events = IntStream.range(0, 21).mapToObj(n -> message("v" + n)).collect(joining(","));
        byte[] body = ("[{\"name\":\"café\"}," + events + "]").getBytes(ISO_8859_1);

        Delivery whole = INTAKE.streamed(body, NOW).getFirst().delivery();

        isSetAside(whole, "TOO_MANY_EVENTS");
        assertThat(INTAKE.takenApart(whole))
                .isEqualTo(new Intake(Optional.of("0999000001-00001"), 22).streamed(body, NOW))
                .filteredOn(arrival -> arrival.delivery().status() instanceof Status.Received)
                .hasSize(21);
    }

    @Test
    void an_event_that_its_sender_wrote_in_base64_is_no_event_when_it_is_read_again_either() {
        String encoded = Base64.getEncoder().encodeToString(message("v1").getBytes(UTF_8));

        Delivery aside = streamed(encoded).getFirst();

        isSetAside(aside, "NOT_JSON");
        assertThat(INTAKE.takenApart(aside))
                .singleElement()
                .satisfies(again -> isSetAside(again.delivery(), "NOT_JSON"));
    }

    @Test
    void what_is_kept_whole_because_it_may_hold_a_login_loses_no_event_beside_a_broken_one() {
        String events = IntStream.range(0, 21).mapToObj(n -> event("v" + n)).collect(joining(","));
        String broken = "{\"name\":\"password\",\"name\":\"twice\"}";

        List<Delivery> kept = streamed("{\"kind\":\"ts.event\",\"data\":[" + broken + "," + events);

        assertThat(kept).singleElement().satisfies(whole -> isSetAside(whole, "TOO_MANY_EVENTS"));
        List<Delivery> parts = INTAKE.takenApart(kept.getFirst()).stream()
                .map(Arrival::delivery)
                .toList();
        assertThat(parts).hasSize(22);
        isSetAside(parts.getFirst(), "NOT_AN_OBJECT");
        assertThat(parts.subList(1, 22)).allSatisfy(IntakeTest::isReceived);
    }

    @Test
    void what_stands_round_thousands_of_events_stands_once_in_what_is_kept_whole() {
        String events =
                IntStream.range(0, 2_000).mapToObj(n -> "{\"id\":" + n + "}").collect(joining(","));
        String body = "{\"password\":\"secret\",\"accountName\":\"0999000001-00001\",\"x\":\"" + "k".repeat(900)
                + "\",\"data\":[" + events + ",7]}";

        Delivery whole = streamed(body).getFirst();

        isSetAside(whole, "TOO_MANY_EVENTS");
        assertThat(whole.payload()).hasSizeLessThan(body.length()).doesNotContain("secret");
        List<Arrival> atOnce = new Intake(Optional.empty(), Integer.MAX_VALUE).streamed(body.getBytes(UTF_8), NOW);
        assertThat(received(INTAKE.takenApart(whole)))
                .isEqualTo(received(atOnce))
                .hasSize(2_000);
    }

    @Test
    void a_list_of_broken_events_alone_is_no_event_when_it_is_taken_apart() {
        String body = "{\"data\":[{\"password\":1,\"password\":2}]}\n".repeat(21);

        assertThat(INTAKE.takenApart(streamed(body).getFirst()))
                .noneMatch(arrival -> arrival.delivery().status() instanceof Status.Received);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-6", "1e-7", "-1.5E-9", "1e9", "10e9", "1.0", "1000.0", "0.001", "12.5e3", "0e-9"})
    void no_number_grows_when_its_message_is_written_without_its_login(String number) {
        String body = "{\"password\":1,\"n\":[" + String.join(",", Collections.nCopies(1_000, number)) + "]}";

        Delivery kept = Deliveries.calledBack("Location", body.getBytes(UTF_8), NOW);

        assertThat(kept.payload()).hasSizeLessThan(body.length()).doesNotContain("password");
        String written = body.replace(number, new BigDecimal(number).toString());
        assertThat(kept.id())
                .isEqualTo(Deliveries.calledBack("Location", written.getBytes(UTF_8), NOW)
                        .id());
    }

    @Test
    void a_kind_that_is_too_long_is_not_written_twice() {
        String kind = "k".repeat(10_000);

        Delivery kept = streamed("{\"kind\":\"" + kind + "\",\"deviceid\":\"" + UID + "\",\"fields\":{}}")
                .getFirst();

        isSetAside(kept, "KIND_TOO_LONG");
        assertThat(kept.payload()).hasSizeLessThan(10_200);
    }

    @Test
    void what_is_kept_whole_has_no_login_in_it_either() {
        String login = "{\"username\":\"cbuser\",\"password\":\"secret-of-a-login\",\"requestId\":\"r1\"}";
        String body = "[" + String.join(",", Collections.nCopies(21, login)) + "]";

        for (List<Arrival> arrivals : List.of(
                INTAKE.streamed(body.getBytes(UTF_8), NOW),
                INTAKE.calledBack("CarrierService", body.getBytes(UTF_8), NOW))) {
            assertThat(arrivals).singleElement().satisfies(arrival -> {
                assertThat(arrival.delivery().payload())
                        .doesNotContain("secret")
                        .contains("r1");
                assertThat(INTAKE.takenApart(arrival.delivery())).hasSize(21);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"accountName\":\"0999000002-00001\"}",
                "{\"data\":{\"billingaccountid\":\"0999000002-00001\"}}",
                "{\"accountidentifier\":{\"billingAccountId\":\"0999000002-00001\"}}",
                "{\"data\":{\"accountidentifier\":{\"billingaccountid\":\"0999000002-00001\"}}}",
                "{\"deviceResponse\":{\"accountName\":\"0999000002-00001\"}}",
                "{\"data\":[{\"parts\":[{\"accountName\":\" 0999000002-00001 \"}]}]}"
            })
    void what_names_another_account_is_set_aside(String body) {
        assertThat(streamed(body)).singleElement().satisfies(delivery -> isSetAside(delivery, "OTHER_ACCOUNT"));
        assertThat(streamed(body.replace("0999000002", "0999000001")))
                .singleElement()
                .satisfies(IntakeTest::isReceived);
        assertThat(new Intake(Optional.empty(), 20).streamed(body.getBytes(UTF_8), NOW))
                .singleElement()
                .satisfies(arrival -> isReceived(arrival.delivery()));
    }

    @Test
    void an_account_without_a_name_is_none() {
        assertThat(streamed("{\"accountName\":\" \"}")).singleElement().satisfies(IntakeTest::isReceived);
    }

    @Test
    void several_accounts_may_be_ours() {
        Intake both = new Intake(Optional.of("0999000001-00001, 0999000002-00001,"), 20);

        for (String ours : List.of("0999000001-00001", "0999000002-00001")) {
            assertThat(both.streamed(("{\"accountName\":\"" + ours + "\"}").getBytes(UTF_8), NOW))
                    .singleElement()
                    .satisfies(arrival -> isReceived(arrival.delivery()));
        }
    }

    @Test
    void bytes_that_are_no_utf_8_are_kept_exactly() {
        List<Arrival> arrivals = INTAKE.streamed(new byte[] {'{', (byte) 0xC3, (byte) 0x28, '}'}, NOW);

        assertThat(arrivals).singleElement().satisfies(arrival -> {
            isSetAside(arrival.delivery(), "NOT_UTF8");
            assertThat(arrival.delivery().payload()).isEqualTo("e8MofQ==");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"password\":\"secret\"", "{\"p\\u0061ssword\":\"secret\"", "[{\"Password\":\"secret\"}"})
    void where_a_login_may_be_in_what_cannot_be_read_nothing_of_it_is_kept(String body) {
        assertThat(streamed(body + "\u0001"))
                .allSatisfy(delivery -> assertThat(delivery.payload()).doesNotContain("secret"));
        assertThat(INTAKE.streamed((body + "\ud83d\ude00").getBytes(UTF_16), NOW))
                .singleElement()
                .satisfies(arrival -> assertThat(arrival.delivery().payload()).isEmpty());
    }

    @Test
    void a_login_in_an_event_is_taken_out_and_the_rest_stays() {
        assertThat(streamed(message("v1").replace("\"fields\"", "\"PASSWORD\":\"secret\",\"fields\"")))
                .singleElement()
                .satisfies(delivery -> {
                    assertThat(delivery.payload()).doesNotContain("secret").contains("\"battery\":\"8\"");
                    assertThat(delivery.id())
                            .isEqualTo(Deliveries.streamed(message("v1"), NOW).id());
                });
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            `{"deviceIds":[{"id":"89148000009999900014","kind":"Iccid"},{"id":"999999000000014","kind":"IMEI"}]}` | imei#999999000000014
            `{"deviceIds":[{"id":"999999000000022","kind":"imei"},{"id":"999999000000014","kind":"imei"}]}`       | imei#999999000000014
            `{"deviceIds":[{"id":"89148000009999900014","kind":"iccid"}]}`                                        | iccid#89148000009999900014
            `{"a":{"device":{"id":"5550100014","kind":"mdn"}}}`                                                   | mdn#5550100014
            `{"a":{"imei":999999000000014}}`                                                                      | imei#999999000000014
            `{"a":{"imei":12345678901237}}`                                                                       | imei#012345678901237
            """)
    void a_service_s_message_is_kept_under_the_first_id_of_its_device(String body, String device) {
        assertThat(INTAKE.calledBack("NiddService", body.getBytes(UTF_8), NOW))
                .singleElement()
                .satisfies(
                        arrival -> assertThat(arrival.delivery().id().device()).isEqualTo(device));
    }

    @Test
    void what_names_no_device_or_none_that_can_be_one_is_kept_under_its_digest() {
        assertThat(INTAKE.calledBack("NiddService", "{\"imei\":\"999999000000015\"}".getBytes(UTF_8), NOW))
                .singleElement()
                .satisfies(arrival -> assertThat(arrival.delivery().id().device())
                        .isEqualTo("unknown#" + arrival.delivery().id().deliveryId()));
    }

    @Test
    void an_event_without_ids_and_time_is_the_same_one_for_half_an_hour() {
        byte[] body = "{\"kind\":\"ts.event\",\"data\":{\"fields\":{\"battery\":\"8\"}}}".getBytes(UTF_8);
        Arrival first = INTAKE.streamed(body, NOW).getFirst();

        assertThat(INTAKE.streamed(body, NOW.plusSeconds(60))
                        .getFirst()
                        .delivery()
                        .id())
                .isEqualTo(first.delivery().id());
        assertThat(INTAKE.streamed(body, NOW.plusSeconds(1_800)).getFirst().before())
                .contains(first.delivery().id());
        assertThat(INTAKE.streamed(body, NOW.plusSeconds(3_600)).getFirst().before())
                .isNotEqualTo(Optional.of(first.delivery().id()));
    }

    private static List<Delivery.DeliveryId> received(String body) {
        return received(INTAKE.streamed(body.getBytes(UTF_8), NOW));
    }

    private static List<Delivery.DeliveryId> received(List<Arrival> arrivals) {
        return arrivals.stream()
                .map(Arrival::delivery)
                .filter(delivery -> delivery.status() instanceof Status.Received)
                .map(Delivery::id)
                .toList();
    }

    private static List<Delivery.DeliveryId> versions(String... versions) {
        return Stream.of(versions)
                .map(version -> Deliveries.streamed(message(version), NOW).id())
                .toList();
    }

    private static List<Delivery> streamed(String body) {
        return INTAKE.streamed(body.getBytes(UTF_8), NOW).stream()
                .map(Arrival::delivery)
                .toList();
    }

    private static void isReceived(Delivery delivery) {
        assertThat(delivery.status()).isEqualTo(new Status.Received());
    }

    private static void isSetAside(Delivery delivery, String reason) {
        assertThat(delivery.status())
                .isInstanceOfSatisfying(Status.Quarantined.class, quarantined -> assertThat(quarantined.reason())
                        .isEqualTo(reason));
    }

    private static String cutOff(String first, String second) {
        return "{\"kind\":\"ts.event\",\"data\":[" + event(first) + "," + event(second);
    }

    private static String message(String version) {
        return "{\"kind\":\"ts.event\",\"action\":\"create\",\"data\":" + event(version) + "}";
    }

    private static String event(String version) {
        return "{\"kind\":\"ts.event\",\"deviceid\":\"" + UID + "\",\"id\":\"e1\",\"versionid\":\"" + version
                + "\",\"createdon\":\"2026-03-02T16:05:26Z\",\"fields\":{\"battery\":\"8\"}}";
    }
}

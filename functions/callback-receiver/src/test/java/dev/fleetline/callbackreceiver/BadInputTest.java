package dev.fleetline.callbackreceiver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.callback.CallbackKeys.Login;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Delivery.Status;
import dev.fleetline.callback.Intake;
import dev.fleetline.testing.InMemoryCallbackInbox;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.RecordedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of bad input, with the answer that the README gives for it. Nothing of it is stored twice, no secret logged. */
class BadInputTest {

    private static final String KEY = "stream-key-under-test";
    private static final String PASSWORD = "password-under-test";
    private static final String SIGNING_KEY = "signing-key-under-test";
    private static final String ADDRESS = "someone@example.test";

    private final InMemoryStore store = new InMemoryStore();
    private final MovableClock clock = MovableClock.at("2026-03-02T16:06:00Z");
    private final TakeInDelivery takeIn = Receivers.takeIn(
            new KeysOnHand(KEY).with(new Login("cbuser", PASSWORD)),
            new SigningKeysOnHand().with("Location", SIGNING_KEY),
            new InMemoryCallbackInbox(store),
            clock);
    private final CallbackReceiverHandler handler =
            new CallbackReceiverHandler(takeIn, Receivers.HEADERS, Receivers.EVERYWHERE);
    private final RecordedLog log = new RecordedLog();

    @AfterEach
    void no_secret_is_in_a_log_or_in_what_is_kept() {
        log.close();
        assertThat(log.lines())
                .isNotEmpty()
                .noneMatch(BadInputTest::holdsSecret)
                .noneMatch(line -> line.contains(ADDRESS));
        assertThat(store.deliveries()).noneMatch(delivery -> holdsSecret(delivery.payload()));
    }

    private static boolean holdsSecret(String text) {
        return text.contains(KEY) || text.contains(PASSWORD) || text.contains(SIGNING_KEY);
    }

    @Test
    void truncated_json_is_kept_and_set_aside() {
        isKeptOnceAs("NOT_JSON", event("v1").substring(0, 60));
    }

    @Test
    void another_encoding_is_kept_in_base64_and_set_aside() {
        ObjectNode request =
                stream(Base64.getEncoder().encodeToString(event("v1").getBytes(UTF_16)));
        request.put("isBase64Encoded", true);

        assertThat(status(request)).isEqualTo(200);
        assertThat(status(request)).isEqualTo(200);
        assertThat(reasons()).containsExactly("NOT_UTF8");
    }

    @Test
    void a_field_named_twice_is_set_aside() {
        isKeptOnceAs("NOT_JSON", "{\"kind\":\"ts.event\",\"data\":{\"battery\":1,\"battery\":2}}");
    }

    @Test
    void a_thousand_levels_of_nesting_are_set_aside() {
        isKeptOnceAs("BEYOND_BOUNDS", "{\"data\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}");
    }

    @Test
    void a_body_of_five_megabytes_is_too_large() {
        assertThat(status(stream("x".repeat(5 * 1024 * 1024)))).isEqualTo(413);
        assertThat(store.deliveries()).isEmpty();
    }

    @Test
    void a_number_beyond_range_is_set_aside() {
        isKeptOnceAs("NUMBER_OUT_OF_RANGE", event("v1").replace("\"8\"", "1e400"));
    }

    @Test
    void the_character_nul_is_set_aside_and_other_control_characters_are_data() {
        isKeptOnceAs("NUL_CHARACTER", event("v1").replace("\"8\"", "\"\\u0000\""));

        assertThat(status(stream(event("v1").replace("\"8\"", "\"\\u0001\"")))).isEqualTo(200);
        assertThat(store.deliveries()).anyMatch(delivery -> delivery.status().equals(new Status.Received()));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            NUL_CHARACTER       | `"smsMessage":"\\u0000"}`
            HALF_CHARACTER      | `"smsMessage":"\\ud83d"}`
            NUMBER_OUT_OF_RANGE | `"count":1e400}`
            NUMBER_OUT_OF_RANGE | `"number":1e99999999999}`
            NOT_JSON            | `"status":"Success","status":"Failed"}`
            NOT_JSON            | `"status":"Success"`
            NOT_JSON            | `"status":"Succ`
            BEYOND_BOUNDS       | `"status":DEEP}`
            """)
    void what_a_service_says_behind_a_good_login_is_kept_whatever_else_is_wrong_with_it(String reason, String rest) {
        String body = login() + ",\"requestId\":\"r\"," + rest.replace("DEEP", "[".repeat(1_000) + "]".repeat(1_000));
        ObjectNode request = Receivers.posted("/x/callbacks/CarrierService", body);

        assertThat(status(request)).isEqualTo(200);
        clock.forward(Duration.ofHours(3));
        assertThat(status(request)).isEqualTo(200);
        assertThat(reasons()).containsExactly(reason);
    }

    @Test
    void a_service_that_writes_latin_1_or_a_byte_order_mark_is_let_in_by_its_login() {
        String body = login() + ",\"requestId\":\"r\",\"comment\":\"café\"}";

        assertThat(status(encoded(body.getBytes(ISO_8859_1)))).isEqualTo(200);
        assertThat(reasons()).containsExactly("NOT_UTF8");
        assertThat(status(encoded(("\ufeff" + body).getBytes(UTF_8)))).isEqualTo(200);
        assertThat(store.deliveries()).anyMatch(delivery -> delivery.status().equals(new Status.Received()));
    }

    @Test
    void a_service_whose_login_was_cut_off_is_refused() {
        String body = login();

        assertThat(status(Receivers.posted("/x/callbacks/CarrierService", body.substring(0, body.length() - 3))))
                .isEqualTo(401);
        assertThat(store.deliveries()).isEmpty();
    }

    @Test
    void a_password_that_comes_twice_is_refused() {
        assertThat(status(Receivers.posted(
                        "/x/callbacks/CarrierService", login() + ",\"password\":\"" + PASSWORD + "\",\"a\":1e400}")))
                .isEqualTo(401);
    }

    @Test
    void the_logins_of_a_list_count_and_one_that_is_wrong_refuses_all_whatever_key_stands_beside_it() {
        String good = login() + ",\"requestId\":\"r1\"}";
        String wrong = good.replace(PASSWORD, "password-of-a-stranger");

        assertThat(status(Receivers.posted("/x/callbacks/CarrierService", "[" + good + ",{\"requestId\":\"r2\"}]")))
                .isEqualTo(200);
        assertThat(store.deliveries()).hasSize(2);
        for (String body : List.of("[" + wrong + "]", "[" + good + "," + wrong + "]", wrong + "\n" + good)) {
            assertThat(status(Receivers.with(
                            Receivers.posted("/x/callbacks/CarrierService", body), "authorization", KEY)))
                    .as(body)
                    .isEqualTo(401);
        }
    }

    @Test
    void what_a_service_signed_and_cannot_be_read_is_kept() {
        byte[] body = "{\"msid\":\"5550100014\",\"info\":\"\\ud800\"}".getBytes(UTF_8);

        assertThat(status(Receivers.with(
                        Receivers.posted("/x/callbacks/Location", new String(body, UTF_8)),
                        "x-signature",
                        SignatureCheckTest.hex(SIGNING_KEY, body))))
                .isEqualTo(200);
        assertThat(store.deliveries())
                .singleElement()
                .extracting(Delivery::payload)
                .isEqualTo(new String(body, UTF_8));
    }

    @Test
    void somebody_s_address_in_a_name_is_in_no_key_and_in_no_log() {
        String body = event("v1").replace("\"fields\"", "\"name\":\"" + ADDRESS + "\",\"fields\"");

        assertThat(status(stream(body))).isEqualTo(200);
        assertThat(status(stream(body.replace("\"8\"", "1e400")))).isEqualTo(200);
        assertThat(status(stream(body.substring(0, body.length() - 2)))).isEqualTo(200);
        assertThat(status(Receivers.posted("/x/callbacks/CarrierService", login() + ",\"name\":\"" + ADDRESS + "\"}")))
                .isEqualTo(200);
        store.failNextWrite();
        assertThat(status(stream(body.replace("v1", "v2")))).isEqualTo(503);

        assertThat(store.deliveries()).hasSize(4).allSatisfy(delivery -> assertThat(
                        delivery.id().device() + delivery.id().sortKey() + delivery.kind() + delivery)
                .doesNotContain("someone"));
    }

    @Test
    void an_array_of_ten_thousand_events_is_too_large_or_kept_whole() {
        assertThat(status(stream(many(10_000, event("v1"))))).isEqualTo(413);
        assertThat(store.deliveries()).isEmpty();

        isKeptOnceAs("TOO_MANY_EVENTS", many(10_000, "{\"kind\":\"k\"}"));
    }

    @Test
    void good_events_among_thousands_of_broken_ones_and_a_login_are_kept_in_what_fits_into_the_table() {
        String good = IntStream.range(0, 200).mapToObj(n -> event("v" + n)).collect(joining(","));
        String body = "[" + good + ",{\"password\":\"x\"},";
        String broken = "{\"a\":1,\"a\":2},{},".repeat((Receivers.LIMIT - body.length()) / 17);

        assertThat(status(stream(body + broken))).isEqualTo(200);

        assertThat(store.deliveries()).singleElement().satisfies(whole -> {
            assertThat(whole.payload()).hasSizeLessThan(Receivers.LIMIT).contains("\"v0\"", "\"v199\"");
            assertThat(new Intake(Optional.empty(), 1).takenApart(whole))
                    .filteredOn(arrival -> arrival.delivery().kind().equals("ts.event"))
                    .hasSize(200);
        });
    }

    @Test
    void an_event_with_ten_thousand_elements_of_data_is_too_large_or_kept_whole() {
        String bare =
                event("v1").substring(event("v1").indexOf("\"data\":") + 7).replaceFirst("}$", "");

        assertThat(status(stream("{\"kind\":\"ts.event\",\"data\":" + many(10_000, bare) + "}")))
                .isEqualTo(413);
        assertThat(store.deliveries()).isEmpty();

        isKeptOnceAs("TOO_MANY_EVENTS", "{\"kind\":\"ts.event\",\"data\":" + many(10_000, "{\"id\":\"e\"}") + "}");
    }

    @Test
    void an_unknown_kind_is_kept() {
        assertThat(status(stream("{\"kind\":\"ts.else\",\"data\":{}}"))).isEqualTo(200);
        assertThat(status(stream("{\"kind\":\"ts.else\",\"data\":{}}"))).isEqualTo(200);
        assertThat(store.deliveries())
                .singleElement()
                .extracting(Delivery::kind)
                .isEqualTo("ts.else");
    }

    @Test
    void an_event_for_another_account_is_set_aside() {
        isKeptOnceAs(
                "OTHER_ACCOUNT",
                event("v1").replace("\"fields\"", "\"billingaccountid\":\"0999000002-00001\",\"fields\""));
    }

    @Test
    void of_a_body_that_is_valid_for_two_senders_the_address_decides_whose_it_is() {
        String body = event("v1").replace("{\"kind\":\"ts.event\",\"d", login() + ",\"kind\":\"ts.event\",\"d");

        assertThat(status(stream(body))).isEqualTo(200);
        assertThat(status(Receivers.posted("/x/callbacks/CarrierService", body)))
                .isEqualTo(200);
        assertThat(status(Receivers.posted("/x/stream", body))).isEqualTo(401);

        assertThat(store.deliveries())
                .extracting(Delivery::source)
                .containsExactlyInAnyOrder("stream", "callback/CarrierService");
    }

    @Test
    void a_wrong_signature_is_refused_whatever_key_stands_beside_it() {
        ObjectNode request = Receivers.with(
                Receivers.posted("/x/callbacks/Location", "[{\"msid\":\"5550100014\"}]"), "authorization", KEY);

        assertThat(status(Receivers.with(request.deepCopy(), "X-Signature", "sha256=00")))
                .isEqualTo(401);
        assertThat(store.deliveries()).isEmpty();
        assertThat(status(request)).isEqualTo(200);
    }

    @Test
    void a_signed_list_is_taken_apart_and_the_signature_is_that_of_the_decoded_bytes() {
        byte[] body = "[{\"msid\":\"5550100014\"},{\"msid\":\"5550100022\"}]".getBytes(UTF_8);
        ObjectNode request =
                Receivers.posted("/x/callbacks/Location", Base64.getEncoder().encodeToString(body));
        request.put("isBase64Encoded", true);
        Receivers.with(request, "x-signature", SignatureCheckTest.hex(SIGNING_KEY, body));

        JsonNode reply = Invocations.send(handler, request);

        assertThat(reply.path("body").textValue()).isEqualTo("{\"deliveries\":2,\"stored\":2}");
        assertThat(Invocations.send(handler, request).path("body").textValue())
                .isEqualTo("{\"deliveries\":2,\"stored\":0}");
    }

    @Test
    void who_calls_from_elsewhere_than_the_list_of_addresses_says_is_refused_before_anything_is_looked_at() {
        var choosy = new CallbackReceiverHandler(takeIn, Receivers.HEADERS, SourceAddresses.parse("198.51.100.0/24"));

        assertThat(Invocations.send(choosy, stream(event("v1")))
                        .path("statusCode")
                        .intValue())
                .isEqualTo(403);
        assertThat(store.deliveries()).isEmpty();
    }

    @Test
    void the_key_is_looked_for_in_the_header_that_the_settings_name() {
        var elsewhere = new CallbackReceiverHandler(
                takeIn, new CallbackReceiverConfig.Headers("x-api-key", "x-signature"), Receivers.EVERYWHERE);

        assertThat(Invocations.send(elsewhere, stream(event("v1")))
                        .path("statusCode")
                        .intValue())
                .isEqualTo(401);
        assertThat(Invocations.send(
                                elsewhere, Receivers.with(Receivers.posted("/x/stream", event("v1")), "X-Api-Key", KEY))
                        .path("statusCode")
                        .intValue())
                .isEqualTo(200);
    }

    @Test
    void when_one_of_several_cannot_be_kept_all_are_sent_again_and_each_is_kept_once() {
        String body = "[" + event("v1") + "," + event("v2") + "," + event("v3") + "]";
        store.failNextWrite();

        assertThat(status(stream(body))).isEqualTo(503);
        assertThat(status(stream(body))).isEqualTo(200);

        assertThat(store.deliveries()).hasSize(3);
    }

    @Test
    void what_nobody_asked_for_and_comes_again_in_the_next_half_hour_is_kept_once() {
        ObjectNode request =
                Receivers.posted("/x/callbacks/NiddService", login() + ",\"niddResponse\":{\"payload\":\"AA==\"}}");
        clock.forward(Duration.ofMinutes(23));

        assertThat(Invocations.send(handler, request).path("body").textValue()).contains("\"stored\":true");
        clock.forward(Duration.ofMinutes(15));
        assertThat(Invocations.send(handler, request).path("body").textValue()).contains("\"stored\":false");
        assertThat(store.deliveries()).hasSize(1);
        clock.forward(Duration.ofMinutes(40));
        assertThat(Invocations.send(handler, request).path("body").textValue()).contains("\"stored\":true");
    }

    private void isKeptOnceAs(String reason, String body) {
        assertThat(status(stream(body))).isEqualTo(200);
        clock.forward(Duration.ofHours(3));
        assertThat(status(stream(body))).isEqualTo(200);
        assertThat(reasons()).containsOnlyOnce(reason);
    }

    private List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        for (Delivery delivery : store.deliveries()) {
            if (delivery.status() instanceof Status.Quarantined(var reason, var _)) {
                reasons.add(reason);
            }
        }
        return reasons;
    }

    private int status(ObjectNode request) {
        return Invocations.send(handler, request).path("statusCode").intValue();
    }

    private static ObjectNode encoded(byte[] body) {
        ObjectNode request = Receivers.posted(
                "/x/callbacks/CarrierService", Base64.getEncoder().encodeToString(body));
        return request.put("isBase64Encoded", true);
    }

    private static ObjectNode stream(String body) {
        return Receivers.with(Receivers.posted("/x/stream", body), "authorization", KEY);
    }

    private static String login() {
        return "{\"username\":\"cbuser\",\"password\":\"" + PASSWORD + "\"";
    }

    private static String many(int count, String event) {
        return IntStream.range(0, count).mapToObj(n -> event).collect(joining(",", "[", "]"));
    }

    private static String event(String version) {
        return "{\"kind\":\"ts.event\",\"data\":{\"kind\":\"ts.event\",\"id\":\"e1\",\"versionid\":\"" + version
                + "\",\"deviceid\":\"d0c1e0a1-0000-6abc-f001-0123456789ab\",\"createdon\":\"2026-03-02T16:05:26Z\","
                + "\"fields\":{\"battery\":\"8\"}}}";
    }
}

package dev.fleetline.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fleetline.device.Normalised.Refused;
import dev.fleetline.device.Normalised.Understood;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalisedTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant RECEIVED = Instant.parse("2026-03-02T16:06:00Z");
    private static final Instant UPDATED = Instant.parse("2026-03-02T15:04:05.678Z");

    @Test
    void the_device_document_tells_who_where_and_how_with_the_documents_time() {
        Report report = understood(Normalised.document(wire("device-200.json"), RECEIVED));

        assertThat(report.uid()).contains(new DeviceId("d0c1e0a1-0000-6abc-f001-0123456789ab"));
        assertThat(report.imei()).contains(new Imei("999999000000014"));
        assertThat(report.at()).isEqualTo(UPDATED);
        assertThat(report.cell()).contains("311480-30000014");
        assertThat(report.readings())
                .containsOnly(
                        Map.entry(Measure.BATTERY, new Reading(UPDATED, 100, Charging.UNKNOWN)),
                        Map.entry(Measure.RSRP, Reading.of(UPDATED, -101)),
                        Map.entry(Measure.RSRQ, Reading.of(UPDATED, -11)),
                        Map.entry(Measure.SERVICE, Reading.of(UPDATED, 1)));
    }

    @Test
    void an_imei_that_is_written_as_a_number_has_its_zeros_again_and_a_bad_one_gives_way_to_its_copy() {
        Map<String, Object> document = Map.of("lastupdated", "2026-03-02T15:04:05Z", "imei", 13_999_000_000_016L);
        Map<String, Object> bad =
                Map.of("lastupdated", "2026-03-02T15:04:05Z", "imei", 12L, "refid", "999999000000014");

        assertThat(understood(Normalised.document(document, RECEIVED)).imei()).contains(new Imei("013999000000016"));
        assertThat(understood(Normalised.document(bad, RECEIVED)).imei()).contains(new Imei("999999000000014"));
    }

    @Test
    void a_streamed_event_tells_only_what_changed_with_the_devices_own_time() {
        Report report = understood(Normalised.event(data("event-battery-low.json"), RECEIVED));

        Instant measured = Instant.parse("2026-03-02T16:05:26Z");
        assertThat(report.uid()).contains(new DeviceId("d0c1e0a1-0000-6abc-f001-0123456789ab"));
        assertThat(report.imei()).contains(new Imei("999999000000014"));
        assertThat(report.at()).isEqualTo(measured);
        assertThat(report.cell()).isEmpty();
        assertThat(report.readings())
                .containsOnly(
                        Map.entry(Measure.BATTERY, Reading.of(measured, 8)),
                        Map.entry(Measure.RSRP, Reading.of(measured, -103)));
    }

    @Test
    void an_event_without_a_signal_says_nothing_about_the_signal() {
        assertThat(understood(Normalised.event(data("event.json"), RECEIVED)).readings())
                .containsOnlyKeys(Measure.BATTERY);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "2026-03-02T16:00:00Z, 2026-03-02T16:00:00Z, an ordinary clock",
        "2026-03-02T16:05:00Z, 2026-03-02T16:05:00Z, five minutes ahead is believed",
        "2026-03-02T16:05:01Z, 2026-03-02T16:00:00Z, more is not",
        "2026-03-03T16:00:00Z, 2026-03-02T16:00:00Z, a day ahead is not",
        "2026-03-01T16:00:00Z, 2026-03-01T16:00:00Z, a day behind is believed: a stored reading looks the same",
        "2026-02-23T16:00:00Z, 2026-02-23T16:00:00Z, seven days behind is believed",
        "2026-02-23T15:59:59Z, 2026-03-02T16:00:00Z, more is not",
        "1970-01-01T00:00:07Z, 2026-03-02T16:00:00Z, 1970 is not",
        "0001-01-01T00:00:00Z, 2026-03-02T16:00:00Z, never is not",
        "Not_Available,        2026-03-02T16:00:00Z, nothing is not",
    })
    void the_devices_clock_is_believed_within_bounds(String createdon, Instant believed, String because) {
        Map<String, Object> data = data("event.json");
        data.put("lastupdated", "2026-03-02T16:00:00Z");
        data.put("createdon", createdon);

        assertThat(understood(Normalised.event(data, RECEIVED)).at())
                .as(because)
                .isEqualTo(believed);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "2026-03-02T15:59:58Z, 2026-03-02T15:59:58Z, at once: when it says",
        "2026-03-02T15:50:00Z, 2026-03-02T15:50:00Z, ten minutes on its way",
        "2026-03-02T15:49:59Z, 2026-03-02T16:00:00Z, kept for longer: when the platform had it",
        "2026-03-01T16:00:00Z, 2026-03-02T16:00:00Z, a clock that is a day behind: when the platform had it",
        "2026-03-03T16:00:00Z, 2026-03-02T16:00:00Z, a clock that is a day ahead: when the platform had it",
    })
    void a_device_was_heard_when_the_platform_had_its_message(String createdon, Instant seen, String because) {
        Map<String, Object> data = data("event.json");
        data.put("lastupdated", "2026-03-02T16:00:00Z");
        data.put("createdon", createdon);

        assertThat(understood(Normalised.event(data, RECEIVED)).seen())
                .as(because)
                .isEqualTo(seen);
    }

    @Test
    void no_clock_is_believed_that_is_ahead_of_the_moment_at_which_we_heard_of_it() {
        Map<String, Object> data = data("event.json");
        data.put("createdon", "2099-03-02T16:00:00Z");
        data.put("lastupdated", "2099-03-02T16:00:00Z");
        Map<String, Object> right = data("event.json");
        right.put("createdon", "2026-03-02T15:58:00Z");
        right.put("lastupdated", "2099-03-02T16:00:00Z");

        assertThat(understood(Normalised.event(data, RECEIVED)).at()).isEqualTo(RECEIVED);
        assertThat(understood(Normalised.event(right, RECEIVED)).at()).isEqualTo(Instant.parse("2026-03-02T15:58:00Z"));
    }

    @Test
    void an_event_whose_device_id_is_none_is_of_the_device_that_its_transaction_names() {
        Map<String, Object> data = data("event-battery-low.json");
        data.put("deviceid", "42");

        Report report = understood(Normalised.event(data, RECEIVED));

        assertThat(report.uid()).isEmpty();
        assertThat(report.imei()).contains(new Imei("999999000000014"));
    }

    @ParameterizedTest(name = "\"{0}\"")
    @CsvSource({"Not_Supported", "Not_Available", "''", "full", "101", "-1", "1e1", "0x10", "٩٧", "99999999999999"})
    void a_battery_that_is_no_percentage_is_unknown_and_the_other_one_counts(String battery) {
        Map<String, Object> document = wire("device-200.json");
        put(document, battery, "fields", "battery");

        assertThat(reading(document, Measure.BATTERY).value()).isEqualTo(99);
    }

    @Test
    void a_battery_that_nobody_knows_is_absent_and_not_zero() {
        Map<String, Object> document = wire("device-200.json");
        put(document, "Not_Supported", "fields", "battery");
        put(document, "Not_Supported", "diagnostic", "BTR", "PERC");

        assertThat(understood(Normalised.document(document, RECEIVED)).readings())
                .doesNotContainKey(Measure.BATTERY);
    }

    @Test
    void the_signal_comes_from_the_best_place_that_knows_it() {
        Map<String, Object> document = wire("device-200.json");
        put(document, "-105", "diagnostic", "SCM", "RSRP");
        assertThat(rsrp(document)).isEqualTo(-105);

        put(document, "Not_Supported", "diagnostic", "SCM", "RSRP");
        assertThat(rsrp(document)).isEqualTo(-101);

        put(document, "Not_Supported", "diagnostic", "NW", "4gSIS");
        assertThat(rsrp(document)).isEqualTo(-103);
    }

    @ParameterizedTest(name = "{0} means {1}")
    @CsvSource({
        "Charging, YES",
        "DISCHARGING, NO",
        "Not Charging, NO",
        "Not_Supported, UNKNOWN",
        "'\u0001', UNKNOWN",
        "1, UNKNOWN"
    })
    void charging_is_known_only_where_it_is_said_in_words(String status, Charging charging) {
        Map<String, Object> document = wire("device-200.json");
        put(document, status, "diagnostic", "BTR", "STS");

        assertThat(reading(document, Measure.BATTERY).charging()).isEqualTo(charging);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"In Service, 1", "IN SERVICE, 1", "Out of Service, 0", "Emergency Only, 0"})
    void the_service_state_is_one_or_nought(String state, double service) {
        Map<String, Object> document = wire("device-200.json");
        put(document, state, "diagnostic", "NW", "SST");

        assertThat(reading(document, Measure.SERVICE).value()).isEqualTo(service);
    }

    @Test
    void a_message_without_a_time_a_device_or_a_sound_id_is_refused_with_the_reason() {
        Map<String, Object> timeless = wire("device-200.json");
        timeless.put("lastupdated", "0001-01-01T00:00:00Z");
        Map<String, Object> misshapen = wire("device-200.json");
        misshapen.put("id", "42");
        misshapen.remove("imei");
        misshapen.remove("refid");
        misshapen.remove("diagnostic");
        Map<String, Object> nobody = data("event.json");
        nobody.remove("deviceid");
        nobody.remove("transactionid");

        assertThat(code(Normalised.document(timeless, RECEIVED))).isEqualTo("NO_TIME");
        assertThat(code(Normalised.document(misshapen, RECEIVED))).isEqualTo("BAD_DEVICE_ID");
        assertThat(code(Normalised.event(nobody, RECEIVED))).isEqualTo("NO_DEVICE");
        assertThat(code(Normalised.event(Map.of(), RECEIVED))).isEqualTo("NO_TIME");
    }

    @Test
    void a_message_whose_parts_have_other_shapes_is_read_as_far_as_it_goes() {
        Map<String, Object> document = wire("device-200.json");
        document.put("diagnostic", "gone");
        document.put("fields", null);

        assertThat(understood(Normalised.document(document, RECEIVED)).readings())
                .isEmpty();
    }

    @Test
    void every_imei_and_the_sim_that_a_message_names_are_told() {
        Map<String, Object> document = wire("device-200.json");
        assertThat(understood(Normalised.document(document, RECEIVED)).otherImei())
                .isEmpty();
        assertThat(understood(Normalised.document(document, RECEIVED)).iccid())
                .contains(new Iccid("89148000009999900014"));

        put(document, "999999000000022", "diagnostic", "DINF", "IMEI");
        assertThat(understood(Normalised.document(document, RECEIVED)).otherImei())
                .contains(new Imei("999999000000022"));
    }

    @ParameterizedTest(name = "status {0} and source {1} mean {2}")
    @CsvSource({
        "Not_Supported, USB, YES",
        "Not_Supported, None, NO",
        "Not_Supported, Not_Supported, UNKNOWN",
        "Discharging, AC, NO",
        "'\u0001', 1, UNKNOWN",
    })
    void where_the_status_says_nothing_the_source_may(String status, String source, Charging charging) {
        Map<String, Object> document = wire("device-200.json");
        put(document, status, "diagnostic", "BTR", "STS");
        put(document, source, "diagnostic", "BTR", "CSRC");

        assertThat(reading(document, Measure.BATTERY).charging()).isEqualTo(charging);
    }

    @Test
    void noise_is_read_where_it_is_given() {
        Map<String, Object> document = wire("device-200.json");
        put(document, "-4.5", "diagnostic", "SCM", "SINR");

        assertThat(reading(document, Measure.SINR).value()).isEqualTo(-4.5);
    }

    private static Reading reading(Map<String, Object> document, Measure measure) {
        return Objects.requireNonNull(
                understood(Normalised.document(document, RECEIVED)).readings().get(measure));
    }

    private static double rsrp(Map<String, Object> document) {
        return reading(document, Measure.RSRP).value();
    }

    private static Report understood(Normalised normalised) {
        return switch (normalised) {
            case Understood(var report) -> report;
            case Refused refused -> throw new AssertionError("refused: " + refused);
        };
    }

    private static String code(Normalised normalised) {
        return switch (normalised) {
            case Understood understood -> throw new AssertionError("understood: " + understood);
            case Refused(var code, var _) -> code;
        };
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> document, String value, String... path) {
        Map<String, Object> here = document;
        for (int i = 0; i < path.length - 1; i++) {
            here = (Map<String, Object>) Objects.requireNonNull(here.get(path[i]));
        }
        here.put(path[path.length - 1], value);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> data(String event) {
        return (Map<String, Object>) Objects.requireNonNull(wire(event).get("data"));
    }

    private static Map<String, Object> wire(String name) {
        try (InputStream in = Objects.requireNonNull(NormalisedTest.class.getResourceAsStream("/wire/" + name))) {
            return JSON.readValue(in, new TypeReference<HashMap<String, Object>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

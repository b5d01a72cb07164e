package dev.fleetline.fleetevents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fleetline.fleetevents.FleetEvent.About;
import dev.fleetline.fleetevents.FleetEvent.AlertChanged;
import dev.fleetline.fleetevents.FleetEvent.AlertCounts;
import dev.fleetline.fleetevents.FleetEvent.Coverage;
import dev.fleetline.fleetevents.FleetEvent.DeviceActivated;
import dev.fleetline.fleetevents.FleetEvent.DeviceOnboardingFailed;
import dev.fleetline.fleetevents.FleetEvent.Fault;
import dev.fleetline.fleetevents.FleetEvent.HealthSweepCompleted;
import dev.fleetline.fleetevents.FleetEvent.Verification;
import dev.fleetline.fleetevents.FleetEvent.Word;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutgoingTest {

    private static final Instant THEN = Instant.parse("2026-03-02T16:05:49.786Z");

    @Test
    void is_named_after_what_happened_and_comes_from_the_module() {
        Outgoing outgoing = Outgoing.of("callback-processor", THEN, activated(Optional.of("order-1")));

        assertThat(outgoing.detailType()).isEqualTo("DeviceActivated");
        assertThat(outgoing.source()).isEqualTo("fleetline.callback-processor");
        assertThat(outgoing.eventId()).isEqualTo("e1");
        assertThat(outgoing.time()).isEqualTo(THEN);
    }

    @Test
    void the_detail_begins_with_its_schema_version_and_has_the_times_as_text() {
        String detail = Outgoing.of("callback-processor", THEN, activated(Optional.of("order-1")))
                .detail();

        assertThat(detail).startsWith("{\"schemaVersion\":1,");
        assertThat(read(detail).get("eventId").asText()).isEqualTo("e1");
        assertThat(read(detail).get("at").asText()).isEqualTo("2026-03-02T16:05:49.786Z");
        assertThat(read(detail).get("onboardingId").asText()).isEqualTo("order-1");
    }

    @Test
    void what_has_no_value_is_absent_and_never_null() {
        String detail = Outgoing.of("callback-processor", THEN, activated(Optional.empty()))
                .detail();

        assertThat(read(detail).has("onboardingId")).isFalse();
        assertThat(detail).doesNotContain("null");
    }

    @Test
    void an_empty_list_is_a_list() {
        FleetEvent failed = new DeviceOnboardingFailed(
                "e1", "order-1", Optional.empty(), "SKU", "unknown", Optional.empty(), List.of());

        assertThat(read(Outgoing.of("device-onboarding", THEN, failed).detail()).get("faults"))
                .isEmpty();
    }

    @Test
    void the_parts_of_an_event_are_objects_and_numbers() {
        FleetEvent failed = new DeviceOnboardingFailed(
                "e1",
                "order-1",
                Optional.of("999999000000015"),
                "INVALID",
                "a rule is broken",
                Optional.of("SENDER"),
                List.of(new Fault("imei", "the check digit is wrong", "read the label again")));
        FleetEvent completed = new HealthSweepCompleted(
                "e2",
                "pass-1",
                "fleet",
                THEN,
                9,
                new Coverage(3, 4, 1, Map.of("UNREADABLE", 1), 0, 0.75, false),
                new AlertCounts(1, 0, 0, 0, 0, 0),
                new Verification(1, 1, 0, 0),
                List.of(),
                false,
                "sweeps/fleet/2026-03-02/pass-1");

        assertThat(read(Outgoing.of("device-onboarding", THEN, failed).detail())
                        .at("/faults/0/field")
                        .asText())
                .isEqualTo("imei");
        JsonNode sweep = read(Outgoing.of("health-sweep", THEN, completed).detail());
        assertThat(sweep.at("/coverage/ratio").asDouble()).isEqualTo(0.75);
        assertThat(sweep.at("/coverage/reasons/UNREADABLE").asInt()).isEqualTo(1);
        assertThat(sweep.at("/alerts/raised").isInt()).isTrue();
        assertThat(sweep.at("/suspect").isBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "DEVICE, RAISED, DeviceAlertRaised",
        "DEVICE, ESCALATED, DeviceAlertEscalated",
        "DEVICE, EASED, DeviceAlertEased",
        "DEVICE, REMINDED, DeviceAlertReminded",
        "DEVICE, ACKNOWLEDGED, DeviceAlertAcknowledged",
        "DEVICE, SNOOZED, DeviceAlertSnoozed",
        "DEVICE, CLEARED, DeviceAlertCleared",
        "DEVICE, FLAPPING, DeviceAlertFlapping",
        "SITE, RAISED, SiteAlertRaised",
        "CELL, RAISED, CellAlertRaised",
        "FLEET, CLEARED, FleetAlertCleared",
        "PLATFORM, REMINDED, PlatformAlertReminded"
    })
    void an_alert_is_told_by_its_word_and_its_detail_is_the_alert_itself(About about, Word word, String detailType) {
        Outgoing outgoing = Outgoing.of("health-sweep", THEN, new AlertChanged(about, word, alert()));

        assertThat(outgoing.detailType()).isEqualTo(detailType);
        assertThat(outgoing.eventId()).isEqualTo("e3");
        JsonNode detail = read(outgoing.detail());
        assertThat(detail.has("word")).isFalse();
        assertThat(detail.has("detail")).isFalse();
        assertThat(detail.get("schemaVersion").asInt()).isEqualTo(1);
        assertThat(detail.at("/device/imei").asText()).isEqualTo("999999000000014");
        assertThat(detail.get("device").has("site")).isFalse();
        assertThat(detail.at("/observed/at").asText()).isEqualTo("2026-03-02T16:05:49.786Z");
        assertThat(detail.has("threshold")).isFalse();
    }

    private static AlertDetail alert() {
        return new AlertDetail(
                "e3",
                "a1",
                1,
                "0999000001-00001:device#999999000000014:BATTERY_LOW",
                "device#999999000000014",
                "open",
                "CRITICAL",
                Optional.empty(),
                "BATTERY_LOW",
                Optional.empty(),
                Optional.empty(),
                Optional.of(new AlertDetail.Device(
                        "999999000000014",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("Asset-Tracker-2"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())),
                Optional.empty(),
                Optional.of(new AlertDetail.Observed(8, "%", THEN, "BATTERY")),
                Optional.empty(),
                THEN,
                Optional.of(THEN),
                1,
                0,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "delivery-1",
                "battery 8 %",
                "https://runbooks.example.test/BATTERY_LOW.md");
    }

    private static FleetEvent activated(Optional<String> onboardingId) {
        return new DeviceActivated("e1", onboardingId, "999999000000014", Optional.empty(), "report", THEN);
    }

    private static JsonNode read(String json) {
        try {
            return new JsonMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.fleetline.applying;

import static dev.fleetline.applying.Fleet.OTHER;
import static dev.fleetline.applying.Fleet.TRACKER;
import static dev.fleetline.applying.Fleet.TRACKER_UID;
import static dev.fleetline.applying.Fleet.report;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.callback.Deliveries;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Measure;
import dev.fleetline.device.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What messages bring to a device's health, besides readings. */
class HealthFromMessagesTest {

    private static final Instant AT = Instant.parse("2026-03-02T16:05:26Z");
    private static final String IMEI = "\"deviceIds\":[{\"id\":\"999999000000014\",\"kind\":\"imei\"}]";

    private final Fleet fleet = new Fleet();

    @BeforeEach
    void in_service() {
        fleet.hasTracker(new Lifecycle.InService(Instant.parse("2026-03-02T15:00:00Z")));
    }

    @ParameterizedTest(name = "{0} says {1}: {2}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "DeviceSuspensionStatus, `\"suspensionStatusResponse\":{\"state\":\"Suspended\"}`, WARNING",
                "ExternalProvisioningChanges, `\"externalProvisioningChangeResponse\":{\"state\":\"Deactive\"}`, CRITICAL",
            })
    void a_line_that_somebody_took_off_the_network_unasked_is_told(String service, String says, Severity severity) {
        says(service, says);

        assertThat(fleet.openConditions()).isEqualTo(Map.of(Condition.SIM_NOT_ACTIVE, severity));
    }

    @Test
    void one_that_we_asked_to_suspend_is_not_whichever_word_comes_first() {
        says("DeviceSuspensionStatus", "\"suspensionStatusResponse\":{\"state\":\"Suspended\"}");
        says("CarrierService", "\"suspendResponse\":{}");

        assertThat(fleet.openConditions()).isEmpty();

        says("DeviceSuspensionStatus", "\"suspensionStatusResponse\":{\"state\":\"Suspended\"}");
        assertThat(fleet.tracker().lifecycle())
                .isInstanceOfSatisfying(Lifecycle.Suspended.class, suspended -> assertThat(suspended.asked())
                        .isTrue());
        assertThat(fleet.openConditions()).isEmpty();
    }

    @Test
    void that_we_asked_counts_though_it_is_applied_after_a_later_word_about_the_same_and_not_long_after() {
        Instant asked = fleet.clock.instant();
        saysAt(
                asked.plusSeconds(2),
                "DeviceSuspensionStatus",
                "\"suspensionStatusResponse\":{\"state\":\"Suspended\"}");
        assertThat(fleet.openConditions()).containsOnlyKeys(Condition.SIM_NOT_ACTIVE);

        saysAt(asked.minus(Duration.ofHours(2)), "CarrierService", "\"suspendResponse\":{}");
        assertThat(fleet.openConditions()).containsOnlyKeys(Condition.SIM_NOT_ACTIVE);

        saysAt(asked, "CarrierService", "\"suspendResponse\":{}");
        assertThat(fleet.openConditions()).isEmpty();
    }

    @Test
    void one_that_is_put_back_agrees_again() {
        says("DeviceSuspensionStatus", "\"suspensionStatusResponse\":{\"state\":\"Suspended\"}");
        says("DeviceSuspensionStatus", "\"suspensionStatusResponse\":{\"state\":\"Restored\"}");

        assertThat(fleet.openConditions()).isEmpty();
    }

    @Test
    void a_report_under_our_id_that_names_another_imei_is_told_once() {
        String other = report("e1", AT, "\"battery\":\"90\"")
                .replace("\"createdon\"", "\"transactionid\":\"" + OTHER.digits() + "-OnBoard-1\",\"createdon\"");

        fleet.receives(other);
        fleet.receives(other.replace("e1", "e2"));

        assertThat(fleet.openConditions()).containsOnlyKeys(Condition.IDENTITY_CONFLICT);
        assertThat(fleet.bus.published("DeviceAlertRaised")).hasSize(1);
        assertThat(fleet.tracker().imei()).isEqualTo(TRACKER);
    }

    @Test
    void a_document_that_we_fetched_is_a_report_as_far_as_it_says_something_new() {
        fleet.receives(report("e1", AT, "\"battery\":\"90\""));
        Instant later = AT.plus(Duration.ofHours(30));
        fleet.clock.forward(Duration.ofHours(31));

        fleet.receives(Deliveries.document(document(later, "90"), fleet.clock.instant()));
        assertThat(fleet.tracker().vitals().lastSeen()).contains(AT);

        fleet.receives(Deliveries.document(document(later.plusSeconds(60), "89"), fleet.clock.instant()));
        assertThat(fleet.tracker().vitals().lastSeen()).contains(later.plusSeconds(60));
        assertThat(fleet.tracker()
                        .vitals()
                        .window(Measure.BATTERY)
                        .newest()
                        .orElseThrow()
                        .value())
                .isEqualTo(89);
    }

    @Test
    void the_same_document_fetched_twice_is_one_delivery_and_keeps_its_device() {
        var once = Deliveries.document(document(AT, "90"), AT);
        var again = Deliveries.document(document(AT, "90"), AT.plusSeconds(900));

        assertThat(again.id()).isEqualTo(once.id());
        assertThat(once.id().device()).isEqualTo("uid#" + TRACKER_UID.value());
        assertThat(once.id().eventTime()).isEqualTo(Optional.of(AT));
    }

    @Test
    void a_document_that_cannot_be_read_is_set_aside() {
        assertThat(fleet.receives(Deliveries.document("not json", AT))).isInstanceOf(Applied.SetAside.class);
    }

    private static String document(Instant updated, String battery) {
        return """
            {"kind":"ts.device.cHeAssetTracker","id":"%s","imei":%s,"lastupdated":"%s","fields":{"battery":"%s"}}
            """.formatted(TRACKER_UID.value(), TRACKER.digits(), updated, battery);
    }

    private void says(String service, String response) {
        fleet.clock.forward(Duration.ofSeconds(5));
        saysAt(fleet.clock.instant(), service, response);
    }

    private void saysAt(Instant at, String service, String response) {
        String body = "{" + IMEI + ",\"deviceResponse\":{" + response + "}}";
        fleet.receives(Deliveries.calledBack(service, body.getBytes(UTF_8), at));
    }
}

package dev.fleetline.applying;

import static dev.fleetline.applying.Fleet.OTHER;
import static dev.fleetline.applying.Fleet.OTHER_UID;
import static dev.fleetline.applying.Fleet.TRACKER;
import static dev.fleetline.applying.Fleet.TRACKER_UID;
import static dev.fleetline.applying.Fleet.activating;
import static dev.fleetline.applying.Fleet.registered;
import static dev.fleetline.applying.Fleet.report;
import static dev.fleetline.applying.Fleet.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.callback.Deliveries;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Delivery.Status;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Measure;
import dev.fleetline.device.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplyDeliveryTest {

    private static final Instant AT = Instant.parse("2026-03-02T16:05:26Z");

    private final Fleet fleet = new Fleet();

    @Test
    void the_first_report_moves_an_activated_device_to_in_service() {
        fleet.hasTracker(activating());

        fleet.receives(sample("event.json"));

        assertThat(fleet.tracker().lifecycle()).isInstanceOf(Lifecycle.InService.class);
        assertThat(fleet.bus.detailTypes()).containsExactly("DeviceActivated");
        assertThat(fleet.bus.published().getFirst().detail())
                .contains("\"evidence\":\"report\"", "order-999999000000014", TRACKER_UID.value());
        assertThat(fleet.store.history("device#" + TRACKER.digits()))
                .singleElement()
                .satisfies(line -> assertThat(line.what()).isEqualTo("IN_SERVICE"));
        assertThat(fleet.store.outbox()).isEmpty();
    }

    @Test
    void a_later_report_activates_nothing_again() {
        fleet.hasTracker(activating());

        fleet.receives(report("e1", AT, "\"battery\":\"97\""));
        fleet.receives(report("e2", AT.plusSeconds(60), "\"battery\":\"96\""));

        assertThat(fleet.bus.published("DeviceActivated")).hasSize(1);
    }

    @Test
    void a_low_battery_is_told_at_once_in_a_sentence() {
        fleet.hasTracker(activating());

        fleet.receives(sample("event.json"));
        fleet.receives(sample("event-battery-low.json"));

        assertThat(fleet.bus.detailTypes()).containsExactly("DeviceActivated", "DeviceAlertRaised");
        assertThat(fleet.bus.published("DeviceAlertRaised").getFirst().detail())
                .contains("BATTERY_LOW", "battery 8 %", "CRITICAL");
        assertThat(fleet.openConditions()).isEqualTo(Map.of(Condition.BATTERY_LOW, Severity.CRITICAL));
    }

    @Test
    void what_has_left_the_table_meanwhile_is_told_and_does_not_come_again() {
        Delivery gone = Deliveries.streamed(sample("event.json"), fleet.clock.instant());

        assertThat(fleet.applies(gone)).isEqualTo(new Applied.SetAside("UNKNOWN_DEVICE", false));
        assertThat(fleet.bus.detailTypes()).containsExactly("CallbackQuarantined");
        assertThat(fleet.store.deliveries()).isEmpty();
    }

    @Test
    void the_same_event_twice_is_one_delivery_and_one_alert() {
        fleet.hasTracker(activating());

        fleet.receives(sample("event-battery-low.json"));
        Device once = fleet.tracker();
        fleet.receives(sample("event-battery-low.json"));

        assertThat(fleet.store.deliveries()).hasSize(1);
        assertThat(fleet.store.alerts()).hasSize(1);
        assertThat(fleet.bus.published("DeviceAlertRaised")).hasSize(1);
        assertThat(fleet.tracker()).isEqualTo(once);
    }

    @Test
    void a_report_that_arrives_late_with_50_percent_does_not_end_the_alert_of_the_newest_8() {
        fleet.hasTracker(activating());

        fleet.receives(report("e2", AT, "\"battery\":\"8\""));
        fleet.receives(report("e1", AT.minusSeconds(600), "\"battery\":\"50\""));

        assertThat(fleet.openConditions()).containsEntry(Condition.BATTERY_LOW, Severity.CRITICAL);
        assertThat(fleet.bus.published("DeviceAlertCleared")).isEmpty();
        assertThat(fleet.tracker()
                        .vitals()
                        .window(Measure.BATTERY)
                        .newest()
                        .orElseThrow()
                        .value())
                .isEqualTo(8);
        assertThat(fleet.tracker().vitals().lastSeen()).contains(AT);
    }

    @ParameterizedTest
    @CsvSource({"0,1,2", "0,2,1", "1,0,2", "1,2,0", "2,0,1", "2,1,0"})
    void eight_eight_and_twenty_two_end_the_same_in_any_order(int first, int second, int third) {
        fleet.hasTracker(activating());
        List<String> reports = List.of(
                report("e1", AT.minusSeconds(120), "\"battery\":\"8\""),
                report("e2", AT.minusSeconds(60), "\"battery\":\"8\""),
                report("e3", AT, "\"battery\":\"22\""));

        List.of(first, second, third).forEach(i -> fleet.receives(reports.get(i)));

        assertThat(fleet.openConditions()).isEqualTo(Map.of(Condition.BATTERY_LOW, Severity.WARNING));
    }

    @Test
    void a_charged_battery_clears_its_alert() {
        fleet.hasTracker(activating());

        fleet.receives(report("e1", AT.minusSeconds(60), "\"battery\":\"8\""));
        fleet.receives(report("e2", AT, "\"battery\":\"60\""));

        assertThat(fleet.openConditions()).isEmpty();
        assertThat(fleet.bus.detailTypes())
                .containsExactly("DeviceActivated", "DeviceAlertRaised", "DeviceAlertCleared");
    }

    @Test
    void what_was_unreadable_at_receipt_is_announced_and_the_stream_goes_on() {
        assertThat(fleet.receives("not json")).isEqualTo(new Applied.SetAside("NOT_JSON", true));

        assertThat(fleet.bus.detailTypes()).containsExactly("CallbackQuarantined");
        assertThat(fleet.bus.published().getFirst().detail()).contains("NOT_JSON");
    }

    @Test
    void an_unknown_kind_is_kept_as_unhandled_and_nobody_is_bothered() {
        String body = "{\"kind\":\"ts.else\",\"data\":{}}";

        assertThat(fleet.receives(body)).isEqualTo(new Applied.Unhandled(true));

        assertThat(fleet.statusOf(body)).isEqualTo(new Status.Unhandled());
        assertThat(fleet.bus.published()).isEmpty();
    }

    @Test
    void a_device_that_we_do_not_know_is_quarantined() {
        String body = report("e1", AT, "\"battery\":\"8\"");

        assertThat(fleet.receives(body)).isEqualTo(new Applied.SetAside("UNKNOWN_DEVICE", true));

        assertThat(fleet.statusOf(body)).isInstanceOfSatisfying(Status.Quarantined.class, it -> assertThat(it.reason())
                .isEqualTo("UNKNOWN_DEVICE"));
        assertThat(fleet.bus.detailTypes()).containsExactly("CallbackQuarantined");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
                    `{"kind":"ts.event"}`, NO_DATA
                    `{"kind":"ts.event","data":[]}`, NO_DATA
                    `{"kind":"ts.event","data":{"deviceid":"d0c1e0a1-0000-6abc-f001-0123456789ab"}}`, NO_TIME
                    `{"kind":"ts.event","data":{"lastupdated":"yesterday"}}`, NO_TIME
                    `{"kind":"ts.event","data":{"lastupdated":"2026-03-02T16:05:49Z"}}`, NO_DEVICE
                    `{"kind":"ts.event","data":{"deviceid":"nobody","lastupdated":"2026-03-02T16:05:49Z"}}`, BAD_DEVICE_ID
                    """)
    void what_is_no_report_is_quarantined_with_the_reason(String body, String reason) {
        fleet.hasTracker(activating());

        assertThat(fleet.receives(body)).isEqualTo(new Applied.SetAside(reason, true));

        assertThat(fleet.statusOf(body)).isInstanceOfSatisfying(Status.Quarantined.class, it -> assertThat(it.reason())
                .isEqualTo(reason));
        assertThat(fleet.bus.published("CallbackQuarantined"))
                .singleElement()
                .satisfies(event -> assertThat(event.detail()).contains(reason));
        assertThat(fleet.tracker().lifecycle()).isInstanceOf(Lifecycle.Activating.class);
    }

    @Test
    void a_device_found_by_the_imei_in_passing_learns_its_id_while_its_order_is_on_its_way() {
        fleet.hasTracker(new Lifecycle.Requested(AT).checked(AT));

        fleet.receives(sample("event-battery-low.json"));

        assertThat(fleet.tracker().uid()).contains(TRACKER_UID);
        assertThat(fleet.devices.whoHas(TRACKER_UID)).contains(TRACKER);
        assertThat(fleet.tracker().lifecycle()).isInstanceOf(Lifecycle.Checked.class);
        assertThat(fleet.tracker().vitals().lastSeen()).isPresent();
        assertThat(fleet.openConditions()).isEmpty();
    }

    @Test
    void a_rejected_order_learns_no_id() {
        fleet.hasTracker(new Lifecycle.Requested(AT).rejected(List.of("imei"), AT));

        fleet.receives(sample("event-battery-low.json"));

        assertThat(fleet.tracker().uid()).isEmpty();
    }

    @Test
    void a_device_with_an_id_keeps_it_whatever_a_message_says_in_passing() {
        fleet.has(TRACKER, "89148000009999900014", OTHER_UID, registered().activating(AT));

        fleet.receives(sample("event-battery-low.json"));

        assertThat(fleet.tracker().uid()).contains(OTHER_UID);
    }

    @Test
    void the_platform_s_id_counts_more_than_the_imei_in_passing() {
        fleet.hasTracker(new Lifecycle.Requested(AT));
        fleet.has(OTHER, "89148000009999900022", TRACKER_UID, registered().activating(AT));

        fleet.receives(sample("event-battery-low.json"));

        assertThat(fleet.tracker().vitals().lastSeen()).isEmpty();
        assertThat(fleet.devices.find(OTHER).orElseThrow().lifecycle()).isInstanceOf(Lifecycle.InService.class);
    }

    @Test
    void a_report_merges_into_what_somebody_else_stored_in_between() {
        fleet.hasTracker(activating());
        String rival = report("e0", AT.minusSeconds(60), "\"signalStrength\":\"-90\"");
        boolean[] came = {false};
        fleet.store.onEffect(effect -> {
            if (effect.equals("save device:before") && !came[0]) {
                came[0] = true;
                fleet.receives(rival);
            }
        });

        fleet.receives(report("e1", AT, "\"battery\":\"8\""));

        assertThat(fleet.tracker().vitals().windows()).containsOnlyKeys(Measure.BATTERY, Measure.RSRP);
        assertThat(fleet.bus.published("DeviceActivated")).hasSize(1);
        assertThat(fleet.openConditions()).containsOnlyKeys(Condition.BATTERY_LOW);
    }

    @Test
    void a_device_that_never_holds_still_is_left_for_the_stream_s_next_try() {
        fleet.hasTracker(activating());
        boolean[] touching = {false};
        fleet.store.onEffect(effect -> {
            if (effect.equals("save device:before") && !touching[0]) {
                touching[0] = true;
                fleet.devices.save(fleet.tracker(), Consequences.NONE);
                touching[0] = false;
            }
        });

        assertThat(fleet.receives(report("e1", AT, "\"battery\":\"8\""))).isInstanceOf(Applied.Again.class);
        assertThat(fleet.bus.published()).isEmpty();
    }

    @Test
    void a_store_that_is_down_loses_nothing() {
        fleet.hasTracker(activating());
        var low = Deliveries.streamed(sample("event-battery-low.json"), AT);
        fleet.inbox.put(low);

        fleet.store.failNextWrite();
        assertThatThrownBy(() -> fleet.applyDelivery.run(low)).isInstanceOf(IllegalStateException.class);
        fleet.applyDelivery.run(low);

        assertThat(fleet.bus.detailTypes()).containsExactly("DeviceActivated", "DeviceAlertRaised");
    }

    @Test
    void a_bus_that_is_down_loses_no_alert() {
        fleet.hasTracker(activating());
        fleet.bus.goDown();

        assertThat(fleet.receives(sample("event-battery-low.json"))).isInstanceOf(Applied.Done.class);

        assertThat(fleet.store.outbox())
                .extracting(event -> event.detailType())
                .containsExactlyInAnyOrder("DeviceActivated", "DeviceAlertRaised");
    }
}

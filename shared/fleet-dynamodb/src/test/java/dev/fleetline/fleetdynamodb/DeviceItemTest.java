package dev.fleetline.fleetdynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fleetline.device.BatteryHistory;
import dev.fleetline.device.Device;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Measure;
import dev.fleetline.device.Report;
import dev.fleetline.device.SignalDays;
import dev.fleetline.device.Wakes;
import dev.fleetline.testing.SampleFleet;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DeviceItemTest {

    /** What DynamoDB charges a write for in two units. */
    private static final int TWO_KILOBYTES = 2048;

    private final Device device = SampleFleet.inService(1).at(1);

    @Test
    void a_device_of_which_all_that_is_remembered_is_full_stays_within_two_kilobytes() {
        Report conflicting = new Report(
                Optional.empty(),
                Optional.of(SampleFleet.imei(2)),
                SampleFleet.NOON,
                Map.of(),
                Optional.of("311480-30000014"));
        Device full = device.in(new Lifecycle.Suspended(Optional.of(SampleFleet.NOON), false, SampleFleet.NOON))
                .reported(conflicting, HealthSettings.DEFAULTS, SampleFleet.NOON);
        Map<String, AttributeValue> item = DeviceItem.of(full);

        int size = item.entrySet().stream()
                .mapToInt(entry -> bytes(entry.getKey()) + size(entry.getValue()))
                .sum();

        assertThat(device.vitals().windows().values())
                .allSatisfy(window -> assertThat(window.readings()).hasSize(32));
        assertThat(device.vitals().windows()).hasSize(Measure.values().length);
        assertThat(device.vitals().wakes().firsts()).hasSize(Wakes.KEPT);
        assertThat(device.vitals().signal().days()).hasSize(SignalDays.DAYS + 1);
        assertThat(device.vitals().battery().days()).hasSize(BatteryHistory.DAYS);
        assertThat(full.conflict()).isPresent();
        assertThat(size).isBetween(600, TWO_KILOBYTES);
    }

    @Test
    void who_took_a_line_off_the_network_and_who_it_is_named_after_are_kept() {
        Device deactivated = device.in(new Lifecycle.Deactivated(false, SampleFleet.NOON));
        Report conflicting = new Report(
                Optional.empty(), Optional.of(SampleFleet.imei(2)), SampleFleet.NOON, Map.of(), Optional.empty());
        Device conflict = device.reported(conflicting, HealthSettings.DEFAULTS, SampleFleet.NOON);

        assertThat(DeviceItem.read(DeviceItem.of(deactivated))).isEqualTo(deactivated);
        assertThat(DeviceItem.read(DeviceItem.of(conflict))).isEqualTo(conflict);
        assertThat(DeviceItem.read(DeviceItem.of(conflict.conflictSettled()))).isEqualTo(conflict.conflictSettled());
    }

    @Test
    void a_device_of_a_newer_schema_is_refused_and_the_refusal_shows_four_digits_only() {
        Map<String, AttributeValue> item = new HashMap<>(DeviceItem.of(device));
        item.put("schema", AttributeValue.fromN("2"));

        assertThatExceptionOfType(UnreadableItem.class)
                .isThrownBy(() -> DeviceItem.read(item))
                .withMessageContaining("schema 2")
                .withMessageContaining(device.imei().toString())
                .satisfies(refusal -> assertThat(refusal.getMessage())
                        .doesNotContain(device.imei().digits()));
    }

    @Test
    void the_last_known_cell_is_kept_with_its_time() {
        Instant at = Instant.parse("2026-03-02T15:05:26Z");
        Report heard =
                new Report(Optional.empty(), Optional.of(device.imei()), at, Map.of(), Optional.of("311480-30000014"));
        Device seen = device.reported(heard, HealthSettings.DEFAULTS, at);

        assertThat(DeviceItem.read(DeviceItem.of(seen))).isEqualTo(seen);
        assertThat(seen.profile().cell()).contains(new Device.Cell("311480-30000014", at));
    }

    @Test
    void a_device_that_was_stored_before_the_carrier_s_words_were_noted_counts_them_from_its_state_on() {
        Map<String, AttributeValue> item = new HashMap<>(DeviceItem.of(device));
        item.remove("lineSaid");
        item.remove("simSaid");

        Device read = DeviceItem.read(item);

        assertThat(read.said())
                .isEqualTo(new Device.Said(Optional.empty(), device.lifecycle().since()));
        assertThat(read.lineSince()).isEqualTo(device.lifecycle().since());
    }

    @Test
    void
            an_open_order_that_was_stored_before_looks_were_kept_is_due_for_its_first_and_stands_in_the_index_when_stored() {
        Device ordered = SampleFleet.ordered(2).at(1);
        Map<String, AttributeValue> item = new HashMap<>(DeviceItem.of(ordered));
        item.remove("lookAt");
        item.remove("waiting");

        Device read = DeviceItem.read(item);

        assertThat(read.progress().lookAt()).contains(SampleFleet.NOON.plusSeconds(1_800));
        assertThat(DeviceItem.of(read)).containsKeys("waiting", "lookAt");
        assertThat(DeviceItem.read(DeviceItem.of(device)).progress().lookAt()).isEmpty();
    }

    @Test
    void an_attribute_that_is_missing_is_named() {
        Map<String, AttributeValue> item = new HashMap<>(DeviceItem.of(device));
        item.remove("iccid");

        assertThatExceptionOfType(UnreadableItem.class)
                .isThrownBy(() -> DeviceItem.read(item))
                .withMessageContaining("iccid is missing");
    }

    private static int size(AttributeValue value) {
        return switch (value.type()) {
            case S -> bytes(value.s());
            case N -> value.n().length() / 2 + 2;
            case B -> value.b().asByteArray().length;
            case BOOL -> 1;
            default -> throw new IllegalStateException("size of " + value.type() + " is not known here");
        };
    }

    private static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }
}

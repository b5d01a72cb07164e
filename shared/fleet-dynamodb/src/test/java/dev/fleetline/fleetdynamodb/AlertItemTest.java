package dev.fleetline.fleetdynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.alert.Alert;
import dev.fleetline.device.Severity;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class AlertItemTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    /** As the version wrote it that knew neither reminders nor flapping. */
    private final Map<String, AttributeValue> before = new HashMap<>(new ItemWriter()
            .text("subject", "device#999999000000014")
            .text("condition", "BATTERY_LOW")
            .number("number", 2)
            .number("version", 5)
            .text("state", "OPEN")
            .number("sequence", 3)
            .text("severity", "WARNING")
            .text("cause", "UNKNOWN")
            .text("openShard", "open#3")
            .time("openSince", NOON)
            .text("toldSeverity", "WARNING")
            .time("toldAt", NOON.plusSeconds(5))
            .item());

    @Test
    void an_alert_that_was_stored_before_reminders_were_is_due_at_once() {
        assertThat(AlertItem.read(before)).isInstanceOfSatisfying(Alert.Open.class, open -> {
            assertThat(open.due()).contains(NOON);
            assertThat(open.told()).contains(Alert.Told.first(Severity.WARNING, NOON.plusSeconds(5)));
            assertThat(open.care()).isEqualTo(new Alert.Care.None());
            assertThat(open.flapping()).isEqualTo(Alert.Flapping.CALM);
        });
    }

    @Test
    void a_subject_or_a_state_that_nobody_knows_is_refused_by_its_name() {
        before.put("subject", AttributeValue.fromS("ship#1"));
        assertThatThrownBy(() -> AlertItem.read(before))
                .isInstanceOf(UnreadableItem.class)
                .hasMessageContaining("subject");
        before.put("subject", AttributeValue.fromS("fleet"));
        before.put("state", AttributeValue.fromS("LOST"));
        assertThatThrownBy(() -> AlertItem.read(before))
                .isInstanceOf(UnreadableItem.class)
                .hasMessageContaining("state");
    }
}

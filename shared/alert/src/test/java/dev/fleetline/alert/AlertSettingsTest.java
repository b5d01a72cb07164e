package dev.fleetline.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.device.HealthSetting;
import dev.fleetline.device.HealthSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertSettingsTest {

    @Test
    void a_fleet_that_has_set_nothing_has_the_usual_numbers() {
        assertThat(AlertSettings.DEFAULTS)
                .isEqualTo(new AlertSettings(Duration.ofHours(23), Duration.ofDays(14), 6, 50, 25));
    }

    @Test
    void a_device_has_its_own_numbers_where_it_has_some() {
        HealthSettings settings = new HealthSettings(
                Map.of(HealthSetting.REMIND_AFTER, 7_200.0),
                Map.of(),
                Map.of(Trackers.IMEI, Map.of(HealthSetting.MESSAGES_A_DAY, 1.0)));

        AlertSettings own = AlertSettings.of(settings.of(Trackers.inService()));

        assertThat(own.messagesADay()).isEqualTo(1);
        assertThat(own.remindAfter()).isEqualTo(Duration.ofHours(2));
        assertThat(AlertSettings.of(settings.ofFleet()).messagesADay()).isEqualTo(6);
    }

    @Test
    void what_is_calm_above_where_it_flaps_is_refused() {
        assertThatThrownBy(() -> new HealthSettings(
                        Map.of(HealthSetting.CALM_BELOW, 60.0, HealthSetting.FLAPS_ABOVE, 50.0), Map.of(), Map.of()))
                .hasMessageContaining("CALM_BELOW");
    }
}

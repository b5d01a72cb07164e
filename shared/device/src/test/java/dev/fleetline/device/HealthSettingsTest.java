package dev.fleetline.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fleetline.device.HealthSettings.Refused;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class HealthSettingsTest {

    private static final String MODEL = "Asset-Tracker-2";

    @ParameterizedTest
    @EnumSource(HealthSetting.class)
    void every_default_lies_within_its_bounds_and_is_found_by_its_name(HealthSetting setting) {
        assertThat(setting.allows(setting.usual())).isTrue();
        assertThat(setting.allows(setting.least() - 1)).isFalse();
        assertThat(setting.allows(setting.most() + 1)).isFalse();
        assertThat(HealthSetting.named(setting.name())).contains(setting);
    }

    @Test
    void the_nearest_number_counts_and_says_where_it_comes_from() {
        var settings = new HealthSettings(
                Map.of(HealthSetting.BATTERY_WARNING, 30.0),
                Map.of(MODEL, Map.of(HealthSetting.BATTERY_WARNING, 40.0, HealthSetting.SLACK_PERCENT, 20.0)),
                Map.of(Trackers.IMEI, Map.of(HealthSetting.BATTERY_WARNING, 50.0)));

        HealthNumbers numbers = settings.of(Trackers.undeclared(MODEL));

        assertThat(numbers.number(HealthSetting.BATTERY_WARNING)).isEqualTo(50);
        assertThat(numbers.origin(HealthSetting.BATTERY_WARNING)).isEqualTo("device");
        assertThat(numbers.number(HealthSetting.SLACK_PERCENT)).isEqualTo(20);
        assertThat(numbers.origin(HealthSetting.SLACK_PERCENT)).isEqualTo("model");
        assertThat(numbers.number(HealthSetting.BATTERY_CRITICAL)).isEqualTo(10);
        assertThat(numbers.origin(HealthSetting.BATTERY_CRITICAL)).isEqualTo("fleet");
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                refused(HealthSetting.BATTERY_CRITICAL, 20, "BATTERY_CRITICAL"),
                refused(HealthSetting.BATTERY_CRITICAL, 21, "BATTERY_CRITICAL"),
                refused(HealthSetting.RSRP_WARNING, -125, "RSRP_"),
                refused(HealthSetting.RSRQ_CRITICAL, -10, "RSRQ_"),
                refused(HealthSetting.SINR_CRITICAL, 1, "SINR_"),
                refused(HealthSetting.BATTERY_CLEARS_BY, 0, "BATTERY_CLEARS_BY"),
                refused(HealthSetting.BATTERY_CLEARS_BY, -5, "BATTERY_CLEARS_BY"),
                refused(HealthSetting.RSRP_CLEARS_BY, -1, "RSRP_CLEARS_BY"),
                refused(HealthSetting.REPORTING_INTERVAL, -3_600, "REPORTING_INTERVAL"),
                refused(HealthSetting.REPORTING_INTERVAL, 0, "REPORTING_INTERVAL"),
                refused(HealthSetting.SLACK_PERCENT, -1, "SLACK_PERCENT"),
                refused(HealthSetting.LOST_WARNING_INTERVALS, 3, "LOST_WARNING_INTERVALS"),
                refused(HealthSetting.NEVER_SEEN_CRITICAL, 3_600, "NEVER_SEEN_"),
                refused(HealthSetting.SINR_WARNING, Double.NaN, "SINR_WARNING"));
    }

    @Test
    void a_condition_that_no_reading_could_end_is_refused_by_name() {
        var numbers = Map.of(HealthSetting.BATTERY_WARNING, 60.0, HealthSetting.BATTERY_CLEARS_BY, 41.0);

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> new HealthSettings(numbers, Map.of(), Map.of()))
                .withMessage("setting fleet.BATTERY_CLEARS_BY puts the end of the condition out of reach: it must be"
                        + " such that it and BATTERY_WARNING come to 100 at most");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> new HealthSettings(
                        Map.of(HealthSetting.RSRP_CLEARS_BY, 50.0),
                        Map.of(MODEL, Map.of(HealthSetting.RSRP_WARNING, -69.0)),
                        Map.of()))
                .satisfies(e -> assertThat(e.name()).isEqualTo("models." + MODEL + ".RSRP_WARNING"));
        assertThat(new HealthSettings(
                                Map.of(HealthSetting.BATTERY_WARNING, 60.0, HealthSetting.BATTERY_CLEARS_BY, 40.0),
                                Map.of(),
                                Map.of())
                        .fleet())
                .containsEntry(HealthSetting.BATTERY_CLEARS_BY, 40.0);
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("contradictions")
    void what_cannot_be_is_refused_by_name_wherever_it_is_set(HealthSetting setting, double value, String name) {
        Map<HealthSetting, Double> numbers = Map.of(setting, value);

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> new HealthSettings(numbers, Map.of(), Map.of()))
                .satisfies(e -> assertThat(e.name()).startsWith("fleet." + name));
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> new HealthSettings(Map.of(), Map.of(MODEL, numbers), Map.of()))
                .satisfies(e -> assertThat(e.name()).startsWith("models." + MODEL + "." + name));
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> new HealthSettings(Map.of(), Map.of(), Map.of(Trackers.IMEI, numbers)))
                .satisfies(e -> assertThat(e.name())
                        .startsWith("devices.")
                        .contains(name)
                        .doesNotContain(Trackers.IMEI.digits()));
    }

    @Test
    void a_line_of_a_device_that_contradicts_its_model_s_is_refused() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> new HealthSettings(
                        Map.of(),
                        Map.of(MODEL, Map.of(HealthSetting.BATTERY_WARNING, 12.0)),
                        Map.of(Trackers.IMEI, Map.of(HealthSetting.BATTERY_CRITICAL, 15.0))))
                .withMessageContaining("BATTERY_CRITICAL");
    }

    private static Arguments refused(HealthSetting setting, double value, String name) {
        return Arguments.of(setting, value, name);
    }
}

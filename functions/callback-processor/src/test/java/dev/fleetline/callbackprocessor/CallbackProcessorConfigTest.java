package dev.fleetline.callbackprocessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.device.HealthSettings;
import dev.fleetline.lambda.Settings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackProcessorConfigTest {

    private final Map<String, String> environment = new HashMap<>(Map.ofEntries(
            Map.entry("DEVICES_TABLE", "devices"),
            Map.entry("IDENTITIES_TABLE", "identities"),
            Map.entry("CALLBACKS_TABLE", "callbacks"),
            Map.entry("ALERTS_TABLE", "alerts"),
            Map.entry("HISTORY_TABLE", "history"),
            Map.entry("OUTBOX_TABLE", "outbox"),
            Map.entry("CLAIMS_TABLE", "claims"),
            Map.entry("BUS_NAME", "fleetline-test"),
            Map.entry("DEAD_LETTER_QUEUE_URL", "https://sqs.example.test/dead"),
            Map.entry("RUNBOOKS_URL", "https://runbooks.example.test"),
            Map.entry("BATTERY_WARNING", "20"),
            Map.entry("BATTERY_CRITICAL", "10"),
            Map.entry("REPORTING_INTERVAL", "PT24H"),
            Map.entry("SLACK_PERCENT", "10")));

    @Test
    void the_usual_settings_are_the_fleet_s_defaults() {
        assertThat(read().health()).isEqualTo(HealthSettings.DEFAULTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DEVICES_TABLE",
                "IDENTITIES_TABLE",
                "CALLBACKS_TABLE",
                "ALERTS_TABLE",
                "HISTORY_TABLE",
                "OUTBOX_TABLE",
                "CLAIMS_TABLE",
                "BUS_NAME",
                "DEAD_LETTER_QUEUE_URL",
                "RUNBOOKS_URL",
                "BATTERY_WARNING",
                "BATTERY_CRITICAL",
                "REPORTING_INTERVAL",
                "SLACK_PERCENT"
            })
    void refuses_to_start_without_a_setting_and_says_which_and_where(String name) {
        environment.remove(name);

        assertThatThrownBy(this::read).hasMessageContaining(name).hasMessageContaining("function CallbackProcessor");
    }

    @ParameterizedTest
    @CsvSource({
        "BATTERY_CRITICAL, 20",
        "BATTERY_WARNING, 96",
        "SLACK_PERCENT, 101",
        "HEALTH_SETTINGS, all",
        "REPORTING_INTERVAL, PT1M",
        "REPORTING_INTERVAL, daily",
        "RUNBOOKS_URL, runbooks",
    })
    void refuses_what_is_out_of_bounds(String name, String value) {
        environment.put(name, value);

        assertThatThrownBy(this::read).hasMessageContaining(name).hasMessageContaining("it must be");
    }

    private CallbackProcessorConfig read() {
        return CallbackProcessorConfig.from(new Settings(environment, "callback-processor"));
    }
}

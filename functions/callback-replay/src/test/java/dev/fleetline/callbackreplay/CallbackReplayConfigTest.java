package dev.fleetline.callbackreplay;

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

class CallbackReplayConfigTest {

    private final Map<String, String> environment = new HashMap<>(Map.ofEntries(
            Map.entry("DEVICES_TABLE", "devices"),
            Map.entry("IDENTITIES_TABLE", "identities"),
            Map.entry("CALLBACKS_TABLE", "callbacks"),
            Map.entry("ALERTS_TABLE", "alerts"),
            Map.entry("HISTORY_TABLE", "history"),
            Map.entry("OUTBOX_TABLE", "outbox"),
            Map.entry("BUS_NAME", "fleetline-test"),
            Map.entry("ACCOUNT", "0999000001-00001,0999000001-00002"),
            Map.entry("RUNBOOKS_URL", "https://runbooks.example.test"),
            Map.entry("BATTERY_WARNING", "20"),
            Map.entry("BATTERY_CRITICAL", "10"),
            Map.entry("REPORTING_INTERVAL", "PT24H"),
            Map.entry("SLACK_PERCENT", "10")));

    @Test
    void the_usual_settings_are_the_fleet_s_defaults() {
        assertThat(read().health()).isEqualTo(HealthSettings.DEFAULTS);
    }

    @Test
    void the_accounts_that_are_ours_are_a_list() {
        assertThat(read().accounts().ours()).containsExactlyInAnyOrder("0999000001-00001", "0999000001-00002");
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
                "BUS_NAME",
                "RUNBOOKS_URL",
                "BATTERY_WARNING",
                "BATTERY_CRITICAL",
                "REPORTING_INTERVAL",
                "SLACK_PERCENT"
            })
    void refuses_to_start_without_a_setting_and_says_which_and_where(String name) {
        environment.remove(name);

        assertThatThrownBy(this::read).hasMessageContaining(name).hasMessageContaining("function CallbackReplay");
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

    private CallbackReplayConfig read() {
        return CallbackReplayConfig.from(new Settings(environment, "callback-replay"));
    }
}

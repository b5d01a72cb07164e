package dev.fleetline.alertdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.lambda.Settings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertDeskConfigTest {

    private static final Map<String, String> GOOD = Map.ofEntries(
            Map.entry("DEVICES_TABLE", "devices"),
            Map.entry("ALERTS_TABLE", "alerts"),
            Map.entry("HISTORY_TABLE", "history"),
            Map.entry("OUTBOX_TABLE", "outbox"),
            Map.entry("BUS_NAME", "fleetline-test"),
            Map.entry("ALERT_LINKS_SECRET", "fleetline/test/alert-links/key"),
            Map.entry("ACCOUNT", "0999000001-00001"),
            Map.entry("RUNBOOKS_URL", "https://runbooks.example.test/fleetline/"),
            Map.entry("BATTERY_WARNING", "20"),
            Map.entry("BATTERY_CRITICAL", "10"),
            Map.entry("REPORTING_INTERVAL", "PT24H"),
            Map.entry("SLACK_PERCENT", "10"));

    @Test
    void good_settings_are_taken_as_they_are() {
        AlertDeskConfig config = from(GOOD);

        assertThat(config.stores()).isEqualTo(new AlertDeskConfig.Stores("devices", "alerts", "history", "outbox"));
        assertThat(config.linksSecret()).isEqualTo("fleetline/test/alert-links/key");
        assertThat(config.runbooks()).isEqualTo("https://runbooks.example.test/fleetline");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DEVICES_TABLE",
                "ALERTS_TABLE",
                "HISTORY_TABLE",
                "OUTBOX_TABLE",
                "BUS_NAME",
                "ALERT_LINKS_SECRET",
                "ACCOUNT",
                "RUNBOOKS_URL",
                "BATTERY_WARNING",
                "BATTERY_CRITICAL",
                "REPORTING_INTERVAL",
                "SLACK_PERCENT"
            })
    void a_setting_that_is_missing_is_named(String name) {
        assertThatThrownBy(() -> from(with(name, "")))
                .isInstanceOf(Settings.BadSetting.class)
                .hasMessageContaining("setting " + name + " of alert-desk is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "RUNBOOKS_URL, runbooks.example.test",
        "BATTERY_CRITICAL, 20",
        "BATTERY_WARNING, 101",
        "REPORTING_INTERVAL, PT1S",
        "SLACK_PERCENT, -1"
    })
    void a_setting_out_of_bounds_is_refused_by_its_name(String name, String value) {
        assertThatThrownBy(() -> from(with(name, value)))
                .isInstanceOf(Settings.BadSetting.class)
                .hasMessageContaining(name);
    }

    private static AlertDeskConfig from(Map<String, String> environment) {
        return AlertDeskConfig.from(new Settings(environment, "alert-desk"));
    }

    private static Map<String, String> with(String name, String value) {
        var changed = new HashMap<>(GOOD);
        changed.put(name, value);
        return changed;
    }
}

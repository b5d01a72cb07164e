package dev.fleetline.deviceonboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.lambda.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceOnboardingConfigTest {

    private static final Map<String, String> GOOD = Map.ofEntries(
            Map.entry("DEVICES_TABLE", "devices"),
            Map.entry("IDENTITIES_TABLE", "identities"),
            Map.entry("HISTORY_TABLE", "history"),
            Map.entry("OUTBOX_TABLE", "outbox"),
            Map.entry("BUS_NAME", "fleetline-test"),
            Map.entry("QUEUE_URL", "http://queue.example.test/orders"),
            Map.entry("DEAD_LETTER_QUEUE_URL", "http://queue.example.test/dead"),
            Map.entry("CORE_TOKEN_SECRET", "fleetline/test/core/token"),
            Map.entry("THINGSPACE_CORE_URL", "https://core.example.test"),
            Map.entry("CARRIER_TIMEOUT", "PT10S"),
            Map.entry("ACCOUNT", "0999000001-00001"),
            Map.entry("CARRIER", "core"));

    @Test
    void good_settings_are_taken_as_they_are() {
        DeviceOnboardingConfig config = from(GOOD);

        assertThat(config.stores())
                .isEqualTo(new DeviceOnboardingConfig.Stores("devices", "identities", "history", "outbox"));
        assertThat(config.channels())
                .isEqualTo(new DeviceOnboardingConfig.Channels(
                        "fleetline-test", "http://queue.example.test/orders", "http://queue.example.test/dead"));
        assertThat(config.platform())
                .isEqualTo(new DeviceOnboardingConfig.Platform(
                        URI.create("https://core.example.test"), "fleetline/test/core/token", Duration.ofSeconds(10)));
        assertThat(config.defaults()).isEqualTo(new DeviceOnboardingConfig.Defaults("0999000001-00001", "core"));
        assertThat(config.platform().flight()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DEVICES_TABLE",
                "IDENTITIES_TABLE",
                "HISTORY_TABLE",
                "OUTBOX_TABLE",
                "BUS_NAME",
                "QUEUE_URL",
                "DEAD_LETTER_QUEUE_URL",
                "CORE_TOKEN_SECRET",
                "THINGSPACE_CORE_URL",
                "CARRIER_TIMEOUT",
                "ACCOUNT",
                "CARRIER"
            })
    void a_setting_that_is_missing_is_named_with_its_place(String name) {
        Map<String, String> without = new HashMap<>(GOOD);
        without.remove(name);

        assertThatThrownBy(() -> from(without)).hasMessageContaining(name).hasMessageContaining("DeviceOnboarding");
    }

    @ParameterizedTest
    @CsvSource({"CARRIER_TIMEOUT,PT1S", "CARRIER_TIMEOUT,PT21S", "CARRIER_TIMEOUT,soon", "THINGSPACE_CORE_URL,core"})
    void a_setting_out_of_bounds_is_named(String name, String value) {
        Map<String, String> wrong = new HashMap<>(GOOD);
        wrong.put(name, value);

        assertThatThrownBy(() -> from(wrong)).hasMessageContaining(name).hasMessageContaining("template.yaml");
    }

    @Test
    void a_carrier_that_orders_may_not_name_is_no_default_either() {
        Map<String, String> wrong = new HashMap<>(GOOD);
        wrong.put("CARRIER", "pigeon");

        assertThatThrownBy(() -> from(wrong)).hasMessageContaining("CARRIER").hasMessageContaining("core");
    }

    private static DeviceOnboardingConfig from(Map<String, String> environment) {
        return DeviceOnboardingConfig.from(new Settings(environment, "device-onboarding"));
    }
}

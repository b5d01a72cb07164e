package dev.fleetline.healthsweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.device.HealthNumbers;
import dev.fleetline.device.HealthSetting;
import dev.fleetline.lambda.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthSweepConfigTest {

    static final Map<String, String> GOOD = Map.ofEntries(
            Map.entry("DEVICES_TABLE", "devices"),
            Map.entry("ALERTS_TABLE", "alerts"),
            Map.entry("HISTORY_TABLE", "history"),
            Map.entry("OUTBOX_TABLE", "outbox"),
            Map.entry("CLAIMS_TABLE", "claims"),
            Map.entry("BUS_NAME", "fleetline-test"),
            Map.entry("RUNBOOKS_URL", "https://runbooks.example.test/fleetline/"),
            Map.entry("BATTERY_WARNING", "25"),
            Map.entry("BATTERY_CRITICAL", "12.5"),
            Map.entry("REPORTING_INTERVAL", "PT12H"),
            Map.entry("SLACK_PERCENT", "20"),
            Map.entry("HEALTH_SETTINGS", "{\"fleet\":{\"RSRP_WARNING\":-105}}"),
            Map.entry("PAGE_SIZE", "25"),
            Map.entry("CALLBACKS_TABLE", "callbacks"),
            Map.entry("FILES_BUCKET", "files"),
            Map.entry("ACCOUNT", "0999000001-00001"),
            Map.entry("SEGMENTS", "8"),
            Map.entry("VERIFY_AT_MOST", "50"),
            Map.entry("THINGSPACE_CORE_URL", "https://core.example.test"),
            Map.entry("CORE_TOKEN_SECRET", "core/token"),
            Map.entry("THINGSPACE_M2M_URL", "https://m2m.example.test"),
            Map.entry("M2M_TOKEN_SECRET", "m2m/token"),
            Map.entry("CARRIER_TIMEOUT", "PT10S"),
            Map.entry("STREAM_FROM", "core"),
            Map.entry("STREAM_KINDS", "ts.event"),
            Map.entry("CALLBACK_SERVICES", "CarrierService, DeviceService"),
            Map.entry("SIGNING_SERVICES", ""));

    @Test
    void takes_what_the_deployment_sets() {
        HealthSweepConfig config = HealthSweepConfig.from(new Settings(GOOD, "health-sweep"));

        assertThat(config.stores().devices()).isEqualTo("devices");
        assertThat(config.runbooks()).isEqualTo("https://runbooks.example.test/fleetline");
        HealthNumbers numbers = config.health().ofFleet();
        assertThat(numbers.number(HealthSetting.BATTERY_WARNING)).isEqualTo(25);
        assertThat(numbers.number(HealthSetting.BATTERY_CRITICAL)).isEqualTo(12.5);
        assertThat(numbers.duration(HealthSetting.REPORTING_INTERVAL)).isEqualTo(Duration.ofHours(12));
        assertThat(numbers.number(HealthSetting.SLACK_PERCENT)).isEqualTo(20);
        assertThat(numbers.number(HealthSetting.RSRP_WARNING)).isEqualTo(-105);
        assertThat(config.manners()).isEqualTo(new HealthSweepConfig.Manners(25, 8, 50));
        assertThat(config.platforms().m2m().orElseThrow().tokenSecret()).isEqualTo("m2m/token");
        assertThat(config.streams())
                .containsExactly("core/ts.event", "callback/CarrierService", "callback/DeviceService");
    }

    @Test
    void a_deployment_without_m2m_needs_no_token_of_it() {
        Map<String, String> withoutM2m = new HashMap<>(GOOD);
        withoutM2m.remove("THINGSPACE_M2M_URL");
        withoutM2m.remove("M2M_TOKEN_SECRET");

        assertThat(HealthSweepConfig.from(new Settings(withoutM2m, "health-sweep"))
                        .platforms()
                        .m2m())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CALLBACKS_TABLE",
                "FILES_BUCKET",
                "ACCOUNT",
                "SEGMENTS",
                "VERIFY_AT_MOST",
                "THINGSPACE_CORE_URL",
                "CORE_TOKEN_SECRET",
                "M2M_TOKEN_SECRET",
                "CARRIER_TIMEOUT",
                "STREAM_FROM",
                "DEVICES_TABLE",
                "ALERTS_TABLE",
                "HISTORY_TABLE",
                "OUTBOX_TABLE",
                "CLAIMS_TABLE",
                "BUS_NAME",
                "RUNBOOKS_URL",
                "BATTERY_WARNING",
                "BATTERY_CRITICAL",
                "REPORTING_INTERVAL",
                "SLACK_PERCENT",
                "PAGE_SIZE"
            })
    void does_not_start_without(String setting) {
        Map<String, String> incomplete = new HashMap<>(GOOD);
        incomplete.remove(setting);

        assertThatThrownBy(() -> HealthSweepConfig.from(new Settings(incomplete, "health-sweep")))
                .isInstanceOf(Settings.BadSetting.class)
                .hasMessageContaining("setting " + setting + " of health-sweep is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "RUNBOOKS_URL, runbooks",
        "BATTERY_WARNING, 0",
        "BATTERY_WARNING, 96",
        "BATTERY_CRITICAL, 25",
        "BATTERY_CRITICAL, -1",
        "REPORTING_INTERVAL, PT4M",
        "REPORTING_INTERVAL, P8D",
        "SLACK_PERCENT, 101",
        "HEALTH_SETTINGS, all",
        "PAGE_SIZE, 0",
        "PAGE_SIZE, 501",
        "SEGMENTS, 0",
        "SEGMENTS, 1001",
        "VERIFY_AT_MOST, -1",
        "VERIFY_AT_MOST, 1001",
        "CARRIER_TIMEOUT, PT2S",
        "THINGSPACE_CORE_URL, core",
        "CALLBACK_SERVICES, a b"
    })
    void does_not_start_beyond_a_bound(String setting, String value) {
        Map<String, String> wrong = new HashMap<>(GOOD);
        wrong.put(setting, value);

        assertThatThrownBy(() -> HealthSweepConfig.from(new Settings(wrong, "health-sweep")))
                .isInstanceOf(Settings.BadSetting.class)
                .hasMessageContaining("setting " + setting + " of health-sweep ");
    }
}

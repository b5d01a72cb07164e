package dev.fleetline.deviceonboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.deviceonboarding.DeviceOnboardingConfig.Orders;
import dev.fleetline.deviceonboarding.DeviceOnboardingConfig.Platform;
import dev.fleetline.deviceonboarding.DeviceOnboardingConfig.World;
import dev.fleetline.lambda.Settings;
import dev.fleetline.onboarding.OrderRules.Admitted;
import dev.fleetline.onboarding.OrderRules.Defaults;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
            Map.entry("CARRIER", "core"),
            Map.entry("CLAIMS_TABLE", "claims"),
            Map.entry("THINGSPACE_M2M_URL", "https://m2m.example.test"),
            Map.entry("M2M_TOKEN_SECRET", "fleetline/test/m2m/token"),
            Map.entry("SERVICE_PLAN", "m2m_4G"),
            Map.entry("ZIP", "98801"),
            Map.entry("ICCID_ISSUERS", "891480, 891481"),
            Map.entry("ADMITTED_TACS", "99999900"),
            Map.entry("LINE_ACTIONS_PER_DAY", "5"));

    @Test
    void good_settings_are_taken_as_they_are() {
        DeviceOnboardingConfig config = from(GOOD);

        assertThat(config.stores())
                .isEqualTo(new DeviceOnboardingConfig.Stores("devices", "identities", "history", "outbox", "claims"));
        assertThat(config.channels())
                .isEqualTo(new DeviceOnboardingConfig.Channels(
                        "fleetline-test", "http://queue.example.test/orders", "http://queue.example.test/dead"));
        assertThat(config.platform())
                .isEqualTo(new Platform(
                        new World(URI.create("https://core.example.test"), "fleetline/test/core/token"),
                        Optional.of(new World(URI.create("https://m2m.example.test"), "fleetline/test/m2m/token")),
                        Duration.ofSeconds(10)));
        assertThat(config.orders())
                .isEqualTo(new Orders(
                        new Defaults("0999000001-00001", "core", Optional.of("m2m_4G"), Optional.of("98801")),
                        new Admitted(Set.of("core", "m2m"), Set.of("891480", "891481"), Set.of("99999900")),
                        5));
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
                "CARRIER",
                "CLAIMS_TABLE",
                "M2M_TOKEN_SECRET",
                "LINE_ACTIONS_PER_DAY"
            })
    void a_setting_that_is_missing_is_named_with_its_place(String name) {
        assertThatThrownBy(() -> from(without(name)))
                .hasMessageContaining(name)
                .hasMessageContaining("DeviceOnboarding");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CARRIER_TIMEOUT      | PT1S
            CARRIER_TIMEOUT      | PT21S
            CARRIER_TIMEOUT      | soon
            THINGSPACE_CORE_URL  | core
            THINGSPACE_M2M_URL   | m2m
            SERVICE_PLAN         | farmer's plan
            ZIP                  | 9880
            ZIP                  | 98801-1234
            ICCID_ISSUERS        | 44
            ICCID_ISSUERS        | 891480,
            ADMITTED_TACS        | 9999990
            LINE_ACTIONS_PER_DAY | 0
            LINE_ACTIONS_PER_DAY | 51
            """)
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

    @Test
    void without_an_address_of_m2m_only_core_is_spoken_to() {
        DeviceOnboardingConfig config = from(without("THINGSPACE_M2M_URL"));

        assertThat(config.platform().m2m()).isEmpty();
        assertThat(config.orders().admitted().carriers()).containsExactly("core");
    }

    @Test
    void m2m_is_no_default_where_it_is_not_spoken_to() {
        Map<String, String> wrong = without("THINGSPACE_M2M_URL");
        wrong.put("CARRIER", "m2m");

        assertThatThrownBy(() -> from(wrong)).hasMessageContaining("CARRIER").hasMessageContaining("core");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SERVICE_PLAN", "ZIP", "ICCID_ISSUERS", "ADMITTED_TACS"})
    void what_narrows_or_completes_orders_may_be_left_out(String name) {
        assertThat(from(without(name)).orders().lineActionsPerDay()).isEqualTo(5);
    }

    private static Map<String, String> without(String name) {
        Map<String, String> without = new HashMap<>(GOOD);
        without.remove(name);
        return without;
    }

    private static DeviceOnboardingConfig from(Map<String, String> environment) {
        return DeviceOnboardingConfig.from(new Settings(environment, "device-onboarding"));
    }
}

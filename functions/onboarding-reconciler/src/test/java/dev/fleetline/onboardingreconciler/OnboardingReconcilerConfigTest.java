package dev.fleetline.onboardingreconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.lambda.Settings;
import dev.fleetline.onboardingreconciler.OnboardingReconcilerConfig.World;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnboardingReconcilerConfigTest {

    static final Map<String, String> GOOD = Map.ofEntries(
            Map.entry("DEVICES_TABLE", "devices"),
            Map.entry("IDENTITIES_TABLE", "identities"),
            Map.entry("HISTORY_TABLE", "history"),
            Map.entry("OUTBOX_TABLE", "outbox"),
            Map.entry("BUS_NAME", "fleetline-test"),
            Map.entry("THINGSPACE_CORE_URL", "https://core.example.test"),
            Map.entry("CORE_TOKEN_SECRET", "fleetline/test/core/token"),
            Map.entry("THINGSPACE_M2M_URL", "https://m2m.example.test"),
            Map.entry("M2M_TOKEN_SECRET", "fleetline/test/m2m/token"),
            Map.entry("CARRIER_TIMEOUT", "PT10S"),
            Map.entry("LINE_ACTIONS_PER_DAY", "5"));

    @Test
    void takes_what_the_deployment_sets() {
        OnboardingReconcilerConfig config = from(GOOD);

        assertThat(config.stores().devices()).isEqualTo("devices");
        assertThat(config.stores().identities()).isEqualTo("identities");
        assertThat(config.stores().history()).isEqualTo("history");
        assertThat(config.stores().outbox()).isEqualTo("outbox");
        assertThat(config.bus()).isEqualTo("fleetline-test");
        assertThat(config.platforms().core().url()).isEqualTo(URI.create("https://core.example.test"));
        assertThat(config.platforms().core().tokenSecret()).isEqualTo("fleetline/test/core/token");
        assertThat(config.platforms().m2m())
                .contains(new World(URI.create("https://m2m.example.test"), "fleetline/test/m2m/token"));
        assertThat(config.platforms().timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.platforms().device()).isEqualTo(Duration.ofSeconds(50));
        assertThat(config.lineActionsPerDay()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DEVICES_TABLE",
                "IDENTITIES_TABLE",
                "HISTORY_TABLE",
                "OUTBOX_TABLE",
                "BUS_NAME",
                "THINGSPACE_CORE_URL",
                "CORE_TOKEN_SECRET",
                "M2M_TOKEN_SECRET",
                "CARRIER_TIMEOUT",
                "LINE_ACTIONS_PER_DAY"
            })
    void does_not_start_without(String setting) {
        Map<String, String> incomplete = new HashMap<>(GOOD);
        incomplete.remove(setting);

        assertThatThrownBy(() -> from(incomplete))
                .isInstanceOf(Settings.BadSetting.class)
                .hasMessageContaining("setting " + setting + " of onboarding-reconciler is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "THINGSPACE_CORE_URL, core",
        "THINGSPACE_M2M_URL, m2m",
        "CARRIER_TIMEOUT, PT2S",
        "CARRIER_TIMEOUT, PT21S",
        "LINE_ACTIONS_PER_DAY, 0",
        "LINE_ACTIONS_PER_DAY, 51"
    })
    void does_not_start_beyond_a_bound(String setting, String value) {
        Map<String, String> wrong = new HashMap<>(GOOD);
        wrong.put(setting, value);

        assertThatThrownBy(() -> from(wrong))
                .isInstanceOf(Settings.BadSetting.class)
                .hasMessageContaining("setting " + setting + " of onboarding-reconciler ");
    }

    @Test
    void a_deployment_without_m2m_needs_neither_its_address_nor_its_token() {
        Map<String, String> core = new HashMap<>(GOOD);
        core.remove("THINGSPACE_M2M_URL");
        core.remove("M2M_TOKEN_SECRET");

        assertThat(from(core).platforms().m2m()).isEmpty();
    }

    private static OnboardingReconcilerConfig from(Map<String, String> environment) {
        return OnboardingReconcilerConfig.from(new Settings(environment, "onboarding-reconciler"));
    }
}

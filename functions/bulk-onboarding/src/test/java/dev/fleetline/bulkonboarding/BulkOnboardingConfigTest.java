package dev.fleetline.bulkonboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.lambda.Settings;
import dev.fleetline.onboarding.OrderRules.Admitted;
import dev.fleetline.onboarding.OrderRules.Defaults;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BulkOnboardingConfigTest {

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "FILES_BUCKET", "files",
            "DEVICES_TABLE", "devices",
            "IDENTITIES_TABLE", "identities",
            "OUTBOX_TABLE", "outbox",
            "BUS_NAME", "fleetline-test",
            "ACCOUNT", "0999000001-00001",
            "CARRIER", "core"));

    BulkOnboardingConfigTest() {
        environment.put("THINGSPACE_M2M_URL", "https://m2m.example.test");
        environment.put("SERVICE_PLAN", "m2m_4G");
        environment.put("ZIP", "98801");
        environment.put("ICCID_ISSUERS", "891480");
        environment.put("ADMITTED_TACS", "99999900");
    }

    @Test
    void a_plan_a_zip_and_lists_that_cannot_be_are_refused_by_name() {
        Map.of("SERVICE_PLAN", "it's", "ZIP", "9880", "ICCID_ISSUERS", "891480;", "ADMITTED_TACS", "999")
                .forEach((name, bad) -> {
                    String good = environment.put(name, bad);
                    assertThatThrownBy(this::read).hasMessageContaining("setting " + name);
                    environment.put(name, String.valueOf(good));
                });
    }

    @Test
    void what_is_set_is_read() {
        assertThat(read())
                .isEqualTo(new BulkOnboardingConfig(
                        new BulkOnboardingConfig.Stores("files", "devices", "identities", "outbox"),
                        "fleetline-test",
                        new Defaults("0999000001-00001", "core", Optional.of("m2m_4G"), Optional.of("98801")),
                        new Admitted(Set.of("core", "m2m"), Set.of("891480"), Set.of("99999900"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FILES_BUCKET",
                "DEVICES_TABLE",
                "IDENTITIES_TABLE",
                "OUTBOX_TABLE",
                "BUS_NAME",
                "ACCOUNT",
                "CARRIER"
            })
    void refuses_to_start_without_a_setting_and_says_which_and_where(String name) {
        environment.remove(name);

        assertThatThrownBy(this::read).hasMessageContaining(name).hasMessageContaining("function BulkOnboarding");
    }

    @Test
    void a_carrier_that_nobody_knows_is_refused() {
        environment.put("CARRIER", "pigeon");

        assertThatThrownBy(this::read).hasMessageContaining("CARRIER").hasMessageContaining("one of");
    }

    private BulkOnboardingConfig read() {
        return BulkOnboardingConfig.from(new Settings(environment, "bulk-onboarding"));
    }
}

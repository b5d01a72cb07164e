package dev.fleetline.bulkonboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.lambda.Settings;
import java.util.HashMap;
import java.util.Map;
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

    @Test
    void what_is_set_is_read() {
        assertThat(read())
                .isEqualTo(new BulkOnboardingConfig(
                        new BulkOnboardingConfig.Stores("files", "devices", "identities", "outbox"),
                        "fleetline-test",
                        new BulkOnboardingConfig.Defaults("0999000001-00001", "core")));
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

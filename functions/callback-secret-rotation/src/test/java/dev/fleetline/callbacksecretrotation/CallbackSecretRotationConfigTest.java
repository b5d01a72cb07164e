package dev.fleetline.callbacksecretrotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.callbacksecretrotation.CallbackSecretRotationConfig.Kept;
import dev.fleetline.callbacksecretrotation.CallbackSecretRotationConfig.Platform;
import dev.fleetline.lambda.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackSecretRotationConfigTest {

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "CALLBACK_SECRET", "fleetline/test/callback",
            "CALLBACK_HOST", "rx.example.test",
            "THINGSPACE_CORE_URL", "https://core.example.test",
            "CORE_TOKEN_SECRET", "fleetline/test/core/token",
            "THINGSPACE_M2M_URL", "https://m2m.example.test",
            "M2M_TOKEN_SECRET", "fleetline/test/m2m/token",
            "ACCOUNT", "0999000001-00001",
            "CARRIER_TIMEOUT", "PT10S",
            "DEVICES_TABLE", "devices",
            "CALLBACKS_TABLE", "callbacks"));

    CallbackSecretRotationConfigTest() {
        environment.putAll(
                Map.of("CLAIMS_TABLE", "claims", "OUTBOX_TABLE", "outbox", "BUS_NAME", "bus", "GAP_DEVICES", "500"));
    }

    @Test
    void takes_what_the_deployment_sets() {
        Duration timeout = Duration.ofSeconds(10);

        assertThat(read())
                .isEqualTo(new CallbackSecretRotationConfig(
                        "fleetline/test/callback",
                        "rx.example.test",
                        new Platform(URI.create("https://core.example.test"), "fleetline/test/core/token", timeout),
                        new Platform(URI.create("https://m2m.example.test"), "fleetline/test/m2m/token", timeout),
                        "0999000001-00001",
                        new Kept("devices", "callbacks", "claims", "outbox", "bus"),
                        500));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CALLBACK_SECRET",
                "CALLBACK_HOST",
                "THINGSPACE_CORE_URL",
                "CORE_TOKEN_SECRET",
                "THINGSPACE_M2M_URL",
                "M2M_TOKEN_SECRET",
                "ACCOUNT",
                "CARRIER_TIMEOUT",
                "DEVICES_TABLE",
                "CALLBACKS_TABLE",
                "CLAIMS_TABLE",
                "OUTBOX_TABLE",
                "BUS_NAME",
                "GAP_DEVICES"
            })
    void does_not_start_without_one_of_them(String name) {
        environment.remove(name);

        assertThatThrownBy(this::read)
                .isInstanceOf(Settings.BadSetting.class)
                .hasMessageContaining("setting " + name + " of callback-secret-rotation is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "GAP_DEVICES, 0",
        "GAP_DEVICES, 5001",
        "CARRIER_TIMEOUT, PT2S",
        "CARRIER_TIMEOUT, PT21S",
        "THINGSPACE_M2M_URL, thingspace"
    })
    void does_not_start_with_one_out_of_bounds(String name, String value) {
        environment.put(name, value);

        assertThatThrownBy(this::read).hasMessageContaining("setting " + name);
    }

    private CallbackSecretRotationConfig read() {
        return CallbackSecretRotationConfig.from(new Settings(environment, "callback-secret-rotation"));
    }
}

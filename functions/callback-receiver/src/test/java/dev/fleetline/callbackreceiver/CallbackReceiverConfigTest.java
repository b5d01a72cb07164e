package dev.fleetline.callbackreceiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.lambda.Settings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackReceiverConfigTest {

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "CALLBACKS_TABLE", "callbacks", "CALLBACK_SECRET", "fleetline/test/callback", "MAX_BODY_BYTES", "262144"));

    @Test
    void reads_its_settings() {
        assertThat(read()).isEqualTo(new CallbackReceiverConfig("callbacks", "fleetline/test/callback", 262_144));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CALLBACKS_TABLE", "CALLBACK_SECRET", "MAX_BODY_BYTES"})
    void refuses_to_start_without_a_setting_and_says_which_and_where(String name) {
        environment.remove(name);

        assertThatThrownBy(this::read).hasMessageContaining(name).hasMessageContaining("function CallbackReceiver");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "262145", "many"})
    void refuses_a_size_that_the_table_could_not_take(String bytes) {
        environment.put("MAX_BODY_BYTES", bytes);

        assertThatThrownBy(this::read).hasMessageContaining("MAX_BODY_BYTES").hasMessageContaining("1 to 262144");
    }

    private CallbackReceiverConfig read() {
        return CallbackReceiverConfig.from(new Settings(environment, "callback-receiver"));
    }
}

package dev.fleetline.callbackreceiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.callbackreceiver.CallbackReceiverConfig.Headers;
import dev.fleetline.lambda.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackReceiverConfigTest {

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "CALLBACKS_TABLE", "callbacks",
            "CALLBACK_SECRET", "fleetline/test/callback",
            "CALLBACK_HMAC_SECRET", "fleetline/test/callback/hmac",
            "MAX_BODY_BYTES", "262144",
            "MAX_EVENTS_PER_BODY", "200",
            "STREAM_KEY_HEADER", "Authorization",
            "HMAC_HEADER", "X-Signature"));

    @Test
    void reads_its_settings() {
        environment.put("ACCOUNT", "0999000001-00001");
        environment.put("SOURCE_ADDRESSES", "192.0.2.0/24, 198.51.100.7");

        assertThat(read())
                .isEqualTo(new CallbackReceiverConfig(
                        "callbacks",
                        "fleetline/test/callback",
                        "fleetline/test/callback/hmac",
                        262_144,
                        200,
                        Optional.of("0999000001-00001"),
                        new Headers("authorization", "x-signature"),
                        SourceAddresses.parse("192.0.2.0/24,198.51.100.7/32")));
    }

    @Test
    void without_account_and_addresses_neither_is_looked_at() {
        assertThat(read().account()).isEmpty();
        assertThat(read().sources().blocks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "STREAM_KEY_HEADER, two words",
        "HMAC_HEADER, x:y",
        "SOURCE_ADDRESSES, 192.0.2.0/33",
        "SOURCE_ADDRESSES, somewhere.example.test",
        "SOURCE_ADDRESSES, 192.0.2.0/24/8",
        "MAX_EVENTS_PER_BODY, 0",
        "MAX_EVENTS_PER_BODY, 501",
    })
    void refuses_what_no_header_address_or_bound_can_be(String name, String value) {
        environment.put(name, value);

        assertThatThrownBy(this::read).hasMessageContaining(name).hasMessageContaining("function CallbackReceiver");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CALLBACKS_TABLE",
                "CALLBACK_SECRET",
                "CALLBACK_HMAC_SECRET",
                "MAX_BODY_BYTES",
                "MAX_EVENTS_PER_BODY",
                "STREAM_KEY_HEADER",
                "HMAC_HEADER"
            })
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

package dev.fleetline.tokenrefresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.lambda.Settings;
import dev.fleetline.lambda.Settings.BadSetting;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRefreshConfigTest {

    private static final Map<String, String> GOOD = Map.of(
            "CORE_TOKEN_SECRET", "fleetline/test/core/token",
            "CORE_CLIENT_SECRET", "fleetline/test/core/client",
            "THINGSPACE_CORE_URL", "http://127.0.0.1:8701/core",
            "RENEW_BEFORE", "P3D",
            "CARRIER_TIMEOUT", "PT10S",
            "BUS_NAME", "fleetline-test",
            "OUTBOX_TABLE", "outbox",
            "CLAIMS_TABLE", "claims");

    @Test
    void every_setting_is_read() {
        assertThat(TokenRefreshConfig.from(settings(GOOD)))
                .isEqualTo(new TokenRefreshConfig(
                        "fleetline/test/core/token",
                        "fleetline/test/core/client",
                        URI.create("http://127.0.0.1:8701/core"),
                        Duration.ofDays(3),
                        Duration.ofSeconds(10),
                        "fleetline-test",
                        "outbox",
                        "claims"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CORE_TOKEN_SECRET",
                "CORE_CLIENT_SECRET",
                "THINGSPACE_CORE_URL",
                "RENEW_BEFORE",
                "CARRIER_TIMEOUT",
                "BUS_NAME",
                "OUTBOX_TABLE",
                "CLAIMS_TABLE"
            })
    void a_setting_that_is_missing_is_named_with_the_place_where_it_is_set(String name) {
        assertThatThrownBy(() -> TokenRefreshConfig.from(settings(with(name, " "))))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining(name)
                .hasMessageContaining("is missing")
                .hasMessageContaining("TokenRefresh");
    }

    @ParameterizedTest
    @CsvSource({
        "RENEW_BEFORE,PT59M",
        "RENEW_BEFORE,P21D",
        "RENEW_BEFORE,soon",
        "CARRIER_TIMEOUT,PT2S",
        "CARRIER_TIMEOUT,PT21S",
        "THINGSPACE_CORE_URL,core"
    })
    void a_setting_that_is_out_of_bounds_is_named(String name, String value) {
        assertThatThrownBy(() -> TokenRefreshConfig.from(settings(with(name, value))))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining(name);
    }

    private static Map<String, String> with(String name, String value) {
        var changed = new HashMap<>(GOOD);
        changed.put(name, value);
        return changed;
    }

    private static Settings settings(Map<String, String> environment) {
        return new Settings(environment, "token-refresh");
    }
}

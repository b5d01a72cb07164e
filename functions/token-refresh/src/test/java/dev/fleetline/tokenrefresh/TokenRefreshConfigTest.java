package dev.fleetline.tokenrefresh;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.lambda.Settings;
import dev.fleetline.lambda.Settings.BadSetting;
import dev.fleetline.tokenrefresh.TokenRefreshConfig.Core;
import dev.fleetline.tokenrefresh.TokenRefreshConfig.Edge;
import dev.fleetline.tokenrefresh.TokenRefreshConfig.M2m;
import dev.fleetline.tokens.EdgeAccess;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TokenRefreshConfigTest {

    private static final Map<String, String> GOOD = Map.ofEntries(
            entry("CORE_TOKEN_SECRET", "fleetline/test/core/token"),
            entry("CORE_CLIENT_SECRET", "fleetline/test/core/client"),
            entry("THINGSPACE_CORE_URL", "http://127.0.0.1:8701/core"),
            entry("RENEW_BEFORE", "P3D"),
            entry("REVOKE_REPLACED", "true"),
            entry("M2M_TOKEN_SECRET", "fleetline/test/m2m/token"),
            entry("M2M_CLIENT_SECRET", "fleetline/test/m2m/client"),
            entry("M2M_USER_SECRET", "fleetline/test/m2m/user"),
            entry("THINGSPACE_M2M_URL", "http://127.0.0.1:8701/thingspace"),
            entry("ACCOUNT", "0999000001-00001"),
            entry("EDGE_TOKEN_SECRET", "fleetline/test/edge/token"),
            entry("EDGE_CLIENT_SECRET", "fleetline/test/edge/client"),
            entry("THINGSPACE_EDGE_URL", "http://127.0.0.1:8701/5gedge"),
            entry("EDGE_ACCESS", "limited"),
            entry("CARRIER_TIMEOUT", "PT10S"),
            entry("BUS_NAME", "fleetline-test"),
            entry("OUTBOX_TABLE", "outbox"),
            entry("CLAIMS_TABLE", "claims"));

    @Test
    void every_setting_is_read() {
        assertThat(TokenRefreshConfig.from(settings(GOOD)))
                .isEqualTo(new TokenRefreshConfig(
                        new Core(
                                "fleetline/test/core/token",
                                "fleetline/test/core/client",
                                URI.create("http://127.0.0.1:8701/core"),
                                Duration.ofDays(3),
                                true),
                        new M2m(
                                "fleetline/test/m2m/token",
                                "fleetline/test/m2m/client",
                                "fleetline/test/m2m/user",
                                URI.create("http://127.0.0.1:8701/thingspace"),
                                "0999000001-00001"),
                        new Edge(
                                "fleetline/test/edge/token",
                                "fleetline/test/edge/client",
                                URI.create("http://127.0.0.1:8701/5gedge"),
                                EdgeAccess.LIMITED),
                        Duration.ofSeconds(10),
                        "fleetline-test",
                        "outbox",
                        "claims"));
    }

    static Stream<String> names() {
        return GOOD.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
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
        "THINGSPACE_CORE_URL,core",
        "THINGSPACE_M2M_URL,m2m",
        "THINGSPACE_EDGE_URL,edge",
        "EDGE_ACCESS,some",
        "REVOKE_REPLACED,perhaps"
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

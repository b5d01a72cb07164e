package dev.fleetline.tokenauthorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.lambda.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenAuthorizationConfigTest {

    private static final Map<String, String> GOOD = Map.of(
            "CORE_TOKEN_SECRET", "fleetline/dev/core/token",
            "CORE_CLIENT_SECRET", "fleetline/dev/core/client",
            "THINGSPACE_CORE_URL", "https://core.thingspace.example.test",
            "CARRIER_TIMEOUT", "PT5S",
            "AUTHORIZE_SCOPES", "ts.device ts.target ts.subscription",
            "BUS_NAME", "fleetline-dev",
            "OUTBOX_TABLE", "fleetline-dev-outbox",
            "CLAIMS_TABLE", "fleetline-dev-claims");

    @Test
    void every_setting_is_read() {
        TokenAuthorizationConfig config = TokenAuthorizationConfig.from(settings(GOOD));

        assertThat(config.scopes()).containsExactly("ts.device", "ts.target", "ts.subscription");
        assertThat(config.carrierTimeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CORE_TOKEN_SECRET",
                "CORE_CLIENT_SECRET",
                "THINGSPACE_CORE_URL",
                "CARRIER_TIMEOUT",
                "AUTHORIZE_SCOPES",
                "BUS_NAME",
                "OUTBOX_TABLE",
                "CLAIMS_TABLE"
            })
    void a_setting_that_is_missing_is_named(String name) {
        var lacking = new HashMap<>(GOOD);
        lacking.remove(name);

        assertThatThrownBy(() -> TokenAuthorizationConfig.from(settings(lacking)))
                .hasMessageContaining("setting " + name + " of token-authorization is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ts.target ts.subscription",
                "ts.device,ts.target",
                "ts.device ts.device",
                "ts.device TS.TARGET",
                "ts.device admin",
                "ts.device ts.target.rw",
                "ts.device ts.a ts.b ts.c ts.d ts.e ts.f ts.g ts.h ts.i ts.j ts.k ts.l ts.m ts.n ts.o ts.p ts.q ts.r"
                        + " ts.s ts.t"
            })
    void scopes_out_of_bounds_are_refused(String scopes) {
        assertThatThrownBy(() -> TokenAuthorizationConfig.from(settings(with("AUTHORIZE_SCOPES", scopes))))
                .hasMessageContaining("setting AUTHORIZE_SCOPES of token-authorization is out of bounds")
                .hasMessageContaining("ts.device must be among them");
    }

    @Test
    void scopes_for_reading_alone_are_scopes() {
        assertThat(TokenAuthorizationConfig.from(settings(with("AUTHORIZE_SCOPES", " ts.device  ts.event.ro ")))
                        .scopes())
                .containsExactly("ts.device", "ts.event.ro");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT2S", "PT21S", "soon"})
    void a_time_out_out_of_bounds_is_refused(String timeout) {
        assertThatThrownBy(() -> TokenAuthorizationConfig.from(settings(with("CARRIER_TIMEOUT", timeout))))
                .hasMessageContaining("setting CARRIER_TIMEOUT of token-authorization");
    }

    @Test
    void nobody_waits_longer_than_the_api_does() {
        assertThat(TokenAuthorizationConfig.from(settings(with("CARRIER_TIMEOUT", "PT20S")))
                        .carrierTimeout())
                .isEqualTo(Duration.ofSeconds(10));
    }

    private static Map<String, String> with(String name, String value) {
        var changed = new HashMap<>(GOOD);
        changed.put(name, value);
        return changed;
    }

    private static Settings settings(Map<String, String> environment) {
        return new Settings(environment, TokenAuthorizationHandler.FUNCTION);
    }
}

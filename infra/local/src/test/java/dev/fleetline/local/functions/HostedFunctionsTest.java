package dev.fleetline.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostedFunctionsTest {

    @ParameterizedTest
    @CsvSource({
        "dev.fleetline.healthsweep.HealthSweepHandler, health-sweep",
        "dev.fleetline.tokenrefresh.TokenRefreshHandler, token-refresh",
        "dev.fleetline.outboxrelay.OutboxRelayHandler, outbox-relay"
    })
    void a_function_is_known_by_the_name_of_its_module(String handler, String module) {
        assertThat(HostedFunctions.module(handler)).isEqualTo(module);
    }
}

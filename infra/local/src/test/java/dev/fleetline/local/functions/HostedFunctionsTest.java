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

    @ParameterizedTest
    @CsvSource({
        "arn:aws:lambda:us-east-1:000000000000:function:sweep, arn:aws:lambda:us-east-1:000000000000:function:sweep",
        "arn:aws:lambda:us-east-1:000000000000:function:sweep:live, arn:aws:lambda:us-east-1:000000000000:function:sweep",
        "arn:aws:sqs:us-east-1:000000000000:orders, arn:aws:sqs:us-east-1:000000000000:orders"
    })
    void an_alias_is_the_function_itself(String arn, String same) {
        assertThat(HostedFunctions.withoutAlias(arn)).isEqualTo(same);
    }
}

package dev.fleetline.outboxrelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.lambda.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboxRelayConfigTest {

    @Test
    void takes_what_the_deployment_sets() {
        assertThat(OutboxRelayConfig.from(
                        new Settings(Map.of("OUTBOX_TABLE", "outbox", "BUS_NAME", "fleetline-test"), "outbox-relay")))
                .isEqualTo(new OutboxRelayConfig("outbox", "fleetline-test"));
    }

    @ParameterizedTest
    @CsvSource({"OUTBOX_TABLE, BUS_NAME", "BUS_NAME, OUTBOX_TABLE"})
    void does_not_start_without(String missing, String present) {
        assertThatThrownBy(() -> OutboxRelayConfig.from(new Settings(Map.of(present, "set"), "outbox-relay")))
                .isInstanceOf(Settings.BadSetting.class)
                .hasMessageContaining("setting " + missing + " of outbox-relay is missing");
    }
}

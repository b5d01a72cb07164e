package dev.fleetline.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.lambda.Pause;
import dev.fleetline.local.LocalFleetline;
import dev.fleetline.local.LocalSetup;
import dev.fleetline.local.bench.CallbackLoad.Order;
import dev.fleetline.local.bench.CallbackLoad.Percent;
import dev.fleetline.local.bench.CallbackLoad.Size;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The benchmark in small, without a look at how long anything takes. */
class CallbackLoadIT {

    @Test
    void whatever_fails_and_dies_no_report_is_lost_and_none_counts_twice() {
        var order = new Order(
                new Size(300, 30, 30, 50), new Percent(10, 10, 5), Duration.ofSeconds(1), Duration.ofSeconds(2), 2, 1);
        try (var fleetline = LocalFleetline.startAgreed(
                        LocalSetup.onFreePorts(Path.of("").toAbsolutePath()).inWhichThingsGoWrong());
                var fleet = new LoadedFleet(fleetline.baseUri(), fleetline.simulatorUri())) {

            Outcome outcome = new CallbackLoad(fleet, order, InstantSource.system(), Pause.real(), _ -> {}).run();

            assertThat(outcome.first()).isEqualTo(30);
            assertThat(outcome.sent()).isEqualTo(333);
            assertThat(outcome.lost()).isZero();
            assertThat(outcome.doubled()).isZero();
            assertThat(outcome.notApplied()).isZero();
            assertThat(outcome.alertsMissing()).isZero();
            assertThat(outcome.seen().noted().path("deaths")).hasSize(2);
            assertThat(outcome.seen().noted().path("refused").asInt()).isPositive();
            assertThat(steps(outcome.seen().before()))
                    .contains("callback-processor TransactWriteItems devices+identities+history+outbox");
            assertThat(steps(outcome.seen().noted()))
                    .contains("callback-receiver PutItem callbacks", "callback-processor PutItem devices");
            assertThat(outcome.isGood()).as("%s", OutcomeTable.of(outcome)).isTrue();
        }
    }

    private static List<String> steps(JsonNode noted) {
        return noted.path("units")
                .valueStream()
                .map(step -> step.path("step").asText())
                .toList();
    }
}

package dev.fleetline.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.lambda.Pause;
import dev.fleetline.local.LocalFleetline;
import dev.fleetline.local.LocalSetup;
import dev.fleetline.local.bench.OnboardingLoad.Order;
import dev.fleetline.local.bench.OnboardingLoad.Percent;
import dev.fleetline.local.demo.Demo;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** The benchmark in small, without a look at how long anything takes. */
class OnboardingLoadIT {

    @Test
    void whatever_is_doubled_lost_or_dies_every_device_comes_into_service_and_is_paid_once() {
        var order = new Order(120, new Percent(10, 10, 20), 3, 1);
        try (var fleetline = LocalFleetline.startAgreed(
                        LocalSetup.onFreePorts(Path.of("").toAbsolutePath())
                                .standingAt(Demo.BEGINNING)
                                .inWhichThingsGoWrong());
                var fleet = new LoadedFleet(fleetline.baseUri(), fleetline.simulatorUri())) {

            OnboardingOutcome outcome =
                    new OnboardingLoad(fleetline, fleet, order, InstantSource.system(), Pause.real(), _ -> {}).run();

            assertThat(outcome.counts().sent()).isEqualTo(132);
            assertThat(outcome.counts().deaths()).isPositive();
            assertThat(outcome.counts().platform().at("/m2m/lines/told/lost").asInt())
                    .isPositive();
            assertThat(outcome.counts().platform().at("/m2m/lines/requests").asInt())
                    .isLessThan(108);
            assertThat(outcome.inService()).as("%s", outcome.lines()).isEqualTo(120);
            assertThat(outcome.notOnce()).isZero();
            assertThat(outcome.duplicates()).isZero();
            assertThat(outcome.isGood()).isTrue();
        }
    }
}

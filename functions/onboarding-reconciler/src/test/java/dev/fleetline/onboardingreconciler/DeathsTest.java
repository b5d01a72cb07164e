package dev.fleetline.onboardingreconciler;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.carrier.CarrierGateway.LineState;
import dev.fleetline.device.Consequences.HistoryEntry;
import dev.fleetline.device.Device;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.testing.SampleFleet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The process ends at each effect of a run, and the next run ends what it has begun: once, and told. */
class DeathsTest {

    static List<Arguments> runs() {
        Consumer<Desk> waiting = desk -> desk.after(Duration.ZERO);
        Consumer<Desk> drift = desk -> desk.findDrift.run(Optional.empty(), false, () -> ofMinutes(5));
        return List.of(
                Arguments.of(
                        Named.<Function<Desk, Device>>of("finished after all", desk -> {
                            Device device = desk.accepted(1, "core");
                            desk.carrier("core").becomesReady(device.imei());
                            return device;
                        }),
                        ofMinutes(10),
                        waiting,
                        "ACTIVE_UNSEEN",
                        List.of("DeviceActivated")),
                Arguments.of(
                        Named.<Function<Desk, Device>>of(
                                "not sent", desk -> desk.unclear(desk.sending(desk.registered(1, "m2m")))),
                        ofMinutes(30),
                        waiting,
                        "REGISTERED",
                        List.of("DeviceOnboardingRequested")),
                Arguments.of(
                        Named.<Function<Desk, Device>>of("takes long", desk -> desk.accepted(1, "m2m")),
                        ofMinutes(60),
                        waiting,
                        "ACTIVATING",
                        List.of("DeviceOnboardingStuck")),
                Arguments.of(
                        Named.<Function<Desk, Device>>of("deactivated by others", desk -> {
                            Device device = desk.inService(1, "m2m");
                            desk.carrier("m2m").becomes(device.imei(), LineState.DEACTIVATED);
                            return device;
                        }),
                        ofMinutes(60),
                        drift,
                        "DEACTIVATED",
                        List.of("DeviceDrifted")),
                Arguments.of(
                        Named.<Function<Desk, Device>>of("about to lose its number", desk -> {
                            Device device = desk.inService(1, "m2m");
                            desk.carrier("m2m").becomes(device.imei(), LineState.ENDING);
                            return device;
                        }),
                        ofMinutes(60),
                        drift,
                        "IN_SERVICE",
                        List.of("DeviceDrifted")),
                Arguments.of(
                        Named.<Function<Desk, Device>>of("released by hand", DeathsTest::parked),
                        ofMinutes(60),
                        byHand(new ReconcilerTask.Release(SampleFleet.imei(1).digits(), "ana", "not taken")),
                        "REGISTERED",
                        List.of("DeviceOnboardingRequested")),
                Arguments.of(
                        Named.<Function<Desk, Device>>of("retired by hand", DeathsTest::parked),
                        ofMinutes(60),
                        byHand(new ReconcilerTask.Retire(SampleFleet.imei(1).digits(), "ana", "not wanted")),
                        "RETIRED",
                        List.of("DeviceRetired")));
    }

    private static Device parked(Desk desk) {
        return desk.stored(desk.registered(1, "m2m").in(new Lifecycle.Parked("UNCLEAR", Optional.empty(), desk.now())));
    }

    private static Consumer<Desk> byHand(ReconcilerTask.ByHand task) {
        return desk -> desk.serveByHand.run(task, () -> ofMinutes(5));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void a_death_at_any_effect_ends_in_one_step_that_is_told(
            Function<Desk, Device> story, Duration later, Consumer<Desk> run, String end, List<String> told) {
        int effect = 0;
        while (dies(effect, story, later, run, end, told)) {
            effect++;
        }
        assertThat(effect).as("effects of one run").isGreaterThan(5);
    }

    private static boolean dies(
            int effect,
            Function<Desk, Device> story,
            Duration later,
            Consumer<Desk> run,
            String end,
            List<String> told) {
        var desk = new Desk();
        Device device = story.apply(desk);
        desk.clock.forward(later);
        var lives = new Lives(effect);
        desk.store.onEffect(lives::effect);
        desk.bus.onEffect(lives::effect);
        for (String carrier : List.of("core", "m2m")) {
            desk.carrier(carrier).onEffect((call, moment) -> lives.effect(call + ":" + moment));
        }
        try {
            run.accept(desk);
        } catch (Died e) {
            // the next run is another process
        }
        boolean hasDied = lives.end();
        run.accept(desk);

        Lifecycle found = desk.lifecycle(device);
        assertThat(found.name()).as("after a death at effect %d", effect).isEqualTo(end);
        assertThat(told).allSatisfy(type -> assertThat(desk.told(type))
                .extracting(Outgoing::eventId)
                .as("%s after a death at effect %d", type, effect)
                .hasSize(1));
        assertThat(desk.store.history("device#" + device.imei().digits()))
                .extracting(HistoryEntry::what)
                .doesNotHaveDuplicates();
        return hasDied;
    }

    /** The process ended here. An error, because one bad device is never the end of a run. */
    private static final class Died extends Error {
        Died(String effect) {
            super("died at " + effect);
        }
    }

    private static final class Lives {

        private int left;

        Lives(int left) {
            this.left = left;
        }

        void effect(String name) {
            if (left-- == 0) {
                throw new Died(name);
            }
        }

        /** Nobody dies any more; whether somebody has. */
        boolean end() {
            boolean hasDied = left < 0;
            left = Integer.MAX_VALUE;
            return hasDied;
        }
    }
}

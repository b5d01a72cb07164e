package dev.fleetline.healthsweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.healthsweep.SweepFleet.Swept;
import dev.fleetline.healthsweep.SweepTask.Sweep;
import dev.fleetline.lambda.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SweepFleetTest {

    private static final Deadline FAR = () -> Duration.ofMinutes(10);
    private static final Deadline HERE = () -> Duration.ZERO;
    private static final Duration FOUR_HOURS = Duration.ofHours(4);

    private final Fleet fleet = new Fleet();

    @Test
    void a_device_that_goes_silent_is_told_once_grows_critical_and_is_cleared_when_it_returns() {
        Imei silent = fleet.has(1, FOUR_HOURS);
        Imei alive = fleet.has(2, FOUR_HOURS);
        fleet.clock.forward(Duration.ofHours(8));
        fleet.reports(alive);
        fleet.clock.forward(Duration.ofHours(1));

        assertThat(concluded(sweep("first")).candidates()).isEqualTo(1);
        concluded(sweep("second"));
        assertThat(alerts()).containsExactly("DeviceAlertRaised");
        assertThat(fleet.bus.published("DeviceAlertRaised").getFirst().detail())
                .contains(silent.digits())
                .contains("NETWORK_LOST")
                .contains("\"severity\":\"WARNING\"");

        fleet.clock.forward(Duration.ofHours(4));
        concluded(sweep("third"));
        assertThat(alerts()).containsExactly("DeviceAlertRaised", "DeviceAlertEscalated");

        fleet.reports(silent);
        assertThat(alerts()).containsExactly("DeviceAlertRaised", "DeviceAlertEscalated", "DeviceAlertCleared");
        fleet.reports(alive);
        concluded(sweep("fourth"));
        assertThat(alerts()).hasSize(3);
    }

    @Test
    void a_device_that_sleeps_as_planned_raises_nothing() {
        fleet.has(1, Duration.ofHours(12));
        fleet.clock.forward(Duration.ofHours(12).plusMinutes(5));

        assertThat(concluded(sweep("first")).candidates()).isZero();
        assertThat(alerts()).isEmpty();
    }

    @Test
    void only_devices_that_should_be_reporting_are_judged() {
        fleet.has(1, FOUR_HOURS, new Lifecycle.Registered(fleet.clock.instant()));
        fleet.has(2, FOUR_HOURS);
        fleet.clock.forward(Duration.ofDays(2));

        assertThat(concluded(sweep("first")).judged()).isEqualTo(1);
        assertThat(alerts()).containsExactly("DeviceAlertRaised");
    }

    @Test
    void the_conclusion_says_how_much_was_seen_and_done() {
        fleet.has(1, FOUR_HOURS);
        fleet.has(2, Duration.ofDays(5));
        Imei bad = fleet.has(3, FOUR_HOURS);
        fleet.store.spoil(bad, "no lifecycle");
        fleet.clock.forward(Duration.ofHours(9));

        Tally tally = concluded(sweep("by-hand-1"));

        assertThat(tally.judged()).isEqualTo(2);
        assertThat(tally.skipped()).isEqualTo(1);
        assertThat(fleet.bus.published("HealthSweepCompleted")).singleElement().satisfies(event -> assertThat(
                        event.detail())
                .contains("\"sweepId\":\"by-hand-1\"")
                .contains("\"judged\":2,\"active\":3,\"skipped\":1,\"ratio\":0.666")
                .contains("\"raised\":1,\"still\":0,\"worse\":0,\"better\":0,\"cleared\":0")
                .contains("\"suspect\":false"));
    }

    @Test
    void a_device_that_cannot_be_judged_is_counted_and_the_others_are_judged() {
        fleet.has(1, FOUR_HOURS);
        fleet.has(2, FOUR_HOURS);
        fleet.clock.forward(Duration.ofHours(9));
        Set<String> failed = new HashSet<>();
        fleet.store.onEffect(effect -> {
            if (effect.equals("write alert:before") && failed.add("once")) {
                throw new IllegalStateException("throttled");
            }
        });

        Tally tally = concluded(sweep("first"));

        assertThat(tally.judged()).isEqualTo(1);
        assertThat(tally.skipped()).isEqualTo(1);
        assertThat(alerts()).containsExactly("DeviceAlertRaised");
    }

    @Test
    void a_fleet_without_active_devices_is_covered() {
        concluded(sweep("first"));

        assertThat(fleet.bus.published("HealthSweepCompleted").getFirst().detail())
                .contains("\"ratio\":1.0");
    }

    @Test
    void the_schedule_that_fires_twice_in_a_quarter_of_an_hour_makes_one_pass() {
        fleet.has(1, FOUR_HOURS);

        assertThat(scheduled("request-1")).isInstanceOf(Swept.Concluded.class);
        fleet.clock.forward(Duration.ofMinutes(14));
        assertThat(scheduled("request-2")).isEqualTo(new Swept.AlreadyDone("2026-03-02T15:00:00Z"));
        fleet.clock.forward(Duration.ofMinutes(1));
        assertThat(scheduled("request-3")).isInstanceOf(Swept.Concluded.class);

        assertThat(fleet.bus.published("HealthSweepCompleted")).hasSize(2);
    }

    @Test
    void a_pass_that_died_before_its_conclusion_goes_on_when_lambda_tries_it_again() {
        fleet.has(1, FOUR_HOURS);
        fleet.clock.forward(Duration.ofHours(9));
        fleet.store.onEffect(effect -> {
            if (effect.equals("put outbox:before")) {
                throw new IllegalStateException("killed");
            }
        });
        try {
            scheduled("request-1");
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("killed");
        }
        fleet.store.settle();

        assertThat(scheduled("request-1")).isInstanceOf(Swept.Concluded.class);

        assertThat(fleet.bus.detailTypes()).containsExactly("DeviceAlertRaised", "HealthSweepCompleted");
    }

    @Test
    void a_deadline_after_every_device_still_covers_all_with_none_skipped() {
        for (int number = 1; number <= 20; number++) {
            fleet.has(number, FOUR_HOURS);
        }
        fleet.clock.forward(Duration.ofHours(9));
        SweepFleet sweepFleet = fleet.sweepFleet(1);
        Sweep task = new Sweep(Optional.of("pass"), Optional.empty(), Optional.empty(), Optional.empty());
        int invocations = 1;
        Swept swept = sweepFleet.run(task, "request-1", HERE);
        while (swept instanceof Swept.Stopped(var sweepId, var tally, var segment, var startAfter)) {
            assertThat(fleet.bus.published("HealthSweepCompleted")).isEmpty();
            assertThat(invocations).as("invocations").isLessThan(100);
            invocations++;
            swept = sweepFleet.run(
                    new Sweep(
                            Optional.of(sweepId),
                            Optional.of(segment),
                            startAfter.map(Imei::digits),
                            Optional.of(tally)),
                    "request-" + invocations,
                    HERE);
        }

        Tally tally = concluded(swept);
        assertThat(tally.judged()).isEqualTo(20);
        assertThat(tally.skipped()).isZero();
        assertThat(invocations).isGreaterThan(10);
        assertThat(alerts()).hasSize(20).containsOnly("DeviceAlertRaised");
        assertThat(fleet.bus.published("HealthSweepCompleted")).singleElement().satisfies(event -> assertThat(
                        event.detail())
                .contains("\"judged\":20,\"active\":20,\"skipped\":0,\"ratio\":1.0")
                .contains("\"raised\":20"));
    }

    @Test
    void the_segments_of_a_fleet_together_are_the_fleet() {
        for (int number = 1; number <= 20; number++) {
            fleet.has(number, FOUR_HOURS);
        }
        int judged = 0;
        for (int segment = 0; segment < 3; segment++) {
            judged += fleet.rateSegment(7)
                    .run(segment, 3, Optional.empty(), "by-hand", FAR)
                    .tally()
                    .judged();
        }

        assertThat(judged).isEqualTo(20);
    }

    @Test
    void two_passes_at_once_raise_each_alert_once() throws Exception {
        for (int number = 1; number <= 20; number++) {
            fleet.has(number, FOUR_HOURS);
        }
        fleet.clock.forward(Duration.ofHours(9));
        CyclicBarrier together = new CyclicBarrier(2);
        List<Future<Swept>> passes = new ArrayList<>();
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            for (String pass : List.of("one", "other")) {
                passes.add(two.submit(() -> {
                    together.await(10, TimeUnit.SECONDS);
                    return sweep(pass);
                }));
            }
            for (Future<Swept> pass : passes) {
                assertThat(concluded(pass.get(30, TimeUnit.SECONDS)).skipped()).isZero();
            }
        }

        assertThat(fleet.bus.published("DeviceAlertRaised").stream().map(Outgoing::eventId))
                .hasSize(20)
                .doesNotHaveDuplicates();
        assertThat(fleet.store.outbox()).isEmpty();
    }

    private List<String> alerts() {
        return fleet.bus.detailTypes().stream()
                .filter(type -> type.startsWith("DeviceAlert"))
                .toList();
    }

    private Swept sweep(String sweepId) {
        return fleet.sweepFleet(3)
                .run(
                        new Sweep(Optional.of(sweepId), Optional.empty(), Optional.empty(), Optional.empty()),
                        "request-" + sweepId,
                        FAR);
    }

    private Swept scheduled(String request) {
        return fleet.sweepFleet(3)
                .run(new Sweep(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()), request, FAR);
    }

    private static Tally concluded(Swept swept) {
        return switch (swept) {
            case Swept.Concluded(var _, var tally) -> tally;
            case Swept.Stopped _, Swept.AlreadyDone _ -> throw new AssertionError("not concluded: " + swept);
        };
    }
}

package dev.fleetline.healthsweep;

import static dev.fleetline.healthsweep.Fleet.FAR;
import static dev.fleetline.healthsweep.Fleet.imei;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.fleetevents.FleetEvent.AlertCounts;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.healthsweep.SweepReply.Concluded;
import dev.fleetline.healthsweep.SweepTask.Overdue;
import dev.fleetline.healthsweep.SweepTask.Plan;
import dev.fleetline.healthsweep.SweepTask.Sweep;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.sweepfiles.SweepKind;
import dev.fleetline.sweepfiles.SweepSummary.Skipped;
import dev.fleetline.sweepfiles.SweptDevice;
import dev.fleetline.sweepfiles.SweptLoss;
import dev.fleetline.sweepfiles.SweptLoss.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunPassTest {

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

        assertThat(done(fleet.sweep("first")).verification().lost()).isEqualTo(1);
        done(fleet.sweep("second"));
        assertThat(fleet.told()).containsExactly("DeviceAlertRaised");
        assertThat(fleet.bus.published("DeviceAlertRaised").getFirst().detail())
                .contains(silent.digits())
                .contains("NETWORK_LOST")
                .contains("\"severity\":\"WARNING\"");

        fleet.clock.forward(Duration.ofHours(4));
        done(fleet.sweep("third"));
        assertThat(fleet.told()).containsExactly("DeviceAlertRaised", "DeviceAlertEscalated");

        fleet.reports(silent);
        assertThat(fleet.told()).containsExactly("DeviceAlertRaised", "DeviceAlertEscalated", "DeviceAlertCleared");
        fleet.reports(alive);
        done(fleet.sweep("fourth"));
        assertThat(fleet.told()).hasSize(3);
    }

    /** Issue 6821 of a big platform: the alarm came with the next report, days later. */
    @Test
    void a_loss_is_found_at_the_first_pass_after_it_is_one_and_not_many_intervals_later() {
        fleet.has(1, FOUR_HOURS);
        fleet.clock.forward(Duration.ofHours(8).plusMinutes(24));

        assertThat(done(fleet.overdue()).verification().lost()).isEqualTo(1);
        assertThat(fleet.told()).containsExactly("DeviceAlertRaised");
    }

    /** Issue 12771: nobody was told while it was away, and when it came back it was called lost. */
    @Test
    void a_device_that_came_back_before_a_pass_saw_its_loss_is_not_called_lost() {
        Imei device = fleet.has(1, FOUR_HOURS);
        fleet.clock.forward(Duration.ofHours(9));
        fleet.reports(device);

        assertThat(done(fleet.overdue()).verification().lost()).isZero();
        assertThat(fleet.told()).isEmpty();
    }

    /** Issue 7909: the device returned while the pass was under way, and its alarm stayed for good. */
    @Test
    void a_device_that_returns_between_rating_and_concluding_is_not_told() {
        Imei device = fleet.has(1, FOUR_HOURS);
        fleet.clock.forward(Duration.ofHours(9));
        fleet.files.onOpen(() -> {
            if (fleet.files.names().stream().anyMatch(name -> name.endsWith("losses.verified.jsonl"))) {
                fleet.files.onOpen(() -> {});
                fleet.reports(device);
            }
        });

        done(fleet.sweep("first"));

        assertThat(fleet.told()).isEmpty();
        assertThat(losses(SweepKind.FLEET)).extracting(SweptLoss::outcome).containsExactly(Optional.of(Outcome.BACK));
        assertThat(fleet.alerts.open()).isEmpty();
    }

    @Test
    void a_device_that_sleeps_as_planned_raises_nothing() {
        fleet.has(1, Duration.ofHours(12));
        fleet.clock.forward(Duration.ofHours(12).plusMinutes(5));

        assertThat(done(fleet.sweep("first")).verification().lost()).isZero();
        assertThat(fleet.told()).isEmpty();
    }

    @Test
    void only_devices_that_should_be_reporting_are_judged() {
        fleet.has(1, FOUR_HOURS, new Lifecycle.Registered(fleet.clock.instant()));
        fleet.has(2, FOUR_HOURS);
        fleet.clock.forward(Duration.ofDays(2));

        assertThat(done(fleet.sweep("first")).coverage().judged()).isEqualTo(1);
        assertThat(fleet.told()).containsExactly("DeviceAlertRaised");
    }

    @Test
    void the_conclusion_says_how_much_was_seen_and_done_and_where_it_is_written() {
        fleet.has(1, FOUR_HOURS);
        fleet.has(2, Duration.ofDays(5));
        Imei bad = fleet.has(3, FOUR_HOURS);
        fleet.store.spoil(bad, "no lifecycle");
        fleet.clock.forward(Duration.ofHours(9));

        PassCounts counts = done(fleet.sweep("by-hand-1"));

        assertThat(counts.coverage().judged()).isEqualTo(2);
        assertThat(counts.coverage().reasons()).containsEntry("UNREADABLE", 1);
        assertThat(fleet.summary(SweepKind.FLEET).skipped())
                .containsExactly(new Skipped(bad.toString(), "unreadable: no lifecycle"));
        assertThat(fleet.bus.published("HealthSweepCompleted")).singleElement().satisfies(event -> assertThat(
                        event.detail())
                .contains("\"sweepId\":\"by-hand-1\"", "\"kind\":\"fleet\"")
                .contains("\"judged\":2,\"active\":3,\"skipped\":1,\"reasons\":{\"UNREADABLE\":1}")
                .contains("\"failedSegments\":0,\"ratio\":0.666", "\"complete\":false")
                .contains("\"raised\":1,\"still\":0,\"worse\":0,\"better\":0,\"cleared\":0,\"suppressed\":0")
                .contains("\"lost\":1,\"asked\":1,\"unverified\":0,\"missedReports\":0")
                .contains("\"suspect\":false", "\"files\":\"sweeps/fleet/2026-03-03/by-hand-1\""));
        assertThat(swept(SweepKind.FLEET))
                .extracting(device -> device.who().imei(), SweptDevice::state)
                .containsExactlyInAnyOrder(tuple(imei(1), "IN_SERVICE"), tuple(imei(2), "IN_SERVICE"));
        assertThat(losses(SweepKind.FLEET))
                .extracting(loss -> loss.lost().imei(), SweptLoss::outcome)
                .containsExactly(tuple(imei(1), Optional.of(Outcome.RAISED)));
    }

    @Test
    void an_alert_that_goes_on_is_counted_once_and_as_what_it_does() {
        fleet.has(1, FOUR_HOURS);
        fleet.clock.forward(Duration.ofHours(9));
        done(fleet.sweep("first"));

        assertThat(done(fleet.sweep("second")).alerts()).isEqualTo(new AlertCounts(0, 1, 0, 0, 0, 0));
        fleet.clock.forward(Duration.ofHours(5));
        assertThat(done(fleet.sweep("third")).alerts()).isEqualTo(new AlertCounts(0, 0, 1, 0, 0, 0));
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

        done(fleet.sweep("first"));

        assertThat(fleet.told()).containsExactly("DeviceAlertRaised");
        assertThat(losses(SweepKind.FLEET))
                .extracting(SweptLoss::outcome)
                .containsExactlyInAnyOrder(Optional.of(Outcome.FAILED), Optional.of(Outcome.RAISED));
    }

    @Test
    void an_item_that_cannot_be_read_when_it_is_due_is_counted_and_named_and_the_others_are_judged() {
        Imei bad = fleet.has(1, FOUR_HOURS);
        fleet.has(2, FOUR_HOURS);
        fleet.store.spoil(bad, "no lifecycle");
        fleet.clock.forward(Duration.ofHours(9));

        PassCounts counts = done(fleet.overdue());

        assertThat(counts.coverage().reasons()).isEqualTo(Map.of("UNREADABLE", 1));
        assertThat(fleet.summary(SweepKind.OVERDUE).skipped()).singleElement().satisfies(one -> assertThat(one.device())
                .isEqualTo(bad.toString()));
        assertThat(fleet.told()).containsExactly("DeviceAlertRaised");
    }

    @Test
    void what_the_time_did_not_suffice_for_is_judged_by_the_next_pass_over_what_is_due() {
        for (int number = 1; number <= 4; number++) {
            fleet.has(number, FOUR_HOURS);
        }
        fleet.clock.forward(Duration.ofHours(9));
        Iterator<Duration> left =
                List.of(Duration.ofMinutes(2), Duration.ofMinutes(2)).iterator();

        fleet.runPass(3)
                .overdue(
                        new Overdue(Optional.empty()),
                        "request-1",
                        () -> left.hasNext() ? left.next() : Duration.ofSeconds(30));
        int told = fleet.told().size();
        fleet.clock.forward(Duration.ofMinutes(15));
        done(fleet.overdue());

        assertThat(told).isLessThan(4);
        assertThat(fleet.told()).hasSize(4).containsOnly("DeviceAlertRaised");
    }

    @Test
    void a_fleet_without_active_devices_is_covered() {
        assertThat(done(fleet.sweep("first")).coverage().ratio()).isEqualTo(1);
        assertThat(done(fleet.overdue()).coverage().complete()).isTrue();
    }

    @Test
    void the_schedule_that_fires_twice_in_a_quarter_of_an_hour_makes_one_pass() {
        fleet.has(1, FOUR_HOURS);

        assertThat(fleet.overdue().outcome()).isEqualTo("done");
        fleet.clock.forward(Duration.ofMinutes(14));
        assertThat(fleet.overdue().outcome()).isEqualTo("already done");
        fleet.clock.forward(Duration.ofMinutes(1));
        assertThat(fleet.overdue().outcome()).isEqualTo("done");

        assertThat(fleet.bus.published("HealthSweepCompleted")).hasSize(2);
    }

    @Test
    void a_night_is_claimed_by_the_time_for_which_it_was_scheduled_and_by_one_execution() {
        RunPass runPass = fleet.runPass(3);
        Plan first = new Plan(Optional.of(fleet.clock.instant()), Optional.empty(), "execution-1");
        Plan second = new Plan(Optional.of(fleet.clock.instant()), Optional.empty(), "execution-2");

        assertThat(runPass.plan(first).segments()).containsExactly(0, 1, 2, 3);
        fleet.clock.forward(Duration.ofMinutes(50));
        assertThat(runPass.plan(second).outcome()).isEqualTo("already done");
        assertThat(runPass.plan(first).outcome()).isEqualTo("claimed");
    }

    /** Wherever it dies, Lambda tries it again, and people hear of the loss once. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "write alert:before",
                "write alert:after",
                "watch device:before",
                "watch device:after",
                "put outbox:before",
                "put outbox:after",
                "remove outbox:before"
            })
    void a_pass_that_died_goes_on_when_lambda_tries_it_again(String place) {
        fleet.has(1, FOUR_HOURS);
        fleet.clock.forward(Duration.ofHours(9));
        Set<String> died = new HashSet<>();
        fleet.store.onEffect(effect -> {
            if (effect.equals(place) && died.add(effect)) {
                throw new Killed();
            }
        });
        try {
            fleet.sweep("first");
        } catch (Killed e) {
            assertThat(died).containsExactly(place);
        }
        fleet.store.settle();

        done(fleet.sweep("first"));
        fleet.clock.forward(Duration.ofMinutes(15));
        done(fleet.overdue());

        // what was stored and not published, outbox-relay publishes
        assertThat(Stream.concat(fleet.bus.published().stream(), fleet.store.outbox().stream())
                        .filter(event -> event.detailType().equals("DeviceAlertRaised"))
                        .map(Outgoing::eventId)
                        .distinct())
                .hasSize(1);
        assertThat(fleet.bus.published("HealthSweepCompleted").stream()
                        .filter(event -> event.detail().contains("\"kind\":\"fleet\""))
                        .map(Outgoing::eventId)
                        .distinct())
                .hasSize(1);
        assertThat(fleet.alerts.open()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 50})
    void a_deadline_after_every_page_still_covers_all_with_none_skipped(int pageSize) {
        for (int number = 1; number <= 20; number++) {
            fleet.has(number, FOUR_HOURS);
        }
        fleet.clock.forward(Duration.ofHours(9));
        RunPass runPass = fleet.runPass(pageSize);
        int invocations = 1;
        Concluded reply = runPass.sweep(new Sweep(Optional.of("pass"), Optional.empty()), "request-1", HERE);
        while (reply.outcome().equals("stopped")) {
            assertThat(fleet.bus.published("HealthSweepCompleted")).isEmpty();
            assertThat(invocations).as("invocations").isLessThan(100);
            invocations++;
            reply = runPass.sweep((Sweep) reply.next().orElseThrow(), "request-" + invocations, HERE);
        }

        PassCounts counts = done(reply);
        assertThat(counts.coverage().judged()).isEqualTo(20);
        assertThat(counts.coverage().skipped()).isZero();
        assertThat(invocations).isGreaterThan(10);
        assertThat(swept(SweepKind.FLEET).stream().map(device -> device.who().imei()))
                .hasSize(20)
                .doesNotHaveDuplicates();
        assertThat(losses(SweepKind.FLEET)).hasSize(20);
        assertThat(fleet.told()).containsExactly("FleetAlertRaised");
        assertThat(counts.alerts().suppressed()).isEqualTo(20);
    }

    @Test
    void two_passes_at_once_raise_each_alert_once() throws Exception {
        for (int number = 1; number <= 15; number++) {
            fleet.has(number, FOUR_HOURS);
        }
        fleet.clock.forward(Duration.ofHours(9));
        CyclicBarrier together = new CyclicBarrier(2);
        List<Future<Concluded>> passes = new ArrayList<>();
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            for (String pass : List.of("one", "other")) {
                passes.add(two.submit(() -> {
                    together.await(10, TimeUnit.SECONDS);
                    return fleet.sweep(pass);
                }));
            }
            for (Future<Concluded> pass : passes) {
                assertThat(done(pass.get(30, TimeUnit.SECONDS)).coverage().skipped())
                        .isZero();
            }
        }

        assertThat(fleet.bus.published("DeviceAlertRaised").stream().map(Outgoing::eventId))
                .hasSize(15)
                .doesNotHaveDuplicates();
        assertThat(fleet.store.outbox()).isEmpty();
    }

    @Test
    void a_pass_whose_segment_failed_says_so_and_nothing_of_sites() {
        fleet.hasAt("north", 1, 10, FOUR_HOURS);
        fleet.clock.forward(Duration.ofHours(9));
        RunPass runPass = fleet.runPass(3);
        var planned = runPass.plan(new Plan(Optional.empty(), Optional.of("night"), "execution-1"));
        for (int segment = 0; segment < 3; segment++) {
            runPass.rate(new SweepTask.Rate(planned.pass(), segment, 4, Optional.empty(), 0), FAR);
        }
        runPass.platform(new SweepTask.Platform(planned.pass()));
        runPass.verify(new SweepTask.Verify(planned.pass(), 4), FAR);

        PassCounts counts =
                done(runPass.conclude(new SweepTask.Conclude(planned.pass(), 4, 0, 0, Optional.empty()), FAR));

        assertThat(counts.coverage().failedSegments()).isEqualTo(1);
        assertThat(counts.coverage().complete()).isFalse();
        assertThat(fleet.told()).isNotEmpty().containsOnly("DeviceAlertRaised");
    }

    @Test
    void nobody_goes_on_with_what_is_no_step_of_a_pass() {
        assertThatThrownBy(() -> fleet.runPass(3)
                        .sweep(
                                new Sweep(Optional.of("x"), Optional.of(new SweepTask.Overdue(Optional.empty()))),
                                "request",
                                FAR))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private List<SweptDevice> swept(SweepKind kind) {
        List<SweptDevice> devices = new ArrayList<>();
        fleet.books.files().devices(fleet.summary(kind), devices::add);
        return devices;
    }

    private List<SweptLoss> losses(SweepKind kind) {
        List<SweptLoss> losses = new ArrayList<>();
        fleet.books.files().losses(fleet.summary(kind), losses::add);
        return losses;
    }

    private static PassCounts done(Concluded reply) {
        assertThat(reply.outcome()).isEqualTo("done");
        return reply.counts().orElseThrow();
    }

    private static final class Killed extends Error {}
}

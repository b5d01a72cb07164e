package dev.fleetline.onboardingreconciler;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.carrier.CarrierGateway.LineState;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.device.Device;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Lifecycle.ActiveUnseen;
import dev.fleetline.device.Lifecycle.Deactivated;
import dev.fleetline.device.Lifecycle.Drifted;
import dev.fleetline.device.Lifecycle.InService;
import dev.fleetline.device.Lifecycle.Suspended;
import dev.fleetline.device.Mender;
import dev.fleetline.device.Report;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.onboardingreconciler.FindDrift.Compared;
import dev.fleetline.testing.SampleFleet;
import dev.fleetline.testing.ScriptedCarrier;
import dev.fleetline.testing.ScriptedCarrier.Call;
import dev.fleetline.testing.ScriptedCarrier.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FindDriftTest {

    private final Desk desk = new Desk();
    private final ScriptedCarrier m2m = desk.carrier("m2m");

    @ParameterizedTest
    @ValueSource(strings = {"core", "m2m"})
    void where_both_say_the_same_nothing_is_stored_and_nothing_told(String carrier) {
        Device first = desk.inService(1, carrier);
        Device second = desk.inService(2, carrier);
        Device third = desk.inService(3, carrier);

        assertThat(desk.night())
                .isEqualTo(new Compared(new Tally(3, 0, 0, 0, 0), true, Optional.empty(), Optional.empty()));

        assertThat(List.of(first, second, third))
                .allSatisfy(device -> assertThat(desk.device(device.imei())).isEqualTo(device));
        assertThat(desk.bus.published()).isEmpty();
        assertThat(desk.carrier(carrier).calls(Call.LIST)).as("two pages").isEqualTo(2);
    }

    @Test
    void another_sim_is_told_once_while_it_is_so_and_settles_when_the_old_one_is_back() {
        Device device = desk.inService(1, "m2m");
        m2m.hasSim(device.imei(), SampleFleet.iccid(7));

        desk.night();
        assertThat(desk.lifecycle(device)).isEqualTo(new Drifted("OTHER_SIM", true, desk.now()));
        assertThat(desk.told("DeviceDrifted")).singleElement().satisfies(event -> {
            JsonNode detail = Desk.detail(event);
            assertThat(detail.path("code").asText()).isEqualTo("OTHER_SIM");
            assertThat(detail.path("imei").asText()).isEqualTo(device.imei().digits());
            assertThat(event.detail())
                    .doesNotContain(SampleFleet.iccid(7).digits())
                    .doesNotContain(device.order().iccid().digits());
            assertThat(detail.path("fix").asText()).contains("order the device again");
        });
        desk.night();
        assertThat(desk.told("DeviceDrifted")).hasSize(1);

        m2m.hasSim(device.imei(), device.order().iccid());
        desk.night();
        assertThat(desk.lifecycle(device)).isEqualTo(new InService(desk.now()));
        assertThat(desk.told("DeviceDrifted")).hasSize(1);
    }

    @Test
    void one_that_the_carrier_has_lost_is_told_once_and_settles_when_it_is_back() {
        Device device = desk.inService(1, "m2m");
        desk.stored(device.in(new ActiveUnseen(desk.now())));
        desk.inService(2, "m2m");
        m2m.loses(device.imei());

        desk.night();
        desk.night();
        assertThat(desk.lifecycle(device)).isInstanceOfSatisfying(Drifted.class, drifted -> {
            assertThat(drifted.how()).isEqualTo("MISSING");
            assertThat(drifted.seen()).isFalse();
        });
        assertThat(desk.codes("DeviceDrifted")).containsExactly("MISSING");

        m2m.has(device.imei(), true);
        desk.night();
        assertThat(desk.lifecycle(device)).isInstanceOf(ActiveUnseen.class);
    }

    @Test
    void one_that_differs_in_another_way_is_told_of_again() {
        Device device = desk.inService(1, "m2m");
        desk.inService(2, "m2m");
        m2m.hasSim(device.imei(), SampleFleet.iccid(7));
        desk.night();
        m2m.loses(device.imei());

        desk.night();

        assertThat(desk.codes("DeviceDrifted")).containsExactly("OTHER_SIM", "MISSING");
        assertThat(desk.lifecycle(device)).isInstanceOfSatisfying(Drifted.class, drifted -> assertThat(drifted.seen())
                .isTrue());
    }

    @Test
    void a_line_that_costs_though_we_hold_it_deactivated_is_told_once_until_it_is_deactivated() {
        Device device = desk.inService(1, "m2m");
        desk.stored(device.in(new Deactivated(desk.now())));

        desk.night();
        desk.night();
        assertThat(desk.lifecycle(device)).isInstanceOfSatisfying(Drifted.class, drifted -> assertThat(drifted.how())
                .isEqualTo("ACTIVE"));
        assertThat(desk.codes("DeviceDrifted")).containsExactly("ACTIVE");

        m2m.becomes(device.imei(), LineState.DEACTIVATED);
        desk.night();
        assertThat(desk.lifecycle(device)).isInstanceOf(Deactivated.class);
        assertThat(desk.told("DeviceDrifted")).hasSize(1);
    }

    @Test
    void a_suspension_and_its_end_are_learnt_and_the_end_of_it_too() {
        Device device = desk.inService(1, "m2m");
        Instant first = desk.now().plus(ofDays(30));
        m2m.becomes(device.imei(), LineState.SUSPENDED);
        m2m.resumes(device.imei(), first);

        desk.night();
        Instant since = desk.now();
        assertThat(desk.lifecycle(device)).isEqualTo(new Suspended(Optional.of(first), false, since));
        assertThat(desk.device(device.imei()).progress().lookAt()).contains(first);
        assertThat(desk.codes("DeviceDrifted")).containsExactly("SUSPENDED");

        m2m.resumes(device.imei(), first.plus(ofDays(60)));
        desk.night();
        assertThat(desk.lifecycle(device)).isEqualTo(new Suspended(Optional.of(first.plus(ofDays(60))), false, since));
        assertThat(desk.device(device.imei()).progress().lookAt()).contains(first.plus(ofDays(60)));
        Device learnt = desk.device(device.imei());
        desk.night();
        assertThat(desk.device(device.imei())).isEqualTo(learnt);

        m2m.becomesReady(device.imei());
        desk.night();
        assertThat(desk.lifecycle(device)).isInstanceOf(ActiveUnseen.class);
        assertThat(desk.told("DeviceDrifted")).hasSize(1);
    }

    @Test
    void a_deactivation_that_somebody_else_ordered_is_told_once() {
        Device device = desk.inService(1, "m2m");
        m2m.becomes(device.imei(), LineState.DEACTIVATED);

        desk.night();
        desk.night();

        assertThat(desk.lifecycle(device)).isInstanceOf(Deactivated.class);
        assertThat(desk.codes("DeviceDrifted")).containsExactly("DEACTIVATED");
    }

    @Test
    void of_a_number_that_is_about_to_be_lost_a_person_is_warned_every_night_once() {
        Device device = desk.inService(1, "m2m");
        m2m.becomes(device.imei(), LineState.ENDING);

        desk.night();
        desk.findDrift.run(Optional.empty(), false, () -> Duration.ofMinutes(5));
        assertThat(ids("DeviceDrifted")).hasSize(1);
        desk.night();

        assertThat(ids("DeviceDrifted")).hasSize(2);
        assertThat(desk.codes("DeviceDrifted")).containsOnly("ENDING");
        assertThat(desk.device(device.imei())).isEqualTo(device);
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_ACTIVE", "PENDING"})
    void one_that_reports_and_that_the_carrier_does_not_call_active_yet_is_no_drift(LineState state) {
        Device device = desk.inService(1, "m2m");
        m2m.becomes(device.imei(), state);
        Device reported = reports(device, desk.now().plus(ofHours(20)));

        desk.night();

        assertThat(desk.device(device.imei())).isEqualTo(reported);
        assertThat(desk.bus.published()).isEmpty();
    }

    @Test
    void one_that_is_silent_and_whose_line_is_not_active_any_more_is_told_once_and_settles_when_it_reports() {
        Device device = desk.inService(1, "m2m");
        m2m.becomes(device.imei(), LineState.NOT_ACTIVE);

        desk.night();
        assertThat(desk.lifecycle(device)).isEqualTo(new Drifted("NOT_ACTIVE", true, desk.now()));
        desk.night();
        assertThat(desk.codes("DeviceDrifted")).containsExactly("NOT_ACTIVE");

        reports(desk.device(device.imei()), desk.now().plus(ofHours(20)));
        desk.night();
        assertThat(desk.lifecycle(device)).isInstanceOf(InService.class);
        assertThat(desk.told("DeviceDrifted")).hasSize(1);
    }

    private Device reports(Device device, Instant at) {
        var report = new Report(Optional.empty(), Optional.of(device.imei()), at, Map.of(), Optional.empty());
        return desk.stored(device.reported(report, HealthSettings.DEFAULTS, at));
    }

    @Test
    void a_line_that_is_active_though_its_order_failed_is_told_once_while_it_is_so() {
        Device device = desk.inService(1, "m2m");
        var failure = new Lifecycle.Failure("CARRIER_REFUSED", "said so", Mender.CARRIER);
        desk.stored(device.in(new Lifecycle.Failed(failure, desk.now())));

        desk.night();
        desk.night();
        assertThat(desk.codes("DeviceDrifted")).containsExactly("ACTIVE");
        assertThat(desk.lifecycle(device)).isInstanceOf(Lifecycle.Failed.class);
        assertThat(desk.device(device.imei()).progress().lookAt()).isEmpty();

        m2m.becomes(device.imei(), LineState.DEACTIVATED);
        desk.night();
        m2m.becomesReady(device.imei());
        desk.night();
        assertThat(desk.codes("DeviceDrifted")).containsExactly("ACTIVE", "ACTIVE");
    }

    @Test
    void a_failed_order_whose_device_is_active_with_another_sim_or_not_at_all_is_no_drift() {
        var failure = new Lifecycle.Failure("CARRIER_REFUSED", "said so", Mender.CARRIER);
        Device other = desk.inService(1, "m2m");
        Device none = desk.registered(2, "m2m");
        desk.stored(other.in(new Lifecycle.Failed(failure, desk.now())));
        desk.stored(none.in(new Lifecycle.Failed(failure, desk.now())));
        m2m.hasSim(other.imei(), SampleFleet.iccid(7));

        assertThat(desk.night().tally()).isEqualTo(new Tally(2, 0, 0, 0, 0));
    }

    @Test
    void orders_that_are_under_way_and_those_that_ended_without_a_device_are_nothing_to_it() {
        desk.stored(desk.ordered(1, "m2m"));
        desk.stored(desk.ordered(2, "m2m").in(new Lifecycle.Retired(desk.now())));
        desk.accepted(3, "m2m");
        int before = m2m.calls();

        assertThat(desk.night().tally()).isEqualTo(Tally.NOTHING);

        assertThat(m2m.calls()).isEqualTo(before);
    }

    @Test
    void a_list_that_could_not_be_read_to_its_end_calls_nobody_missing_and_judges_whom_it_shows() {
        Device shown = desk.inService(1, "m2m");
        desk.inService(2, "m2m");
        Device lost = desk.inService(3, "m2m");
        desk.inService(4, "m2m");
        m2m.loses(lost.imei());
        m2m.becomes(shown.imei(), LineState.DEACTIVATED);
        m2m.onEffect((call, moment) -> {
            if (call == Call.LIST && moment == Moment.AFTER && m2m.calls(Call.LIST) == 1) {
                m2m.answersNext(Call.LIST, new TryLater<>(Duration.ofMinutes(1), "status 503"));
            }
        });

        desk.night();

        assertThat(desk.lifecycle(lost)).isInstanceOf(InService.class);
        assertThat(desk.lifecycle(shown)).isInstanceOf(Deactivated.class);
    }

    @Test
    void an_empty_list_calls_nobody_missing() {
        Device device = desk.inService(1, "m2m");
        m2m.loses(device.imei());

        assertThat(desk.night().tally()).isEqualTo(Tally.SEEN);

        assertThat(desk.device(device.imei())).isEqualTo(device);
    }

    @Test
    void one_that_the_list_leaves_out_and_the_carrier_shows_when_asked_is_not_missing() {
        Device device = desk.inService(1, "m2m");
        desk.inService(2, "m2m");
        m2m.loses(device.imei());
        m2m.onEffect((call, moment) -> {
            if (call == Call.FIND && moment == Moment.BEFORE) {
                m2m.has(device.imei(), true);
            }
        });

        desk.night();

        assertThat(desk.device(device.imei())).isEqualTo(device);
    }

    @Test
    void of_one_that_the_carrier_does_not_answer_about_nothing_is_said() {
        Device device = desk.inService(1, "m2m");
        desk.inService(2, "m2m");
        m2m.loses(device.imei());
        m2m.answersNext(Call.FIND, new TryLater<>(Duration.ofMinutes(1), "status 503"));

        assertThat(desk.night().tally()).isEqualTo(new Tally(2, 0, 0, 1, 0));

        assertThat(desk.device(device.imei())).isEqualTo(device);
    }

    @Test
    void what_has_happened_to_a_device_since_the_list_was_read_is_not_in_the_list() {
        desk.inService(2, "m2m");
        desk.clock.forward(ofDays(1));
        Device later = desk.inService(1, "m2m");
        m2m.loses(later.imei());

        desk.findDrift.run(Optional.empty(), false, () -> Duration.ofMinutes(5));

        assertThat(desk.device(later.imei())).isEqualTo(later);
    }

    @Test
    void one_that_cannot_be_read_does_not_stop_the_rest() {
        Device spoilt = desk.inService(1, "m2m");
        Device device = desk.inService(2, "m2m");
        desk.store.spoil(spoilt.imei(), "state is none that we know");
        m2m.becomes(device.imei(), LineState.DEACTIVATED);

        assertThat(desk.night().tally()).isEqualTo(new Tally(1, 1, 1, 0, 1));
    }

    @Test
    void where_more_than_a_tenth_of_an_account_differs_at_once_nothing_is_believed_until_a_person_does() {
        for (int number = 1; number <= 20; number++) {
            Device device = desk.inService(number, "m2m");
            if (number <= 6) {
                m2m.becomes(device.imei(), LineState.DEACTIVATED);
            }
        }
        Device other = desk.inService(21, "core");
        desk.carrier("core").becomes(other.imei(), LineState.DEACTIVATED);

        Compared night = desk.night();

        assertThat(night.fault()).contains("6 of 20 devices of an account of m2m differ at once");
        assertThat(night.tally().left()).isEqualTo(6);
        assertThat(desk.lifecycle(other)).as("of another account").isInstanceOf(Deactivated.class);
        assertThat(desk.codes("DeviceDrifted")).containsExactly("DEACTIVATED");

        Compared believed = desk.findDrift.run(Optional.empty(), true, () -> Duration.ofMinutes(5));
        assertThat(believed.fault()).isEmpty();
        assertThat(desk.told("DeviceDrifted")).hasSize(7);
    }

    @Test
    void five_of_an_account_or_a_tenth_of_it_may_differ_at_once() {
        for (int number = 1; number <= 60; number++) {
            Device device = desk.inService(number, number <= 5 ? "core" : "m2m");
            if (number <= 10) {
                desk.carrier(device.order().carrier()).becomes(device.imei(), LineState.DEACTIVATED);
            }
        }

        assertThat(desk.night().fault()).isEmpty();

        assertThat(desk.told("DeviceDrifted")).hasSize(10);
    }

    @Test
    void an_order_that_is_long_due_is_stored_as_it_is_so_that_it_stands_in_the_index() {
        Device forgotten = desk.stored(desk.ordered(1, "m2m"));

        desk.findDrift.run(Optional.empty(), false, () -> Duration.ofMinutes(5));
        assertThat(desk.device(forgotten.imei())).isEqualTo(forgotten);
        desk.night();

        assertThat(desk.device(forgotten.imei())).isEqualTo(forgotten.at(forgotten.version() + 1));
    }

    @Test
    void a_pass_that_ran_out_of_time_goes_on_where_it_stopped_and_passes_over_nobody() {
        Set<Imei> gone = new HashSet<>();
        for (int number = 1; number <= 230; number++) {
            Device device = desk.inService(number, "m2m");
            m2m.becomes(device.imei(), LineState.DEACTIVATED);
            gone.add(device.imei());
        }
        desk.clock.forward(ofDays(1));

        Compared pass = new Compared(Tally.NOTHING, false, Optional.empty(), Optional.empty());
        int calls = 0;
        while (!pass.isThrough()) {
            // time for the 115 pages of the list and for 97 devices, and for no more
            var looks = new AtomicInteger();
            Deadline deadline = () -> looks.incrementAndGet() > 115 + 100 ? ofSeconds(5) : ofSeconds(60);
            pass = desk.findDrift.run(pass.next(), true, deadline);
            calls++;
        }

        assertThat(calls).isEqualTo(3);
        assertThat(gone)
                .allSatisfy(imei -> assertThat(desk.device(imei).lifecycle()).isInstanceOf(Deactivated.class));
    }

    @Test
    void a_device_of_a_platform_that_is_not_spoken_to_is_not_judged() {
        Device device = desk.stored(desk.ordered(1, "fax").in(new InService(desk.now())));

        desk.night();

        assertThat(desk.device(device.imei())).isEqualTo(device);
    }

    private Set<String> ids(String detailType) {
        Set<String> ids = new HashSet<>();
        desk.told(detailType).forEach(event -> ids.add(event.eventId()));
        return ids;
    }
}

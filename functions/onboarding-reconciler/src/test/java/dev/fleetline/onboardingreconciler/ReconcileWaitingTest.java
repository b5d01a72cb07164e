package dev.fleetline.onboardingreconciler;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.carrier.CarrierGateway.LineState;
import dev.fleetline.carrier.CarrierGateway.Progress;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.carrier.CarrierReply.Unclear;
import dev.fleetline.device.Consequences.HistoryEntry;
import dev.fleetline.device.Device;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Lifecycle.Activating;
import dev.fleetline.device.Lifecycle.ActiveUnseen;
import dev.fleetline.device.Lifecycle.Parked;
import dev.fleetline.device.Mender;
import dev.fleetline.onboardingreconciler.ReconcileWaiting.Reconciled;
import dev.fleetline.testing.SampleFleet;
import dev.fleetline.testing.ScriptedCarrier.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReconcileWaitingTest {

    private final Desk desk = new Desk();

    @ParameterizedTest
    @ValueSource(strings = {"core", "m2m"})
    void an_accepted_device_that_the_carrier_calls_active_is_active_and_that_is_told(String carrier) {
        Device device = desk.accepted(1, carrier);
        desk.carrier(carrier).becomesReady(device.imei());

        Reconciled run = desk.after(ofMinutes(10));

        assertThat(run).isEqualTo(new Reconciled(new Tally(1, 1, 1, 0, 0), true));
        assertThat(desk.lifecycle(device)).isEqualTo(new ActiveUnseen(desk.now()));
        assertThat(desk.device(device.imei()).progress().lookAt()).isEmpty();
        assertThat(desk.told("DeviceActivated")).singleElement().satisfies(event -> {
            JsonNode detail = Desk.detail(event);
            assertThat(detail.path("onboardingId").asText()).isEqualTo("order-1");
            assertThat(detail.path("evidence").asText()).isEqualTo("carrier");
        });
        assertThat(desk.store.outbox()).isEmpty();
        assertThat(desk.store.history("device#" + device.imei().digits()))
                .containsExactly(
                        new HistoryEntry(desk.now(), "ACTIVE_UNSEEN", "onboarding-reconciler", "the carrier says so"));
    }

    @Test
    void a_device_that_is_not_due_is_not_asked_about() {
        Device device = desk.accepted(1, "core");
        int before = desk.carrier("core").calls();

        assertThat(desk.after(ofMinutes(9)).tally()).isEqualTo(Tally.NOTHING);

        assertThat(desk.carrier("core").calls()).isEqualTo(before);
        assertThat(desk.device(device.imei())).isEqualTo(device);
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "m2m"})
    void of_an_activation_that_takes_long_a_person_hears_after_an_hour_and_after_a_day_and_not_again(String carrier) {
        Device device = desk.accepted(1, carrier);

        desk.everyTenMinutesFor(ofMinutes(50));
        assertThat(desk.told("DeviceOnboardingStuck")).isEmpty();
        desk.everyTenMinutesFor(ofMinutes(20));
        assertThat(desk.codes("DeviceOnboardingStuck")).containsExactly("TAKES_LONG");
        desk.everyTenMinutesFor(ofHours(22).plusMinutes(40));
        assertThat(desk.codes("DeviceOnboardingStuck")).containsExactly("TAKES_LONG");
        assertThat(desk.lifecycle(device)).isInstanceOf(Activating.class);

        desk.everyTenMinutesFor(ofMinutes(20));
        assertThat(desk.codes("DeviceOnboardingStuck")).containsExactly("TAKES_LONG", "STUCK");
        assertThat(desk.lifecycle(device)).isInstanceOf(Lifecycle.Stuck.class);
        desk.everyTenMinutesFor(ofDays(3));
        assertThat(desk.told("DeviceOnboardingStuck")).hasSize(2);

        desk.carrier(carrier).becomesReady(device.imei());
        desk.everyTenMinutesFor(ofHours(6));
        assertThat(desk.lifecycle(device)).isInstanceOf(ActiveUnseen.class);
        assertThat(desk.told("DeviceActivated")).hasSize(1);
        assertThat(desk.carrier(carrier).activations(device.imei())).isEqualTo(1);
    }

    @Test
    void the_longer_an_activation_takes_the_less_often_it_is_asked_about() {
        desk.accepted(1, "core");
        int before = desk.carrier("core").calls(Call.FIND);

        desk.everyTenMinutesFor(ofDays(2));

        // six in the first hour, one in each of the next 23, and four a day after the first
        assertThat(desk.carrier("core").calls(Call.FIND) - before).isBetween(30, 36);
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "m2m"})
    void a_try_that_died_before_its_call_is_unclear_and_half_an_hour_later_sent_again(String carrier) {
        Device device = desk.sending(desk.registered(1, carrier));

        desk.after(ofMinutes(10));
        assertThat(desk.lifecycle(device)).isInstanceOf(Lifecycle.Unclear.class);
        desk.after(ofMinutes(29));
        assertThat(desk.told("DeviceOnboardingRequested")).isEmpty();
        desk.after(ofMinutes(1));

        assertThat(desk.lifecycle(device)).isEqualTo(new Lifecycle.Registered(desk.now()));
        assertThat(desk.told("DeviceOnboardingRequested")).singleElement().satisfies(event -> {
            JsonNode detail = Desk.detail(event);
            assertThat(detail.path("onboardingId").asText()).isEqualTo("order-1");
            assertThat(detail.path("imei").asText()).isEqualTo(device.imei().digits());
            assertThat(detail.path("iccid").asText())
                    .isEqualTo(device.order().iccid().digits());
            assertThat(detail.path("account").asText()).isEqualTo(Desk.ACCOUNT);
            assertThat(detail.path("carrier").asText()).isEqualTo(carrier);
            assertThat(detail.path("name").asText()).isEqualTo("Pump 1");
            assertThat(detail.path("site").asText()).isEqualTo("north");
            assertThat(detail.path("model").asText()).isEqualTo("tracker");
            assertThat(detail.path("reportingInterval").asText()).isEqualTo("PT6H");
            assertThat(detail.path("servicePlan").asText("none")).isEqualTo(carrier.equals("m2m") ? "m2m_4G" : "none");
            assertThat(detail.path("zip").asText("none")).isEqualTo(carrier.equals("m2m") ? "98801" : "none");
            assertThat(detail.has("group")).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "m2m"})
    void a_try_that_died_after_its_call_is_found_by_what_it_changed_and_is_never_sent_again(String carrier) {
        Device device = desk.sending(desk.registered(1, carrier));
        desk.sent(device);

        desk.after(ofMinutes(10));
        assertThat(desk.lifecycle(device)).isInstanceOf(Lifecycle.Unclear.class);
        desk.after(ofMinutes(30));

        assertThat(desk.lifecycle(device)).isEqualTo(new Activating(true, desk.now()));
        assertThat(desk.told("DeviceActivationRequested")).hasSize(1);
        assertThat(desk.told("DeviceOnboardingRequested")).isEmpty();
    }

    @Test
    void a_core_device_that_checks_in_only_after_2_hours_with_a_crash_right_after_its_activation() {
        Device device = desk.sending(desk.registered(1, "core"));
        desk.sent(device);
        Instant ordered = desk.now();

        desk.everyTenMinutesFor(ofHours(2));
        desk.carrier("core").becomesReady(device.imei());
        desk.everyTenMinutesFor(ofHours(1));

        assertThat(desk.lifecycle(device)).isInstanceOf(ActiveUnseen.class);
        assertThat(desk.carrier("core").activations(device.imei())).isEqualTo(1);
        assertThat(desk.told("DeviceOnboardingRequested")).isEmpty();
        assertThat(desk.told("DeviceActivated")).hasSize(1);
        assertThat(desk.codes("DeviceOnboardingStuck")).containsExactly("TAKES_LONG");
        assertThat(desk.store.history("device#" + device.imei().digits()))
                .extracting(HistoryEntry::what)
                .containsExactly("UNCLEAR", "ACTIVATING", "TAKES_LONG", "ACTIVE_UNSEEN");
        assertThat(desk.lifecycle(device).since()).isBefore(ordered.plus(ofHours(3)));
    }

    @Test
    void what_is_unclear_and_active_after_all_is_active() {
        Device device = desk.unclear(desk.sending(desk.registered(1, "m2m")));
        desk.carrier("m2m").becomesReady(device.imei());

        desk.after(ofMinutes(30));

        assertThat(desk.lifecycle(device)).isInstanceOf(ActiveUnseen.class);
    }

    @Test
    void that_a_line_is_active_with_another_sim_is_no_end_of_an_accepted_order() {
        Device device = desk.accepted(1, "m2m");
        desk.carrier("m2m").becomesReady(device.imei());
        desk.carrier("m2m").hasSim(device.imei(), SampleFleet.iccid(9));

        desk.after(ofMinutes(10));

        assertThat(desk.lifecycle(device)).isInstanceOf(Activating.class);
        assertThat(desk.told("DeviceActivated")).isEmpty();
    }

    @Test
    void a_line_that_is_shown_with_another_sim_proves_nothing_of_an_unclear_order_which_is_parked() {
        Device device = desk.unclear(desk.sending(desk.registered(1, "m2m")));
        desk.carrier("m2m").hasSim(device.imei(), SampleFleet.iccid(9));

        desk.after(ofMinutes(30));

        assertThat(desk.lifecycle(device)).isEqualTo(new Parked("UNCLEAR", Optional.empty(), desk.now()));
        assertThat(desk.told("DeviceOnboardingRequested")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "m2m"})
    void what_is_unclear_a_second_time_is_parked_for_a_person_who_hears_of_it_once(String carrier) {
        Device first = desk.unclear(desk.sending(desk.registered(1, carrier)));
        desk.after(ofMinutes(30));
        desk.unclear(desk.sending(desk.device(first.imei())));

        desk.after(ofMinutes(30));
        assertThat(desk.lifecycle(first)).isEqualTo(new Parked("UNCLEAR", Optional.empty(), desk.now()));
        int asked = desk.carrier(carrier).calls(Call.FIND);
        desk.everyTenMinutesFor(ofDays(3));

        assertThat(desk.carrier(carrier).calls(Call.FIND) - asked)
                .as("once a day")
                .isEqualTo(3);
        assertThat(desk.codes("DeviceOnboardingStuck")).containsExactly("UNCLEAR");
        assertThat(desk.told("DeviceOnboardingRequested")).hasSize(1);
        desk.carrier(carrier).becomesReady(first.imei());
        desk.everyTenMinutesFor(ofDays(1));
        assertThat(desk.lifecycle(first)).isInstanceOf(ActiveUnseen.class);
    }

    @Test
    void where_the_revision_before_the_call_is_not_known_nothing_is_sent_again() {
        Device registered = desk.registered(1, "core");
        Device device =
                desk.unclear(desk.stored(registered.activating(new Activating(false, desk.now()), Optional.empty())));

        desk.after(ofMinutes(30));

        assertThat(desk.lifecycle(device)).isEqualTo(new Parked("UNCLEAR", Optional.empty(), desk.now()));
        assertThat(desk.told("DeviceOnboardingRequested")).isEmpty();
    }

    @Test
    void a_device_that_the_carrier_does_not_show_any_more_is_not_activated_again() {
        Device device = desk.unclear(desk.sending(desk.registered(1, "m2m")));
        desk.carrier("m2m").loses(device.imei());

        desk.after(ofMinutes(30));

        assertThat(desk.lifecycle(device)).isEqualTo(new Parked("UNCLEAR", Optional.empty(), desk.now()));
    }

    @Test
    void a_line_that_has_spent_its_actions_of_the_day_waits_for_the_next_one() {
        Device device = outOfBudget(1, "core");

        desk.after(ofMinutes(30));
        Instant midnight = Instant.parse("2026-03-03T00:00:00Z");
        assertThat(desk.lifecycle(device)).isEqualTo(new Parked("LINE_BUDGET", Optional.of(midnight), desk.now()));
        assertThat(desk.told("DeviceOnboardingStuck")).singleElement().satisfies(event -> {
            JsonNode detail = Desk.detail(event);
            assertThat(detail.path("code").asText()).isEqualTo("LINE_BUDGET");
            assertThat(detail.path("state").asText()).isEqualTo("PARKED");
            assertThat(detail.path("until").asText()).isEqualTo("2026-03-03T00:00:00Z");
        });

        desk.everyTenMinutesFor(Duration.between(desk.now(), midnight).minusMinutes(10));
        assertThat(desk.told("DeviceOnboardingRequested")).isEmpty();
        desk.everyTenMinutesFor(ofMinutes(20));
        assertThat(desk.lifecycle(device)).isInstanceOf(Lifecycle.Registered.class);
        assertThat(desk.told("DeviceOnboardingRequested")).hasSize(1);
        assertThat(desk.told("DeviceOnboardingStuck")).hasSize(1);
    }

    @Test
    void a_parked_line_that_is_being_activated_by_somebody_else_is_left_to_them() {
        Device device = desk.registered(1, "m2m");
        device = desk.stored(
                device.in(new Parked("LINE_BUDGET", Optional.of(desk.now().plus(ofHours(1))), desk.now())));
        desk.carrier("m2m").becomes(device.imei(), LineState.PENDING);

        desk.after(ofHours(1));
        assertThat(desk.lifecycle(device)).isInstanceOf(Parked.class);
        desk.carrier("m2m").becomesReady(device.imei());
        desk.after(ofMinutes(10));

        assertThat(desk.lifecycle(device)).isInstanceOf(ActiveUnseen.class);
        assertThat(desk.told("DeviceOnboardingRequested")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "m2m"})
    void a_line_that_is_still_deactivated_a_day_later_has_failed_and_the_carrier_can_mend_it(String carrier) {
        Device device = desk.accepted(1, carrier);
        desk.carrier(carrier).becomes(device.imei(), LineState.DEACTIVATED);

        desk.everyTenMinutesFor(ofHours(23).plusMinutes(50));
        assertThat(desk.lifecycle(device)).as("it may take effect yet").isInstanceOf(Activating.class);
        assertThat(desk.codes("DeviceOnboardingStuck")).containsExactly("TAKES_LONG");
        desk.everyTenMinutesFor(ofMinutes(20));

        assertThat(desk.lifecycle(device)).isInstanceOfSatisfying(Lifecycle.Failed.class, failed -> {
            assertThat(failed.failure().code()).isEqualTo("DEACTIVATED");
            assertThat(failed.failure().mender()).isEqualTo(Mender.CARRIER);
        });
        assertThat(desk.codes("DeviceOnboardingFailed")).containsExactly("DEACTIVATED");
    }

    @Test
    void a_deactivated_line_whose_new_activation_takes_effect_after_an_hour_is_active() {
        Device device = desk.accepted(1, "m2m");
        desk.carrier("m2m").becomes(device.imei(), LineState.DEACTIVATED);

        desk.everyTenMinutesFor(ofHours(1));
        desk.carrier("m2m").becomesReady(device.imei());
        desk.everyTenMinutesFor(ofHours(1));

        assertThat(desk.lifecycle(device)).isInstanceOf(ActiveUnseen.class);
        assertThat(desk.told("DeviceOnboardingFailed")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "m2m"})
    void whether_a_deactivated_line_was_activated_again_nobody_knows(String carrier) {
        Device device = desk.unclear(desk.sending(desk.registered(1, carrier)));
        desk.carrier(carrier).becomes(device.imei(), LineState.DEACTIVATED);

        desk.after(ofMinutes(30));

        assertThat(desk.lifecycle(device)).isEqualTo(new Parked("UNCLEAR", Optional.empty(), desk.now()));
        assertThat(desk.codes("DeviceOnboardingStuck")).containsExactly("UNCLEAR");
        assertThat(desk.told("DeviceOnboardingFailed")).isEmpty();
        assertThat(desk.told("DeviceOnboardingRequested")).isEmpty();
    }

    @Test
    void a_request_that_failed_may_have_failed_for_another_line_so_only_after_a_day_it_counts_for_one_not_active() {
        Device device = desk.accepted(1, "m2m");
        String request = device.progress().requestId().orElseThrow();
        desk.carrier("m2m").progresses(request, Progress.FAILED);
        desk.carrier("m2m").becomes(device.imei(), LineState.NOT_ACTIVE);

        desk.everyTenMinutesFor(ofHours(23).plusMinutes(50));
        assertThat(desk.lifecycle(device)).isInstanceOf(Activating.class);
        assertThat(Desk.detail(desk.told("DeviceOnboardingStuck").getFirst())
                        .path("reason")
                        .asText())
                .contains("the request in which it was asked for failed");
        desk.everyTenMinutesFor(ofMinutes(20));

        assertThat(desk.lifecycle(device)).isInstanceOf(Lifecycle.Failed.class);
        assertThat(desk.codes("DeviceOnboardingFailed")).containsExactly("ACTIVATION_FAILED");
    }

    @Test
    void of_a_deactivated_line_it_is_not_said_that_its_activation_failed_when_it_was_asked_for_with_others() {
        Device device = desk.accepted(1, "m2m");
        desk.carrier("m2m").progresses(device.progress().requestId().orElseThrow(), Progress.FAILED);
        desk.carrier("m2m").becomes(device.imei(), LineState.DEACTIVATED);

        desk.everyTenMinutesFor(ofHours(24).plusMinutes(10));

        assertThat(desk.codes("DeviceOnboardingFailed")).containsExactly("DEACTIVATED");
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_ACTIVE", "DEACTIVATED"})
    void a_request_of_nothing_but_this_line_that_failed_is_the_failure_of_the_line_at_once(LineState state) {
        Device device = desk.acceptedAlone(1);
        desk.carrier("m2m").progresses(device.progress().requestId().orElseThrow(), Progress.FAILED);
        desk.carrier("m2m").becomes(device.imei(), state);

        desk.after(ofMinutes(10));

        assertThat(desk.lifecycle(device)).isInstanceOfSatisfying(Lifecycle.Failed.class, failed -> {
            assertThat(failed.failure().code()).isEqualTo("ACTIVATION_FAILED");
            assertThat(failed.failure().mender()).isEqualTo(Mender.CARRIER);
        });
        assertThat(desk.codes("DeviceOnboardingFailed")).containsExactly("ACTIVATION_FAILED");
        assertThat(desk.registry.whoHas(device.order().iccid())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"PENDING", "ACTIVE"})
    void a_line_that_the_carrier_shows_to_be_more_than_off_has_not_failed_with_its_own_request(LineState state) {
        Device device = desk.acceptedAlone(1);
        desk.carrier("m2m").progresses(device.progress().requestId().orElseThrow(), Progress.FAILED);
        desk.carrier("m2m").becomes(device.imei(), state);

        desk.after(ofMinutes(10));

        assertThat(desk.lifecycle(device)).isInstanceOfAny(Activating.class, ActiveUnseen.class);
    }

    @Test
    void one_that_is_pending_has_not_failed_with_its_request() {
        Device device = desk.accepted(1, "m2m");
        desk.carrier("m2m").progresses(device.progress().requestId().orElseThrow(), Progress.FAILED);

        desk.everyTenMinutesFor(ofDays(2));

        assertThat(desk.lifecycle(device)).isInstanceOf(Lifecycle.Stuck.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "m2m"})
    void that_an_order_is_stuck_is_told_though_a_person_heard_of_it_twice_before(String carrier) {
        Device ordered = desk.registered(1, carrier);
        desk.everyTenMinutesFor(ofDays(2));
        assertThat(desk.codes("DeviceOnboardingStuck")).containsExactly("TAKES_LONG", "STUCK");
        Device sending = desk.sending(desk.device(ordered.imei()));
        desk.stored(sending.accepted(new Activating(true, desk.now()), desk.sent(sending), false));

        desk.everyTenMinutesFor(ofDays(3));

        assertThat(desk.lifecycle(ordered)).isInstanceOf(Lifecycle.Stuck.class);
        assertThat(desk.codes("DeviceOnboardingStuck")).containsExactly("TAKES_LONG", "STUCK", "TAKES_LONG", "STUCK");
    }

    @Test
    void one_whose_notices_were_all_sent_before_notices_began_anew_is_told_when_it_gets_stuck() {
        Device device = desk.accepted(1, "m2m");
        desk.stored(device.waitsOn(desk.now(), 2));

        desk.after(ofDays(1));

        assertThat(desk.lifecycle(device)).isInstanceOf(Lifecycle.Stuck.class);
        assertThat(desk.codes("DeviceOnboardingStuck")).containsExactly("STUCK");
    }

    @Test
    void what_was_unclear_and_waited_for_its_budget_is_not_sent_again_when_the_record_shows_that_it_was_taken() {
        Device core = outOfBudget(1, "core");
        Device m2m = outOfBudget(2, "m2m");
        Device lost = outOfBudget(3, "m2m");
        desk.after(ofMinutes(30));
        assertThat(List.of(core, m2m, lost))
                .allSatisfy(device -> assertThat(desk.lifecycle(device)).isInstanceOf(Parked.class));
        desk.sent(core);
        desk.sent(m2m);
        desk.carrier("m2m").loses(lost.imei());

        desk.everyTenMinutesFor(ofHours(10));

        assertThat(desk.lifecycle(core)).isInstanceOf(Activating.class);
        assertThat(desk.lifecycle(m2m)).isInstanceOf(Activating.class);
        assertThat(desk.lifecycle(lost)).isInstanceOfSatisfying(Parked.class, parked -> assertThat(parked.reason())
                .isEqualTo("UNCLEAR"));
        assertThat(desk.told("DeviceOnboardingRequested")).isEmpty();
        assertThat(desk.carrier("core").activations(core.imei())).isEqualTo(1);
        assertThat(desk.told("DeviceActivationRequested")).hasSize(2);
    }

    private Device outOfBudget(int number, String carrier) {
        Device device = desk.registered(number, carrier);
        for (int action = 1; action < Desk.LINE_ACTIONS; action++) {
            device = desk.stored(desk.sending(device).in(new Lifecycle.Registered(desk.now())));
        }
        return desk.unclear(desk.sending(device));
    }

    @ParameterizedTest
    @EnumSource(names = {"PENDING", "SUCCEEDED"})
    void a_request_that_has_not_failed_is_waited_for(Progress progress) {
        Device device = desk.accepted(1, "m2m");
        desk.carrier("m2m").progresses(device.progress().requestId().orElseThrow(), progress);
        desk.carrier("m2m").becomes(device.imei(), LineState.NOT_ACTIVE);

        desk.after(ofMinutes(10));

        assertThat(desk.lifecycle(device)).isInstanceOf(Activating.class);
    }

    @Test
    void a_line_that_was_suspended_right_after_its_activation_is_suspended() {
        Device device = desk.accepted(1, "m2m");
        Instant resumes = desk.now().plus(ofDays(30));
        desk.carrier("m2m").becomes(device.imei(), LineState.SUSPENDED);
        desk.carrier("m2m").resumes(device.imei(), resumes);

        desk.after(ofMinutes(10));

        assertThat(desk.lifecycle(device)).isEqualTo(new Lifecycle.Suspended(Optional.of(resumes), false, desk.now()));
        assertThat(desk.codes("DeviceDrifted")).containsExactly("SUSPENDED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REQUESTED", "CHECKED", "REGISTERED"})
    void an_order_whose_message_died_is_sent_again_under_its_own_id_and_told_of_when_it_takes_long(String state) {
        Device ordered = desk.ordered(1, "core");
        Device device = desk.stored(
                switch (state) {
                    case "CHECKED" -> ordered.in(new Lifecycle.Checked(desk.now()));
                    case "REGISTERED" -> ordered.in(new Lifecycle.Registered(desk.now()));
                    default -> ordered;
                });

        desk.everyTenMinutesFor(ofMinutes(20));
        assertThat(desk.told("DeviceOnboardingRequested")).isEmpty();
        desk.everyTenMinutesFor(ofMinutes(10));
        assertThat(desk.told("DeviceOnboardingRequested")).hasSize(1);
        desk.everyTenMinutesFor(ofDays(1));

        // after half an hour and an hour, then every six hours and after a day
        assertThat(desk.told("DeviceOnboardingRequested"))
                .hasSize(6)
                .extracting(event -> Desk.detail(event).path("onboardingId").asText())
                .containsOnly("order-1");
        assertThat(desk.codes("DeviceOnboardingStuck")).containsExactly("TAKES_LONG", "STUCK");
        assertThat(desk.lifecycle(device).name()).isEqualTo(state);
        assertThat(desk.carrier("core").calls()).isZero();
    }

    @Test
    void a_suspended_line_whose_time_is_over_is_looked_at_until_the_carrier_has_put_it_back() {
        Device device = desk.inService(1, "m2m");
        Instant until = desk.now().plus(ofDays(1));
        desk.stored(device.in(new Lifecycle.Suspended(Optional.of(until), desk.now())));
        desk.carrier("m2m").becomes(device.imei(), LineState.SUSPENDED);

        desk.everyTenMinutesFor(ofDays(1).plusHours(1));
        assertThat(desk.lifecycle(device)).isInstanceOf(Lifecycle.Suspended.class);
        Instant later = desk.now().plus(ofDays(2));
        desk.carrier("m2m").resumes(device.imei(), later);
        desk.everyTenMinutesFor(ofHours(6));
        assertThat(desk.lifecycle(device))
                .isInstanceOfSatisfying(Lifecycle.Suspended.class, suspended -> assertThat(suspended.until())
                        .contains(later));

        desk.carrier("m2m").becomesReady(device.imei());
        desk.everyTenMinutesFor(ofDays(2));
        assertThat(desk.lifecycle(device)).isInstanceOf(ActiveUnseen.class);
        assertThat(desk.told("DeviceOnboardingStuck")).isEmpty();
    }

    @Test
    void a_suspended_line_that_was_deactivated_meanwhile_is_deactivated() {
        Device device = desk.inService(1, "m2m");
        desk.stored(device.in(new Lifecycle.Suspended(Optional.of(desk.now().plus(ofDays(1))), desk.now())));
        desk.carrier("m2m").becomes(device.imei(), LineState.DEACTIVATED);

        desk.after(ofDays(1));

        assertThat(desk.lifecycle(device)).isInstanceOf(Lifecycle.Deactivated.class);
        assertThat(desk.codes("DeviceDrifted")).containsExactly("DEACTIVATED");
    }

    @Test
    void what_the_carrier_refuses_or_has_no_time_for_is_looked_at_again_and_nothing_is_lost() {
        Device accepted = desk.accepted(1, "core");
        Device unclear = desk.unclear(desk.sending(desk.registered(2, "core")));
        for (int times = 0; times < 3; times++) {
            desk.carrier("core").answersNext(Call.FIND, new Refused<>("FORBIDDEN", "no"));
            desk.carrier("core").answersNext(Call.FIND, new TryLater<>(ofMinutes(1), "status 503"));
            desk.carrier("core").answersNext(Call.FIND, new Unclear<>("no answer"));
        }

        desk.everyTenMinutesFor(ofMinutes(50));

        assertThat(desk.lifecycle(accepted)).isEqualTo(accepted.lifecycle());
        assertThat(desk.lifecycle(unclear)).isEqualTo(unclear.lifecycle());
        desk.carrier("core").becomesReady(accepted.imei());
        desk.everyTenMinutesFor(ofHours(2));
        assertThat(desk.lifecycle(accepted)).isInstanceOf(ActiveUnseen.class);
        assertThat(desk.lifecycle(unclear)).isInstanceOf(Lifecycle.Registered.class);
    }

    @Test
    void a_person_hears_of_an_order_that_takes_long_though_the_carrier_cannot_be_asked() {
        Device device = desk.accepted(1, "core");
        for (int times = 0; times < 100; times++) {
            desk.carrier("core").answersNext(Call.FIND, new TryLater<>(ofMinutes(1), "status 503"));
        }

        desk.everyTenMinutesFor(ofDays(1).plusHours(1));

        assertThat(desk.codes("DeviceOnboardingStuck")).containsExactly("TAKES_LONG", "STUCK");
        assertThat(Desk.detail(desk.told("DeviceOnboardingStuck").getFirst())
                        .path("reason")
                        .asText())
                .contains("could not be asked")
                .contains("status 503");
        assertThat(desk.lifecycle(device)).isInstanceOf(Lifecycle.Stuck.class);
    }

    @Test
    void a_carrier_without_a_token_is_not_asked_for_each_device_and_the_other_one_is() {
        for (int number = 1; number <= 5; number++) {
            desk.accepted(number, "core");
        }
        Device other = desk.accepted(6, "m2m");
        desk.carrier("m2m").becomesReady(other.imei());
        for (int times = 0; times < 2; times++) {
            desk.carrier("core").answersNext(Call.FIND, new TokenRefused<>("fleetline/test/core/token", "v1"));
        }
        int before = desk.carrier("core").calls(Call.FIND);

        Reconciled run = desk.after(ofMinutes(10));

        assertThat(desk.carrier("core").calls(Call.FIND) - before).isEqualTo(1);
        assertThat(run.tally().left()).isEqualTo(4);
        assertThat(desk.lifecycle(other)).isInstanceOf(ActiveUnseen.class);
    }

    @Test
    void a_carrier_that_is_down_does_not_keep_the_devices_of_the_other_one_waiting() {
        for (int number = 1; number <= ReconcileWaiting.LOT; number++) {
            desk.stored(desk.ordered(number, "core").in(new Activating(true, desk.now())));
        }
        desk.clock.forward(ofMinutes(1));
        Device other = desk.accepted(ReconcileWaiting.LOT + 1, "m2m");
        desk.carrier("m2m").becomesReady(other.imei());
        for (int times = 0; times < 3; times++) {
            desk.carrier("core").answersNext(Call.FIND, new TryLater<>(ofMinutes(1), "status 503"));
        }

        Reconciled run = desk.after(ofMinutes(10));

        assertThat(run.isThrough()).isTrue();
        assertThat(desk.lifecycle(other)).isInstanceOf(ActiveUnseen.class);
        assertThat(desk.after(ofMinutes(9)).tally()).as("put off for a while").isEqualTo(Tally.NOTHING);
        assertThat(desk.after(ofMinutes(1)).tally().looked()).isEqualTo(ReconcileWaiting.LOT);
    }

    @Test
    void a_device_of_a_platform_that_is_not_spoken_to_waits_and_is_told_of() {
        Device ordered = desk.ordered(1, "fax");
        desk.stored(ordered.in(new Activating(true, desk.now())));

        desk.everyTenMinutesFor(ofHours(2));

        assertThat(desk.codes("DeviceOnboardingStuck")).containsExactly("TAKES_LONG");
    }

    @Test
    void one_that_cannot_be_read_does_not_stop_the_rest() {
        Device spoilt = desk.accepted(1, "core");
        Device good = desk.accepted(2, "core");
        desk.carrier("core").becomesReady(good.imei());
        desk.store.spoil(spoilt.imei(), "state is none that we know");

        assertThat(desk.after(ofMinutes(10)).tally()).isEqualTo(new Tally(1, 1, 1, 0, 1));

        assertThat(desk.lifecycle(good)).isInstanceOf(ActiveUnseen.class);
    }

    @Test
    void whom_a_run_does_not_reach_the_next_one_takes_first() {
        Device first = desk.accepted(1, "core");
        desk.clock.forward(ofMinutes(1));
        Device second = desk.accepted(2, "core");
        desk.carrier("core").becomesReady(first.imei());
        desk.carrier("core").becomesReady(second.imei());
        desk.clock.forward(ofMinutes(10));
        var left = new ArrayDeque<>(List.of(Duration.ofSeconds(30), Duration.ofSeconds(5)));

        Reconciled run = desk.reconcileWaiting.run(left::remove);

        assertThat(run.isThrough()).isFalse();
        assertThat(desk.lifecycle(first)).isInstanceOf(ActiveUnseen.class);
        assertThat(desk.lifecycle(second)).isInstanceOf(Activating.class);
        assertThat(desk.after(Duration.ZERO).isThrough()).isTrue();
        assertThat(desk.lifecycle(second)).isInstanceOf(ActiveUnseen.class);
    }

    @Test
    void two_at_once_move_a_device_once() {
        Device device = desk.unclear(desk.sending(desk.registered(1, "core")));
        desk.clock.forward(ofMinutes(30));
        desk.store.onEffect(effect -> {
            if (effect.equals("save device:before")) {
                desk.store.settle();
                desk.after(Duration.ZERO);
            }
        });

        Reconciled slower = desk.after(Duration.ZERO);

        assertThat(slower.tally()).isEqualTo(Tally.LEFT);
        assertThat(desk.lifecycle(device)).isInstanceOf(Lifecycle.Registered.class);
        assertThat(desk.told("DeviceOnboardingRequested")).hasSize(1);
        assertThat(desk.device(device.imei()).version()).isEqualTo(device.version() + 1);
    }
}

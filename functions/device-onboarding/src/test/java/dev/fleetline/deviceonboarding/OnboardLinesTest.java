package dev.fleetline.deviceonboarding;

import static dev.fleetline.deviceonboarding.Messages.ICCID;
import static dev.fleetline.deviceonboarding.Messages.IMEI;
import static dev.fleetline.deviceonboarding.Messages.imei;
import static dev.fleetline.deviceonboarding.Messages.line;
import static dev.fleetline.deviceonboarding.Messages.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.carrier.CarrierGateway.LineState;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Consequences.HistoryEntry;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Lifecycle.Activating;
import dev.fleetline.device.Lifecycle.ActiveUnseen;
import dev.fleetline.device.Lifecycle.Failed;
import dev.fleetline.device.Lifecycle.Registered;
import dev.fleetline.device.Mender;
import dev.fleetline.lambda.Verdict.Again;
import dev.fleetline.lambda.Verdict.Dead;
import dev.fleetline.lambda.Verdict.Done;
import dev.fleetline.testing.ScriptedCarrier;
import dev.fleetline.testing.ScriptedCarrier.Call;
import dev.fleetline.testing.ScriptedCarrier.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of M2M: no ids and no revisions, a plan and a ZIP, and one activation for many. */
class OnboardLinesTest {

    private static final Done ACCEPTED = new Done("activation accepted");

    private final ScriptedCarrier carrier = ScriptedCarrier.ofLines();
    private final Desk desk = Desk.ofLines(carrier);

    @Test
    void a_new_line_is_added_and_its_activation_accepted_under_the_carrier_s_own_id() {
        assertThat(desk.deliver(order())).isEqualTo(ACCEPTED);

        assertThat(desk.lifecycle(IMEI)).isEqualTo(new Activating(true, desk.clock.instant()));
        assertThat(desk.device(IMEI).uid()).isEmpty();
        assertThat(desk.device(IMEI).progress().requestId()).contains("request-1");
        assertThat(desk.device(IMEI).order().servicePlan()).contains("m2m_4G");
        assertThat(desk.device(IMEI).order().zip()).contains("98801");
        assertThat(desk.bus.detailTypes()).containsExactly("DeviceRegistered", "DeviceActivationRequested");
        assertThat(desk.detailOf("DeviceRegistered").has("uid")).isFalse();
        assertThat(desk.detailOf("DeviceActivationRequested").path("requestId").asText())
                .isEqualTo("request-1");
    }

    @Test
    void lines_of_one_plan_are_activated_together_and_those_of_another_by_themselves() {
        assertThat(desk.deliverTogether(
                        List.of(line(1, "m2m_4G"), line(2, "m2m_5G"), line(3, "m2m_4G"), line(4, "m2m_4G"))))
                .containsOnly(ACCEPTED)
                .hasSize(4);

        assertThat(carrier.calls(Call.ACTIVATE)).isEqualTo(2);
        assertThat(List.of(1, 3, 4)).allSatisfy(n -> assertThat(requestOf(n)).contains("request-1"));
        assertThat(requestOf(2)).contains("request-2");
    }

    /** By that onboarding-reconciler knows whether a request that failed is the failure of this very line. */
    @Test
    void what_was_asked_for_with_others_is_kept_apart_from_what_was_asked_for_alone() {
        desk.deliverTogether(List.of(line(1, "m2m_4G"), line(2, "m2m_5G"), line(3, "m2m_4G")));

        assertThat(desk.device(imei(1)).progress().isAlone()).isFalse();
        assertThat(desk.device(imei(2)).progress().isAlone()).isTrue();
        assertThat(desk.device(imei(3)).progress().isAlone()).isFalse();
    }

    @Test
    void a_line_that_is_sent_by_itself_after_a_refusal_of_many_is_asked_for_alone() {
        carrier.answersNext(Call.ACTIVATE, new Refused<>("BAD_REQUEST", "one of them"));

        desk.deliverTogether(List.of(line(1, "m2m_4G"), line(2, "m2m_4G")));

        assertThat(List.of(1, 2)).allSatisfy(n -> {
            assertThat(requestOf(n)).isPresent();
            assertThat(desk.device(imei(n)).progress().isAlone()).isTrue();
        });
    }

    @Test
    void lines_of_another_account_or_zip_are_activated_by_themselves() {
        var detail =
                Messages.detail("order-2", imei(2).digits(), Messages.iccid(2).digits());
        var other =
                Messages.detail("order-3", imei(3).digits(), Messages.iccid(3).digits());

        desk.deliverTogether(List.of(
                line(1, "m2m_4G"),
                Messages.event(detail.put("zip", "10001")),
                Messages.event(other.put("account", "0999000002-00001"))));

        assertThat(carrier.calls(Call.ACTIVATE)).isEqualTo(3);
    }

    @Test
    void devices_of_core_are_activated_one_by_one() {
        ScriptedCarrier core = new ScriptedCarrier();
        Desk ofCore = new Desk(core);

        assertThat(ofCore.deliverTogether(IntStream.rangeClosed(1, 3)
                        .mapToObj(n -> order(
                                "order-" + n,
                                imei(n).digits(),
                                Messages.iccid(n).digits()))
                        .toList()))
                .containsOnly(ACCEPTED);

        assertThat(core.calls(Call.ACTIVATE)).isEqualTo(3);
    }

    @Test
    void one_bad_order_is_its_own_trouble() {
        carrier.answersNext(Call.FIND, new TryLater<>(Duration.ofMinutes(2), "status 503"));

        assertThat(desk.deliverTogether(List.of(
                        line(1, "m2m_4G"),
                        "not JSON",
                        order("order-2", "123", ICCID.digits()),
                        line(3, "m2m_4G"),
                        line(4, "m2m_4G"))))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .isEqualTo(new Again("status 503", Optional.of(Duration.ofMinutes(2)))),
                        second -> assertThat(second).isInstanceOf(Dead.class),
                        third -> assertThat(third).isEqualTo(new Done("refused, rules broken: 1")),
                        fourth -> assertThat(fourth).isEqualTo(ACCEPTED),
                        fifth -> assertThat(fifth).isEqualTo(ACCEPTED));

        assertThat(carrier.calls(Call.ACTIVATE)).isEqualTo(1);
    }

    @Test
    void an_order_that_is_in_a_batch_twice_is_activated_once() {
        assertThat(desk.deliverTogether(List.of(line(1, "m2m_4G"), line(1, "m2m_4G"))))
                .containsExactly(ACCEPTED, new Done("nothing to do, the device is ACTIVATING"));

        assertThat(carrier.activations(imei(1))).isEqualTo(1);
    }

    @Test
    void two_orders_for_one_device_in_a_batch_are_one_order_and_an_answer() {
        String second = order("order-2", imei(1).digits(), Messages.iccid(1).digits());

        desk.deliverTogether(List.of(line(1, "m2m_4G"), second));

        assertThat(carrier.activations(imei(1))).isEqualTo(1);
        assertThat(desk.detailOf("DeviceOrderedAlready").path("state").asText()).isEqualTo("REGISTERED");
    }

    @Test
    void when_one_of_many_is_refused_each_is_sent_by_itself_and_only_the_bad_one_fails() {
        carrier.onEffect((call, moment) -> {
            if (call == Call.ACTIVATE) {
                carrier.loses(imei(2));
            }
        });

        assertThat(desk.deliverTogether(List.of(line(1, "m2m_4G"), line(2, "m2m_4G"), line(3, "m2m_4G"))))
                .containsExactly(ACCEPTED, new Done("failed: NOT_FOUND"), ACCEPTED);

        assertThat(carrier.activations(imei(1))).isEqualTo(1);
        assertThat(carrier.activations(imei(3))).isEqualTo(1);
        assertThat(desk.lifecycle(imei(2))).isInstanceOf(Failed.class);
        assertThat(spentBy(1)).isEqualTo(1);
    }

    @Test
    void when_our_own_settings_are_refused_every_line_has_failed_by_one_call() {
        carrier.answersNext(Call.ACTIVATE, new Refused<>("SERVICE_PLAN_NOT_FOUND", "no such plan", Mender.OPERATIONS));

        assertThat(desk.deliverTogether(List.of(line(1, "m2m_4G"), line(2, "m2m_4G"))))
                .containsOnly(new Done("failed: SERVICE_PLAN_NOT_FOUND"));

        assertThat(carrier.calls(Call.ACTIVATE)).isEqualTo(1);
        assertThat(desk.bus.published("DeviceOnboardingFailed"))
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.detail()).contains("\"mender\":\"OPERATIONS\""));
    }

    /** Somebody in operations has to mend it, and still it is about one of them. */
    @ParameterizedTest
    @ValueSource(strings = {"DEVICE_STATE_INVALID", "LINE_ACTIONS_EXCEEDED"})
    void a_refusal_for_the_state_or_the_budget_of_one_line_does_not_fail_the_others(String code) {
        carrier.answersNext(Call.ACTIVATE, new Refused<>(code, "not this one", Mender.OPERATIONS));
        carrier.answersNext(Call.ACTIVATE, new Refused<>(code, "not this one", Mender.OPERATIONS));

        assertThat(desk.deliverTogether(List.of(line(1, "m2m_4G"), line(2, "m2m_4G"), line(3, "m2m_4G"))))
                .containsExactly(new Done("failed: " + code), ACCEPTED, ACCEPTED);
    }

    @Test
    void a_refusal_of_many_that_nobody_understands_is_looked_into_before_any_line_is_sent_by_itself() {
        carrier.answersNext(Call.ACTIVATE, new Refused<>("NOBODY_KNOWS", "the platform refused it", Mender.CARRIER));
        carrier.onEffect((call, moment) -> {
            if (call == Call.ACTIVATE && moment == Moment.BEFORE) {
                carrier.becomes(imei(1), LineState.PENDING);
                carrier.onEffect((_, _) -> {});
            }
        });

        assertThat(desk.deliverTogether(List.of(line(1, "m2m_4G"), line(2, "m2m_4G"))))
                .containsExactly(new Done("activation is under way already"), ACCEPTED);

        assertThat(carrier.activations(imei(1))).isZero();
        assertThat(carrier.activations(imei(2))).isEqualTo(1);
    }

    @Test
    void that_a_line_is_active_already_is_no_success_when_the_carrier_has_another_sim_in_it() {
        carrier.answersNext(Call.ACTIVATE, new AlreadyDone<>());
        carrier.onEffect((call, moment) -> {
            if (call == Call.ACTIVATE && moment == Moment.BEFORE) {
                carrier.has(IMEI, true);
                carrier.hasSim(IMEI, Messages.iccid(2));
            }
        });

        assertThat(desk.deliver(order())).isEqualTo(new Done("failed: OTHER_SIM"));

        assertThat(desk.detailOf("DeviceOnboardingFailed").path("mender").asText())
                .isEqualTo("SENDER");
    }

    @Test
    void a_line_that_is_active_with_another_sim_is_no_proof_of_a_try_that_died() {
        carrier.onEffect((call, moment) -> {
            if (call == Call.ACTIVATE && moment == Moment.BEFORE) {
                throw new Deaths.Died("activate");
            }
        });
        assertThatThrownBy(() -> desk.deliver(order())).isInstanceOf(Deaths.Died.class);
        carrier.onEffect((_, _) -> {});
        carrier.has(IMEI, true);
        carrier.hasSim(IMEI, Messages.iccid(2));
        desk.clock.forward(Desk.FLIGHT);

        assertThat(desk.deliver(order())).isEqualTo(new Done("failed: OTHER_SIM"));
    }

    @Test
    void what_was_not_sent_is_sent_later_and_spends_nothing() {
        carrier.answersNext(Call.ACTIVATE, new TryLater<>(Duration.ofSeconds(7), "as many as the platform takes"));
        List<String> batch = List.of(line(1, "m2m_4G"), line(2, "m2m_4G"));

        assertThat(desk.deliverTogether(batch))
                .containsOnly(new Again("as many as the platform takes", Optional.of(Duration.ofSeconds(7))));
        assertThat(desk.lifecycle(imei(1))).isInstanceOf(Registered.class);

        assertThat(desk.deliverTogether(batch)).containsOnly(ACCEPTED);
        assertThat(spentBy(1)).isEqualTo(1);
        assertThat(carrier.activations(imei(2))).isEqualTo(1);
    }

    @Test
    void while_the_platform_takes_no_more_nothing_is_stored_and_nothing_sent() {
        carrier.hasNoTurnFor(Duration.ofSeconds(7));
        List<String> batch = List.of(line(1, "m2m_4G"), line(2, "m2m_4G"));

        assertThat(desk.deliverTogether(batch))
                .containsOnly(new Again(
                        "as many activations were requested as the platform takes",
                        Optional.of(Duration.ofSeconds(7))));

        assertThat(carrier.calls(Call.ACTIVATE)).isZero();
        assertThat(desk.store.history("device#" + imei(1).digits()))
                .extracting(HistoryEntry::what)
                .containsExactly("CHECKED", "REGISTERED", "REQUESTED");
        assertThat(desk.deliverTogether(batch)).containsOnly(ACCEPTED);
    }

    @Test
    void a_lost_answer_leaves_every_line_of_the_call_unclear_and_none_is_sent_again() {
        carrier.losesNextAnswer(Call.ACTIVATE);
        List<String> batch = List.of(line(1, "m2m_4G"), line(2, "m2m_4G"));

        desk.deliverTogether(batch);
        desk.clock.forward(Desk.VISIBILITY);
        desk.deliverTogether(batch);

        assertThat(desk.lifecycle(imei(1))).isInstanceOf(Lifecycle.Unclear.class);
        assertThat(desk.lifecycle(imei(2))).isInstanceOf(Lifecycle.Unclear.class);
        assertThat(carrier.calls(Call.ACTIVATE)).isEqualTo(1);
    }

    @Test
    void a_line_that_cannot_be_stored_does_not_keep_the_others() {
        desk.store.onEffect(effect -> {
            if (effect.equals("save device:before")
                    && desk.registry.find(imei(2)).isPresent()
                    && desk.lifecycle(imei(2)) instanceof Registered
                    && desk.lifecycle(imei(1)) instanceof Activating) {
                desk.store.settle();
                throw new IllegalStateException("the store is down for this one write");
            }
        });

        assertThat(desk.deliverTogether(List.of(line(1, "m2m_4G"), line(2, "m2m_4G"), line(3, "m2m_4G"))))
                .containsExactly(ACCEPTED, new Again("IllegalStateException"), ACCEPTED);
        assertThat(desk.deliver(line(2, "m2m_4G"))).isEqualTo(ACCEPTED);

        assertThat(IntStream.rangeClosed(1, 3).map(n -> carrier.activations(imei(n))))
                .containsOnly(1);
    }

    @Test
    void a_line_that_somebody_changes_while_the_batch_is_sent_is_taken_through_its_steps_again() {
        desk.store.onEffect(effect -> {
            if (effect.equals("save device:before")
                    && desk.registry.find(imei(1)).isPresent()
                    && desk.lifecycle(imei(1)) instanceof Registered registered) {
                desk.store.settle();
                desk.registry.save(desk.device(imei(1)).in(registered.active(desk.clock.instant())), Consequences.NONE);
            }
        });

        assertThat(desk.deliverTogether(List.of(line(1, "m2m_4G"))))
                .containsExactly(new Done("nothing to do, the device is ACTIVE_UNSEEN"));

        assertThat(carrier.calls(Call.ACTIVATE)).isZero();
    }

    @Test
    void what_could_not_end_before_the_deadline_is_not_begun_and_comes_again_at_once() {
        List<String> batch = List.of(line(1, "m2m_4G"), line(2, "m2m_4G"));

        assertThat(desk.deliverTogether(batch, () -> Desk.FLIGHT.minusMillis(1)))
                .allSatisfy(verdict -> assertThat(verdict)
                        .isInstanceOfSatisfying(Again.class, again -> assertThat(again.notBefore())
                                .contains(Duration.ZERO)));

        assertThat(carrier.calls(Call.ACTIVATE)).isZero();
        assertThat(desk.lifecycle(imei(1))).isInstanceOf(Registered.class);
        assertThat(desk.deliverTogether(batch)).containsOnly(ACCEPTED);
    }

    @Test
    void a_line_that_is_being_activated_already_is_not_activated_again() {
        carrier.has(IMEI, false);
        carrier.becomes(IMEI, LineState.PENDING);

        assertThat(desk.deliver(order())).isEqualTo(new Done("activation is under way already"));

        assertThat(carrier.calls(Call.ACTIVATE)).isZero();
        assertThat(desk.lifecycle(IMEI)).isEqualTo(new Activating(true, desk.clock.instant()));
        assertThat(desk.told()).contains("DeviceActivationRequested");
        assertThat(desk.device(IMEI).progress().lookAt()).isPresent();
    }

    @Test
    void a_line_that_is_active_already_is_success() {
        carrier.has(IMEI, true);

        assertThat(desk.deliver(order())).isEqualTo(new Done("active already"));

        assertThat(desk.lifecycle(IMEI)).isInstanceOf(ActiveUnseen.class);
        assertThat(carrier.calls(Call.ACTIVATE)).isZero();
    }

    @Test
    void a_line_that_was_deactivated_is_activated_again() {
        carrier.has(IMEI, false);
        carrier.becomes(IMEI, LineState.DEACTIVATED);

        assertThat(desk.deliver(order())).isEqualTo(ACCEPTED);
    }

    @ParameterizedTest
    @CsvSource({"SUSPENDED,LINE_SUSPENDED", "ENDING,LINE_ENDING"})
    void a_line_in_a_state_that_forbids_it_has_failed_before_anything_costs_money(LineState state, String code) {
        carrier.has(IMEI, false);
        carrier.becomes(IMEI, state);

        assertThat(desk.deliver(order())).isEqualTo(new Done("failed: " + code));

        JsonNode failed = desk.detailOf("DeviceOnboardingFailed");
        assertThat(failed.path("mender").asText()).isEqualTo("OPERATIONS");
        assertThat(carrier.calls(Call.ACTIVATE)).isZero();
        assertThat(carrier.calls(Call.REGISTER)).isZero();
    }

    @Test
    void a_line_that_the_carrier_has_with_another_sim_has_failed_without_a_full_number_in_the_reason() {
        carrier.has(IMEI, true);
        carrier.hasSim(IMEI, Messages.iccid(2));

        assertThat(desk.deliver(order())).isEqualTo(new Done("failed: OTHER_SIM"));

        assertThat(desk.detailOf("DeviceOnboardingFailed").path("reason").asText())
                .doesNotContain(Messages.iccid(2).digits());
        assertThat(desk.lifecycle(IMEI)).isInstanceOf(Failed.class);
    }

    @Test
    void a_line_that_the_carrier_cannot_activate_is_refused_by_its_registration() {
        carrier.answersNext(Call.REGISTER, new Refused<>("SIM_IN_USE", "the SIM is in another device"));

        assertThat(desk.deliverTogether(List.of(line(1, "m2m_4G"), line(2, "m2m_4G"))))
                .containsExactly(new Done("failed: SIM_IN_USE"), ACCEPTED);
    }

    private Optional<String> requestOf(int n) {
        return desk.device(imei(n)).progress().requestId();
    }

    private int spentBy(int n) {
        return desk.device(imei(n)).progress().spent().actions();
    }
}

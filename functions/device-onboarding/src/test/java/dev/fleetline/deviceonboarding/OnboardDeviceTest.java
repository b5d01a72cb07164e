package dev.fleetline.deviceonboarding;

import static dev.fleetline.deviceonboarding.Messages.ICCID;
import static dev.fleetline.deviceonboarding.Messages.IMEI;
import static dev.fleetline.deviceonboarding.Messages.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.carrier.CarrierReply.Unclear;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Consequences.HistoryEntry;
import dev.fleetline.device.Device;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Lifecycle.Activating;
import dev.fleetline.device.Lifecycle.ActiveUnseen;
import dev.fleetline.device.Lifecycle.Failed;
import dev.fleetline.device.Lifecycle.Failure;
import dev.fleetline.device.Lifecycle.InService;
import dev.fleetline.device.Lifecycle.Registered;
import dev.fleetline.device.Mender;
import dev.fleetline.lambda.Verdict;
import dev.fleetline.lambda.Verdict.Again;
import dev.fleetline.lambda.Verdict.Done;
import dev.fleetline.testing.ScriptedCarrier;
import dev.fleetline.testing.ScriptedCarrier.Call;
import dev.fleetline.testing.ScriptedCarrier.Moment;
import dev.fleetline.testing.TurningTokens;
import dev.fleetline.tokens.TokenRealm;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnboardDeviceTest {

    private static final Imei OTHER = new Imei("999999000000022");

    private final ScriptedCarrier carrier = new ScriptedCarrier();
    private final Desk desk = new Desk(carrier);

    @Test
    void a_new_device_is_registered_and_its_activation_accepted() {
        assertThat(desk.deliver(order())).isEqualTo(new Done("activation accepted"));

        assertThat(desk.lifecycle(IMEI))
                .isInstanceOfSatisfying(Activating.class, activating -> assertThat(activating.accepted())
                        .isTrue());
        assertThat(desk.bus.detailTypes()).containsExactly("DeviceRegistered", "DeviceActivationRequested");
        assertThat(desk.detailOf("DeviceRegistered").path("uid").asText())
                .isEqualTo(ScriptedCarrier.uidOf(IMEI).value());
        assertThat(desk.store.outbox()).isEmpty();
        assertThat(desk.store.history("device#" + IMEI.digits()))
                .extracting(HistoryEntry::what)
                .contains("REQUESTED", "CHECKED", "REGISTERED", "ACTIVATING");
        assertThat(desk.registry.whoHas(ICCID)).contains(IMEI);
    }

    @Test
    void the_same_order_twice_ends_in_one_device_and_one_activation() {
        desk.deliver(order());
        assertThat(desk.deliver(order())).isInstanceOf(Done.class);

        assertThat(carrier.registrations(IMEI)).isEqualTo(1);
        assertThat(carrier.activations(IMEI)).isEqualTo(1);
        assertThat(desk.bus.published()).hasSize(2);
    }

    @Test
    void a_second_order_for_a_device_in_progress_changes_nothing_and_is_told_what_became_of_the_first() {
        desk.deliver(order());
        Device before = desk.device(IMEI);
        int calls = carrier.calls();

        assertThat(desk.deliver(order("order-2", IMEI.digits(), ICCID.digits())))
                .isEqualTo(new Done("nothing to do, another order has the device ACTIVATING"));

        assertThat(desk.device(IMEI)).isEqualTo(before);
        assertThat(carrier.calls()).isEqualTo(calls);
        JsonNode told = desk.detailOf("DeviceOrderedAlready");
        assertThat(told.path("onboardingId").asText()).isEqualTo("order-2");
        assertThat(told.path("firstOnboardingId").asText()).isEqualTo(Messages.ORDER);
        assertThat(told.path("state").asText()).isEqualTo("ACTIVATING");
        assertThat(told.path("since").asText()).isEqualTo("2026-03-02T15:00:00Z");
        assertThat(told.has("code")).isFalse();
    }

    /** Everywhere else a second order is told what became of the first. */
    @ParameterizedTest
    @EnumSource(End.class)
    void a_device_that_is_at_an_end_is_ordered_again_and_never_by_the_order_that_ended_there(End end) {
        desk.deliver(order());
        is(end.state(desk.clock.instant()));
        desk.bus.clear();

        assertThat(desk.deliver(order())).isEqualTo(new Done("nothing to do, the device is " + end));
        assertThat(desk.told()).isEmpty();
        desk.deliver(order("order-2", IMEI.digits(), ICCID.digits()));

        assertThat(desk.told()).doesNotContain("DeviceOrderedAlready");
        assertThat(desk.lifecycle(IMEI)).isInstanceOf(Activating.class);
        assertThat(desk.device(IMEI).order().onboardingId()).isEqualTo("order-2");
    }

    /** A copy of the first order comes when a second one has ended: it is the first one still. */
    @ParameterizedTest
    @EnumSource(End.class)
    void a_late_copy_of_an_order_that_ended_before_another_one_is_told_its_own_end_and_orders_nothing(End end) {
        desk.deliver(order());
        is(end.state(desk.clock.instant()));
        desk.clock.forward(Duration.ofHours(1));
        desk.deliver(order("order-2", IMEI.digits(), ICCID.digits()));
        is(new Failed(new Failure("FORBIDDEN", "not this account's", Mender.OPERATIONS), desk.clock.instant()));
        Device before = desk.device(IMEI);
        int calls = carrier.calls();
        desk.bus.clear();

        assertThat(desk.deliver(order()))
                .isEqualTo(new Done("nothing to do, the order had the device before and ended as " + end));

        assertThat(desk.device(IMEI)).isEqualTo(before);
        assertThat(carrier.calls()).isEqualTo(calls);
        JsonNode told = desk.detailOf("DeviceOrderedAlready");
        assertThat(told.path("onboardingId").asText()).isEqualTo(Messages.ORDER);
        assertThat(told.path("firstOnboardingId").asText()).isEqualTo(Messages.ORDER);
        assertThat(told.path("state").asText()).isEqualTo(end.name());
        assertThat(told.path("since").asText()).isEqualTo("2026-03-02T15:00:00Z");
        assertThat(told.path("code").asText("none")).isEqualTo(end.code);
        assertThat(desk.deliver(order("order-3", IMEI.digits(), ICCID.digits())))
                .as("one that is new starts again")
                .isEqualTo(new Done("activation accepted"));
    }

    /** Whoever dies between keeping how the first order ended and taking the device goes on with the second one. */
    @Test
    void a_death_before_another_order_has_taken_the_device_loses_that_order_not() {
        carrier.answersNext(Call.REGISTER, new Refused<>("BAD_REQUEST", "no such kind"));
        desk.deliver(order());
        desk.store.onEffect(effect -> {
            if (effect.equals("keep answer:after")) {
                desk.store.settle();
                throw new IllegalStateException("dies here");
            }
        });
        assertThatThrownBy(() -> desk.deliver(order("order-2", IMEI.digits(), ICCID.digits())))
                .hasMessage("dies here");

        assertThat(desk.deliver(order())).isEqualTo(new Done("nothing to do, the device is FAILED"));
        assertThat(desk.deliver(order("order-2", IMEI.digits(), ICCID.digits())))
                .isEqualTo(new Done("activation accepted"));
    }

    private enum End {
        REJECTED("none"),
        FAILED("BAD_REQUEST"),
        DEACTIVATED("none"),
        DRIFTED("MISSING"),
        RETIRED("none");

        private final String code;

        End(String code) {
            this.code = code;
        }

        Lifecycle state(Instant at) {
            return switch (this) {
                case REJECTED -> new Lifecycle.Rejected(List.of("imei"), at);
                case FAILED -> new Failed(new Failure("BAD_REQUEST", "no such kind", Mender.SENDER), at);
                case DEACTIVATED -> new Lifecycle.Deactivated(at);
                case DRIFTED -> new Lifecycle.Drifted("MISSING", true, at);
                case RETIRED -> new Lifecycle.Retired(at);
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Waiting.class)
    void an_order_that_waits_for_somebody_else_is_left_to_him_and_a_second_one_is_told(Waiting waiting) {
        desk.deliver(order());
        is(waiting.state(desk.clock.instant()));
        Device before = desk.device(IMEI);
        int calls = carrier.calls();
        desk.bus.clear();

        assertThat(desk.deliver(order())).isEqualTo(new Done("nothing to do, the device is " + waiting));
        desk.deliver(order("order-2", IMEI.digits(), ICCID.digits()));

        assertThat(desk.device(IMEI)).isEqualTo(before);
        assertThat(carrier.calls()).isEqualTo(calls);
        JsonNode told = desk.detailOf("DeviceOrderedAlready");
        assertThat(told.path("state").asText()).isEqualTo(waiting.name());
        assertThat(told.path("code").asText("none")).isEqualTo(waiting.code);
    }

    private enum Waiting {
        UNCLEAR("none"),
        STUCK("none"),
        PARKED("LINE_BUDGET"),
        SUSPENDED("none");

        private final String code;

        Waiting(String code) {
            this.code = code;
        }

        Lifecycle state(Instant at) {
            return switch (this) {
                case UNCLEAR -> new Lifecycle.Unclear(at);
                case STUCK -> new Lifecycle.Stuck(at);
                case PARKED -> new Lifecycle.Parked("LINE_BUDGET", Optional.empty(), at);
                case SUSPENDED -> new Lifecycle.Suspended(Optional.empty(), at);
            };
        }
    }

    @Test
    void an_order_that_is_sent_on_after_a_look_at_the_carrier_is_activated() {
        diesAtActivation(Moment.BEFORE);
        desk.clock.forward(Desk.FLIGHT);
        desk.deliver(order());
        Lifecycle.Unclear unclear = (Lifecycle.Unclear) desk.lifecycle(IMEI);
        is(unclear.notDone(desk.clock.instant()));

        assertThat(desk.deliver(order())).isEqualTo(new Done("activation accepted"));

        assertThat(carrier.activations(IMEI)).isEqualTo(1);
        assertThat(desk.device(IMEI).progress().spent().on(LocalDate.parse("2026-03-02")))
                .isEqualTo(2);
    }

    @Test
    void a_registered_device_that_became_active_meanwhile_is_not_activated() {
        carrier.answersNext(Call.ACTIVATE, new TryLater<>(Duration.ofMinutes(1), "status 429"));
        desk.deliver(order());
        carrier.becomesReady(IMEI);

        assertThat(desk.deliver(order())).isEqualTo(new Done("active already"));

        assertThat(carrier.activations(IMEI)).isZero();
        assertThat(desk.lifecycle(IMEI)).isInstanceOf(ActiveUnseen.class);
    }

    @Test
    void the_carrier_s_revision_is_kept_as_it_was_before_the_activation() {
        desk.deliver(order());

        assertThat(desk.device(IMEI).progress().revision()).contains("revision-1");
    }

    @Test
    void a_line_that_has_had_its_actions_of_today_is_parked_until_the_next_day_and_somebody_is_told() {
        for (int action = 0; action < Desk.LINE_ACTIONS; action++) {
            carrier.answersNext(Call.ACTIVATE, new Refused<>("FORBIDDEN", "not this account's"));
            desk.deliver(order("order-" + action, IMEI.digits(), ICCID.digits()));
        }
        desk.bus.clear();

        assertThat(desk.deliver(order("order-9", IMEI.digits(), ICCID.digits())))
                .isEqualTo(new Done("parked, the line's actions of today are used up"));

        assertThat(desk.lifecycle(IMEI))
                .isEqualTo(new Lifecycle.Parked(
                        "LINE_BUDGET", Optional.of(Instant.parse("2026-03-03T00:00:00Z")), desk.clock.instant()));
        assertThat(carrier.calls(Call.ACTIVATE)).isEqualTo(Desk.LINE_ACTIONS);
        JsonNode told = desk.detailOf("DeviceOnboardingStuck");
        assertThat(told.path("code").asText()).isEqualTo("LINE_BUDGET");
        assertThat(told.path("onboardingId").asText()).isEqualTo("order-9");
        assertThat(told.path("until").asText()).isEqualTo("2026-03-03T00:00:00Z");
        assertThat(desk.store.history("device#" + IMEI.digits()).stream()
                        .filter(line -> line.what().equals("PARKED")))
                .singleElement()
                .satisfies(line -> assertThat(line.by()).isEqualTo("order-9"));
    }

    @Test
    void the_next_day_has_actions_of_its_own() {
        for (int action = 0; action < Desk.LINE_ACTIONS; action++) {
            carrier.answersNext(Call.ACTIVATE, new Refused<>("FORBIDDEN", "not this account's"));
            desk.deliver(order("order-" + action, IMEI.digits(), ICCID.digits()));
        }
        desk.clock.forward(Duration.ofHours(9));

        assertThat(desk.deliver(order("order-9", IMEI.digits(), ICCID.digits())))
                .isEqualTo(new Done("activation accepted"));
    }

    @Test
    void an_activation_that_was_not_sent_spends_nothing() {
        for (int action = 0; action < 2 * Desk.LINE_ACTIONS; action++) {
            carrier.answersNext(Call.ACTIVATE, new TryLater<>(Duration.ofMinutes(1), "status 429"));
            desk.deliver(order());
        }

        assertThat(desk.deliver(order())).isEqualTo(new Done("activation accepted"));
    }

    @Test
    void a_core_device_that_checks_in_only_after_two_hours_with_a_crash_right_after_its_activation() {
        diesAtActivation(Moment.AFTER);
        for (int delivery = 0; delivery < 10; delivery++) {
            desk.clock.forward(Desk.VISIBILITY);
            desk.deliver(order());
        }

        assertThat(desk.lifecycle(IMEI)).isInstanceOf(Lifecycle.Unclear.class);
        assertThat(carrier.activations(IMEI)).isEqualTo(1);
        assertThat(carrier.calls(Call.ACTIVATE)).isEqualTo(1);
        assertThat(desk.device(IMEI).progress().lookAt()).isPresent();
        assertThat(desk.device(IMEI).progress().revision()).isPresent();
    }

    private void is(Lifecycle lifecycle) {
        desk.registry.save(desk.device(IMEI).in(lifecycle), Consequences.NONE);
    }

    @Test
    void a_device_that_the_carrier_has_already_is_not_registered_again() {
        carrier.has(IMEI, false);

        desk.deliver(order());

        assertThat(carrier.calls(Call.REGISTER)).isZero();
        assertThat(carrier.activations(IMEI)).isEqualTo(1);
        assertThat(desk.bus.detailTypes()).containsExactly("DeviceRegistered", "DeviceActivationRequested");
    }

    @Test
    void a_device_that_the_carrier_says_it_has_and_does_not_show_is_left_for_later() {
        carrier.answersNext(Call.REGISTER, new AlreadyDone<>());

        assertThat(desk.deliver(order()))
                .isEqualTo(new Again("the carrier says that it has the device and does not show it"));
        assertThat(carrier.calls(Call.REGISTER)).isEqualTo(1);
    }

    @Test
    void a_device_that_is_active_already_is_not_activated() {
        carrier.has(IMEI, true);

        assertThat(desk.deliver(order())).isEqualTo(new Done("active already"));

        assertThat(carrier.calls(Call.ACTIVATE)).isZero();
        assertThat(desk.lifecycle(IMEI)).isInstanceOf(ActiveUnseen.class);
        assertThat(desk.detailOf("DeviceActivated").path("evidence").asText()).isEqualTo("carrier");
    }

    @Test
    void a_sim_that_another_order_takes_in_between_is_refused_before_the_carrier_is_asked() {
        desk.store.onEffect(effect -> {
            if (effect.equals("save device:before")
                    && desk.registry.whoHas(ICCID).isEmpty()) {
                desk.store.settle();
                desk.deliver(order());
                desk.bus.clear();
            }
        });

        desk.deliver(order("order-2", OTHER.digits(), ICCID.digits()));

        assertThat(desk.detailOf("DeviceOnboardingFailed").path("code").asText())
                .isEqualTo("ICCID_TAKEN");
        assertThat(desk.detailOf("DeviceOnboardingFailed").path("reason").asText())
                .doesNotContain(IMEI.digits())
                .contains("…0014");
        assertThat(desk.registry.find(OTHER)).isEmpty();
        assertThat(carrier.registrations(OTHER)).isZero();
    }

    @Test
    void what_the_carrier_refuses_has_failed_and_a_corrected_order_starts_again() {
        carrier.answersNext(Call.REGISTER, new Refused<>("BAD_REQUEST", "no such kind"));

        assertThat(desk.deliver(order())).isEqualTo(new Done("failed: BAD_REQUEST"));
        assertThat(desk.lifecycle(IMEI)).isInstanceOf(Failed.class);
        assertThat(desk.detailOf("DeviceOnboardingFailed").path("reason").asText())
                .isEqualTo("no such kind");
        assertThat(desk.detailOf("DeviceOnboardingFailed").path("mender").asText())
                .isEqualTo("SENDER");
        assertThat(desk.deliver(order())).isInstanceOf(Done.class);
        assertThat(carrier.calls(Call.REGISTER)).isEqualTo(1);

        desk.deliver(order("order-2", IMEI.digits(), ICCID.digits()));

        assertThat(desk.lifecycle(IMEI)).isInstanceOf(Activating.class);
        assertThat(desk.device(IMEI).order().onboardingId()).isEqualTo("order-2");
    }

    @Test
    void a_sim_that_a_corrected_order_replaces_is_free_for_the_device_that_it_is_in() {
        carrier.answersNext(Call.REGISTER, new Refused<>("BAD_REQUEST", "the SIM is in another device"));
        desk.deliver(order());

        desk.deliver(order("order-2", IMEI.digits(), Messages.iccid(2).digits()));
        assertThat(desk.registry.whoHas(ICCID)).isEmpty();
        desk.deliver(order("order-3", OTHER.digits(), ICCID.digits()));

        assertThat(desk.registry.whoHas(Messages.iccid(2))).contains(IMEI);
        assertThat(desk.registry.whoHas(ICCID)).contains(OTHER);
        assertThat(desk.lifecycle(OTHER)).isInstanceOf(Activating.class);
    }

    @Test
    void a_device_that_has_drifted_to_another_sim_is_ordered_again_with_that_one() {
        desk.deliver(order());
        is(new Lifecycle.Drifted("OTHER_SIM", true, desk.clock.instant()));
        carrier.has(IMEI, true);
        carrier.hasSim(IMEI, Messages.iccid(2));

        assertThat(desk.deliver(
                        order("order-2", IMEI.digits(), Messages.iccid(2).digits())))
                .isEqualTo(new Done("active already"));

        assertThat(desk.registry.whoHas(ICCID)).isEmpty();
        assertThat(desk.registry.whoHas(Messages.iccid(2))).contains(IMEI);
    }

    @Test
    void a_device_whose_order_has_failed_holds_its_sim_no_longer() {
        carrier.answersNext(Call.REGISTER, new Refused<>("BAD_REQUEST", "no such kind"));
        desk.deliver(order());
        assertThat(desk.registry.whoHas(ICCID)).isEmpty();

        assertThat(desk.deliver(order("order-2", OTHER.digits(), ICCID.digits())))
                .isEqualTo(new Done("activation accepted"));
        assertThat(desk.deliver(order("order-3", IMEI.digits(), ICCID.digits())))
                .isEqualTo(new Done("refused, rules broken: 1"));

        assertThat(desk.registry.whoHas(ICCID)).contains(OTHER);
        assertThat(desk.lifecycle(IMEI)).isInstanceOf(Failed.class);
    }

    @Test
    void a_sim_that_stayed_with_a_device_at_its_end_is_taken_from_it() {
        desk.deliver(order());
        is(new Lifecycle.Retired(desk.clock.instant()));
        assertThat(desk.registry.whoHas(ICCID)).contains(IMEI);

        assertThat(desk.deliver(order("order-2", OTHER.digits(), ICCID.digits())))
                .isEqualTo(new Done("activation accepted"));

        assertThat(desk.registry.whoHas(ICCID)).contains(OTHER);
        assertThat(desk.lifecycle(IMEI)).isInstanceOf(Lifecycle.Retired.class);
    }

    @Test
    void an_order_whose_id_at_the_carrier_is_another_device_s_has_failed_without_that_id() {
        Device first = Device.requested(
                OTHER,
                new Device.Order("order-2", Messages.iccid(2), Desk.ACCOUNT, "core"),
                new Device.Profile(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                desk.clock.instant());
        desk.registry.save(first.knownAs(ScriptedCarrier.uidOf(IMEI)), Consequences.NONE);

        assertThat(desk.deliver(order())).isEqualTo(new Done("failed: UID_TAKEN"));

        assertThat(desk.lifecycle(IMEI)).isInstanceOfSatisfying(Failed.class, failed -> assertThat(
                        failed.failure().code())
                .isEqualTo("UID_TAKEN"));
        assertThat(desk.device(IMEI).uid()).isEmpty();
        assertThat(desk.device(IMEI).progress().lookAt()).isEmpty();
        assertThat(desk.detailOf("DeviceOnboardingFailed").path("code").asText())
                .isEqualTo("UID_TAKEN");
    }

    @Test
    void an_order_again_with_the_same_sim_keeps_it() {
        carrier.answersNext(Call.REGISTER, new Refused<>("BAD_REQUEST", "no such kind"));
        desk.deliver(order());

        desk.deliver(order("order-2", IMEI.digits(), ICCID.digits()));

        assertThat(desk.registry.whoHas(ICCID)).contains(IMEI);
    }

    @Test
    void a_refused_activation_has_failed() {
        carrier.answersNext(Call.ACTIVATE, new Refused<>("FORBIDDEN", "not this account's"));

        desk.deliver(order());

        assertThat(desk.lifecycle(IMEI)).isInstanceOf(Failed.class);
        assertThat(desk.told()).contains("DeviceOnboardingFailed");
    }

    @Test
    void an_activation_that_was_not_sent_is_sent_later() {
        carrier.answersNext(Call.ACTIVATE, new TryLater<>(Duration.ofMinutes(1), "status 429"));

        assertThat(desk.deliver(order())).isEqualTo(new Again("status 429", Optional.of(Duration.ofMinutes(1))));
        assertThat(desk.lifecycle(IMEI)).isInstanceOf(Registered.class);

        assertThat(desk.deliver(order())).isEqualTo(new Done("activation accepted"));
        assertThat(carrier.activations(IMEI)).isEqualTo(1);
    }

    @Test
    void an_unclear_activation_waits_and_is_not_sent_again() {
        carrier.losesNextAnswer(Call.ACTIVATE);

        assertThat(desk.deliver(order())).isInstanceOf(Done.class);
        desk.clock.forward(Desk.VISIBILITY);
        assertThat(desk.deliver(order())).isInstanceOf(Done.class);

        assertThat(desk.lifecycle(IMEI).name()).isEqualTo("UNCLEAR");
        assertThat(carrier.calls(Call.ACTIVATE)).isEqualTo(1);
    }

    @Test
    void a_registration_whose_answer_was_lost_is_looked_up() {
        carrier.losesNextAnswer(Call.REGISTER);

        assertThat(desk.deliver(order())).isInstanceOf(Again.class);
        assertThat(desk.deliver(order())).isEqualTo(new Done("activation accepted"));

        assertThat(carrier.calls(Call.REGISTER)).isEqualTo(1);
        assertThat(carrier.registrations(IMEI)).isEqualTo(1);
    }

    @Test
    void a_carrier_that_cannot_be_asked_is_asked_later() {
        carrier.answersNext(Call.FIND, new TryLater<>(Duration.ofMinutes(2), "status 503"));

        assertThat(desk.deliver(order())).isEqualTo(new Again("status 503", Optional.of(Duration.ofMinutes(2))));
        assertThat(desk.deliver(order())).isEqualTo(new Done("activation accepted"));
    }

    @Test
    void a_refused_token_is_renewed_and_the_call_made_again() {
        carrier.answersNext(Call.ACTIVATE, new TokenRefused<>(TurningTokens.secret(TokenRealm.CORE), "v1"));
        desk.tokens.isRenewedAfterLooks(2);

        assertThat(desk.deliver(order())).isEqualTo(new Done("activation accepted"));

        assertThat(carrier.activations(IMEI)).isEqualTo(1);
        assertThat(desk.detailOf("TokenRejected").path("versionId").asText()).isEqualTo("v1");
        assertThat(desk.pause.waited()).hasSize(2);
    }

    @Test
    void without_a_new_token_in_time_the_order_comes_again_in_a_quarter_of_an_hour() {
        carrier.answersNext(Call.ACTIVATE, new TokenRefused<>(TurningTokens.secret(TokenRealm.CORE), "v1"));

        assertThat(desk.deliver(order()))
                .isEqualTo(new Again(
                        "waits for a new token in secret " + TurningTokens.secret(TokenRealm.CORE),
                        Optional.of(Duration.ofMinutes(15))));

        assertThat(desk.pause.total()).isLessThanOrEqualTo(Duration.ofSeconds(3));
        assertThat(desk.lifecycle(IMEI)).isInstanceOf(Registered.class);
        assertThat(desk.deliver(order())).isEqualTo(new Done("activation accepted"));
    }

    @Test
    void an_activation_that_may_still_be_under_way_is_left_alone() {
        diesAtActivation(Moment.BEFORE);
        desk.clock.forward(Desk.FLIGHT.minusSeconds(1));

        assertThat(desk.deliver(order())).isInstanceOfSatisfying(Again.class, again -> assertThat(again.notBefore())
                .contains(Duration.ofSeconds(1)));
        assertThat(carrier.calls(Call.FIND)).isEqualTo(1);
    }

    @Test
    void an_activation_that_somebody_died_in_is_unclear() {
        diesAtActivation(Moment.BEFORE);
        desk.clock.forward(Desk.FLIGHT);

        assertThat(desk.deliver(order())).isInstanceOf(Done.class);

        assertThat(desk.lifecycle(IMEI).name()).isEqualTo("UNCLEAR");
        assertThat(carrier.activations(IMEI)).isZero();
    }

    @Test
    void an_activation_that_somebody_died_in_has_worked_when_the_carrier_calls_it_active() {
        diesAtActivation(Moment.AFTER);
        carrier.becomesReady(IMEI);
        desk.clock.forward(Desk.FLIGHT);

        assertThat(desk.deliver(order())).isEqualTo(new Done("active already"));

        assertThat(desk.lifecycle(IMEI)).isInstanceOf(ActiveUnseen.class);
        assertThat(carrier.activations(IMEI)).isEqualTo(1);
    }

    @Test
    void a_report_that_is_quicker_than_the_answer_wins() {
        carrier.onEffect((call, moment) -> {
            if (call == Call.ACTIVATE && moment == Moment.AFTER) {
                Device device = desk.device(IMEI);
                desk.registry.save(
                        device.in(((Activating) device.lifecycle()).reported(desk.clock.instant())), Consequences.NONE);
            }
        });

        assertThat(desk.deliver(order())).isInstanceOf(Done.class);

        assertThat(desk.lifecycle(IMEI)).isInstanceOf(InService.class);
        assertThat(desk.told()).contains("DeviceActivationRequested");
    }

    @Test
    void with_the_bus_down_the_events_wait_in_the_outbox() {
        desk.bus.goDown();

        assertThat(desk.deliver(order())).isEqualTo(new Done("activation accepted"));

        assertThat(desk.store.outbox()).hasSize(2);
    }

    @Test
    void with_the_store_down_nothing_reaches_the_carrier() {
        desk.store.failNextWrite();

        assertThatThrownBy(() -> desk.deliver(order())).isInstanceOf(IllegalStateException.class);

        assertThat(carrier.calls()).isZero();
    }

    @Test
    void an_unclear_look_is_no_verdict() {
        carrier.answersNext(Call.FIND, new Unclear<>("half an answer"));

        Verdict verdict = desk.deliver(order());

        assertThat(verdict).isInstanceOf(Again.class);
    }

    private void diesAtActivation(Moment when) {
        carrier.onEffect((call, moment) -> {
            if (call == Call.ACTIVATE && moment == when) {
                throw new Deaths.Died("activate");
            }
        });
        assertThatThrownBy(() -> desk.deliver(order())).isInstanceOf(Deaths.Died.class);
        carrier.onEffect((call, moment) -> {});
    }
}

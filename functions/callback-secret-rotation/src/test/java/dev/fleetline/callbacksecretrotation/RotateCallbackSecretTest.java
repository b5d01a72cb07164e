package dev.fleetline.callbacksecretrotation;

import static dev.fleetline.callbacksecretrotation.RotationLab.CALLBACKS_URL;
import static dev.fleetline.callbacksecretrotation.RotationLab.FAR;
import static dev.fleetline.callbacksecretrotation.RotationLab.OF_PEOPLE;
import static dev.fleetline.callbacksecretrotation.RotationLab.STREAM_URL;
import static dev.fleetline.callbacksecretrotation.RotationLab.V1;
import static dev.fleetline.callbacksecretrotation.RotationLab.V2;
import static dev.fleetline.callbacksecretrotation.RotationLab.V3;
import static dev.fleetline.callbacksecretrotation.RotationLab.yes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callbacksecretrotation.RotationStep.CreateSecret;
import dev.fleetline.carrier.CallbackListeners.Listener;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.carrier.CarrierStreams.StreamTarget;
import dev.fleetline.carrier.CarrierStreams.Target;
import dev.fleetline.carrier.OurStreams;
import dev.fleetline.testing.InMemoryCallbackSecretVersions;
import dev.fleetline.testing.RecordedLog;
import dev.fleetline.tokens.TokenStore.BadSecret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotateCallbackSecretTest {

    private static final String OWNER = "owner@example.test";
    private static final String THEIR_URL = "https://elsewhere.example.test/stream";

    private final RotationLab lab = RotationLab.inService();
    private final RecordedLog log = new RecordedLog();

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void a_rotation_gives_stream_and_listeners_new_values_and_touches_nothing_of_others() {
        lab.rotatesTo(V2);

        CallbackSecret made = lab.valueOf(V2);
        assertThat(lab.versions.labels().current()).contains(V2);
        assertThat(made.username()).isEqualTo("cbuser");
        assertThat(made.password()).matches("[A-Za-z0-9]{40}").isNotEqualTo(OF_PEOPLE.password());
        assertThat(made.streamKey()).matches("[A-Za-z0-9]{40}").isNotEqualTo(made.password());
        assertThat(lab.streams.keyOf("ts.event")).contains(made.streamKey());
        assertThat(lab.passwordShownBy("CarrierService")).contains(made.password());
        assertThat(lab.passwordShownBy("DeviceService")).contains(made.password());
        assertThat(lab.passwordShownBy("NiddService")).contains("their-password");
        assertThat(lab.targets()).extracting(Target::name).containsExactlyInAnyOrder("theirs", OurStreams.nameOf(V2));
    }

    @Test
    void a_rotation_on_a_platform_that_writes_over_names_ends_with_one_new_target_and_says_the_name_nowhere() {
        lab.streams.overwritesNames(OWNER);
        List<String> changes = new ArrayList<>();
        lab.streams.onEffect(changes::add);
        lab.versions.begins(V2);
        String said = lab.create(V2) + lab.set(V2) + lab.set(V2) + lab.test(V2) + lab.finish(V2) + lab.finish(V2);

        assertThat(said).contains("the platform has it").doesNotContain(OWNER);
        assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains(OWNER));
        assertThat(changes).containsOnlyOnce("createTarget:after");
        assertThat(lab.streams.keyOf("ts.event")).contains(lab.valueOf(V2).streamKey());
        assertThat(lab.targets()).extracting(Target::address).containsExactlyInAnyOrder(STREAM_URL, THEIR_URL);
    }

    @Test
    void a_name_that_is_written_over_later_hides_neither_when_the_platform_was_told_nor_a_replaced_target() {
        lab.versions.begins(V2);
        lab.create(V2);
        lab.clock.forward(Duration.ofHours(2));
        lab.set(V2);
        lab.finish(V2);
        lab.streams.overwritesNames(OWNER);
        lab.clock.forward(Duration.ofMinutes(5));
        lab.versions.begins(V3);
        lab.create(V3);

        assertThatThrownBy(() -> lab.set(V3)).isInstanceOf(StepRefused.class).hasMessageContaining("30 minutes ago");
        lab.clock.forward(Duration.ofMinutes(25));
        lab.set(V3);
        assertThat(lab.test(V3)).contains("the platform has it");
        lab.finish(V3);

        assertThat(lab.streams.keyOf("ts.event")).contains(lab.valueOf(V3).streamKey());
        assertThat(lab.targets()).extracting(Target::address).containsExactlyInAnyOrder(STREAM_URL, THEIR_URL);
    }

    @Test
    void a_try_that_could_not_remember_its_target_leaves_one_more_which_the_end_of_the_rotation_deletes() {
        lab.streams.overwritesNames(OWNER);
        lab.versions.begins(V2);
        lab.create(V2);
        lab.store.failNextWrite();
        assertThatThrownBy(() -> lab.set(V2)).hasMessageContaining("keep answer");
        lab.set(V2);
        assertThat(lab.targets()).hasSize(4);
        assertThat(lab.test(V2)).contains("the platform has it");
        lab.finish(V2);

        assertThat(lab.streams.keyOf("ts.event")).contains(lab.valueOf(V2).streamKey());
        assertThat(lab.targets()).extracting(Target::address).containsExactlyInAnyOrder(STREAM_URL, THEIR_URL);
    }

    @Test
    void every_step_again_changes_nothing() {
        lab.versions.begins(V2);
        lab.create(V2);
        CallbackSecret made = lab.valueOf(V2);
        assertThat(lab.create(V2)).contains("already");
        lab.set(V2);
        List<Target> targets = lab.targets();
        lab.set(V2);
        lab.test(V2);
        lab.test(V2);
        assertThat(lab.targets()).isEqualTo(targets);
        lab.finish(V2);

        assertThat(lab.create(V2)).contains("current already");
        assertThat(lab.set(V2)).contains("current already");
        assertThat(lab.test(V2)).contains("current already");
        assertThat(lab.finish(V2)).contains("current already");
        assertThat(lab.valueOf(V2)).isEqualTo(made);
        assertThat(lab.streams.keyOf("ts.event")).contains(made.streamKey());
        assertThat(lab.targets()).hasSize(2);
    }

    @Test
    void nothing_is_told_before_every_receiver_can_know_it() {
        lab.versions.begins(V2);
        lab.create(V2);
        lab.clock.forward(Duration.ofSeconds(4));
        lab.set(V2);

        assertThat(lab.pause.waited()).containsExactly(Duration.ofSeconds(6));
    }

    @Test
    void what_was_made_long_ago_is_told_without_waiting() {
        lab.versions.begins(V2);
        lab.create(V2);
        lab.clock.forward(Duration.ofHours(2));
        lab.set(V2);

        assertThat(lab.pause.waited()).isEmpty();
    }

    @Test
    void a_clock_that_is_minutes_behind_that_of_secrets_manager_makes_nobody_wait_for_minutes() {
        lab.secretsManagerIsAhead = Duration.ofMinutes(5);
        lab.versions.begins(V2);
        lab.create(V2);
        lab.set(V2);

        assertThat(lab.pause.waited()).containsExactly(Duration.ofSeconds(10));
    }

    @Test
    void while_rotation_is_off_every_step_is_refused() {
        lab.versions.begins(V2);
        lab.versions.rotationIs(false);

        for (ThrowingCallable step : steps(V2)) {
            assertThatThrownBy(step)
                    .isInstanceOf(StepRefused.class)
                    .hasMessageContaining("rotation of secret fleetline/test/callback is off")
                    .hasMessageContaining("RotateCallbackSecret");
        }
        assertThat(lab.versions.version(V2)).isEmpty();
    }

    @Test
    void a_version_that_is_not_pending_is_refused_at_every_step() {
        lab.versions.begins(V2);

        for (ThrowingCallable step : steps(V3)) {
            assertThatThrownBy(step)
                    .isInstanceOf(StepRefused.class)
                    .hasMessageContaining("version " + V3)
                    .hasMessageContaining("AWSPENDING");
        }
    }

    @Test
    void another_secret_is_not_rotated() {
        lab.versions.begins(V2);
        String other = "arn:aws:secretsmanager:us-east-1:000000000000:secret:fleetline/test/core/client-abc123";

        assertThatThrownBy(() -> lab.rotation().run(new CreateSecret(other, V2), FAR))
                .isInstanceOf(StepRefused.class)
                .hasMessageContaining("core/client")
                .hasMessageContaining("not the one that this function rotates");
    }

    @Test
    void a_secret_that_nobody_filled_in_is_named_with_its_field() {
        lab.versions.isUnfilled("00000000-0000-4000-8000-000000000009");
        lab.versions.begins(V2);

        assertThatThrownBy(() -> lab.create(V2))
                .isInstanceOf(BadSecret.class)
                .hasMessageContaining("secret fleetline/test/callback: field username");
        assertThat(lab.versions.version(V2)).isEmpty();
    }

    @Test
    void the_next_rotation_is_refused_within_thirty_minutes() {
        lab.rotatesTo(V2);
        lab.clock.forward(Duration.ofMinutes(29));
        lab.versions.begins(V3);

        assertThatThrownBy(() -> lab.create(V3))
                .isInstanceOf(StepRefused.class)
                .hasMessageContaining("less than 30 minutes ago")
                .hasMessageContaining("not before 2026-03-03T15:30:00Z");

        lab.clock.forward(Duration.ofMinutes(1));
        assertThat(lab.create(V3)).contains("new password");
    }

    @Test
    void a_rotation_that_was_told_late_holds_the_next_one_back_from_then_on() {
        lab.versions.begins(V2);
        lab.create(V2);
        lab.clock.forward(Duration.ofHours(2));
        lab.set(V2);
        lab.finish(V2);
        lab.clock.forward(Duration.ofMinutes(5));
        lab.versions.begins(V3);
        lab.create(V3);

        assertThatThrownBy(() -> lab.set(V3))
                .isInstanceOf(StepRefused.class)
                .hasMessageContaining("not before 2026-03-03T17:30:00Z");
        lab.clock.forward(Duration.ofMinutes(25));
        lab.set(V3);
    }

    @Test
    void without_a_stream_a_rotation_that_was_told_late_holds_the_next_one_back_from_its_end_on() {
        RotationLab other = RotationLab.withoutAStream();
        other.versions.begins(V2);
        other.create(V2);
        other.clock.forward(Duration.ofHours(2));
        other.set(V2);
        other.finish(V2);
        other.versions.hasRotated();
        other.clock.forward(Duration.ofMinutes(5));
        other.versions.begins(V3);

        assertThatThrownBy(() -> other.create(V3))
                .isInstanceOf(StepRefused.class)
                .hasMessageContaining("less than 30 minutes ago")
                .hasMessageContaining("not before 2026-03-03T17:30:00Z");

        other.callsBack("CarrierService", Duration.ofMinutes(14));
        assertThat(other.shownInVain).isEmpty();
        other.clock.forward(Duration.ofMinutes(25));
        assertThat(other.create(V3)).contains("new password");
    }

    @Test
    void a_test_without_a_set_before_it_succeeds_and_changes_nothing() {
        lab.versions.begins(V2);
        int streamCalls = lab.streams.calls();

        assertThat(lab.test(V2)).contains("nothing was set");
        assertThat(lab.streams.calls()).isEqualTo(streamCalls);

        lab.create(V2);
        assertThat(lab.test(V2)).contains("nothing was set");
        assertThat(lab.targets()).hasSize(2);
        assertThat(lab.passwordShownBy("CarrierService")).contains(OF_PEOPLE.password());
    }

    @Test
    void a_test_finds_a_listener_that_does_not_show_the_new_password_and_does_not_show_it_either() {
        lab.versions.begins(V2);
        lab.create(V2);
        lab.set(V2);
        lab.isCalledBackBy("DeviceService");

        assertThatThrownBy(() -> lab.test(V2))
                .isInstanceOf(StepRefused.class)
                .hasMessageContaining("DeviceService")
                .hasMessageNotContaining("CarrierService")
                .hasMessageNotContaining(OF_PEOPLE.password())
                .hasMessageNotContaining(lab.valueOf(V2).password());
        lab.set(V2);
        assertThat(lab.test(V2)).contains("the platform has it");
    }

    @Test
    void a_test_finds_a_stream_that_somebody_moved_back() {
        lab.versions.begins(V2);
        lab.create(V2);
        lab.set(V2);
        String old = lab.targets().stream()
                .filter(target -> target.name().equals("fleetline"))
                .map(Target::id)
                .findFirst()
                .orElseThrow();
        yes(lab.streams.moveSubscription(
                yes(lab.streams.subscriptions()).getFirst().id(), old));

        assertThatThrownBy(() -> lab.test(V2))
                .isInstanceOf(StepRefused.class)
                .hasMessageContaining("still feeds another target");
    }

    @Test
    void a_platform_that_does_not_move_a_subscription_has_it_made_anew_and_what_was_missed_is_fetched() {
        lab.streams.refusesToMove();
        lab.versions.begins(V2);
        lab.create(V2);
        lab.streams.onEffect(effect -> {
            if (effect.equals("createSubscription:before")) {
                lab.reports(1);
                lab.reports(3);
            }
        });
        lab.reports(1);

        assertThat(lab.set(V2)).contains("Filled[asked=3, failed=1, leftOut=false, stored=2]");

        assertThat(lab.stored()).isEqualTo(lab.reported).hasSize(3);
        assertThat(lab.streams.keyOf("ts.event")).contains(lab.valueOf(V2).streamKey());
        assertThat(lab.store.deliveries()).hasSize(3);
        assertThat(lab.store.deliveries())
                .extracting(Delivery::source)
                .as("what was fetched does not say that the stream speaks")
                .containsExactlyInAnyOrder("stream", Delivery.ASKED, Delivery.ASKED);
    }

    @Test
    void a_gap_is_filled_for_a_bounded_number_of_devices() {
        lab.streams.refusesToMove();
        lab.gapDevices = 2;
        lab.versions.begins(V2);
        lab.create(V2);

        assertThat(lab.set(V2)).contains("asked=2").contains("leftOut=true");
        assertThat(lab.test(V2)).contains("the platform has it");
    }

    @Test
    void reports_of_before_are_not_fetched() {
        lab.streams.refusesToMove();
        lab.streams.sendsTo(_ -> {});
        lab.reports(1);
        lab.clock.forward(Duration.ofHours(1));
        lab.versions.begins(V2);
        lab.create(V2);

        assertThat(lab.set(V2)).contains("stored=0");
    }

    @Test
    void a_platform_that_says_yes_and_does_nothing_has_it_made_anew() {
        lab.versions.begins(V2);
        lab.create(V2);
        lab.streams.onEffect(effect -> {
            if (effect.equals("moveSubscription:before")) {
                lab.streams.answersNext(new AlreadyDone<>());
            }
        });

        lab.set(V2);

        assertThat(lab.streams.keyOf("ts.event")).contains(lab.valueOf(V2).streamKey());
    }

    @Test
    void every_kind_of_stream_that_is_ours_moves_and_keeps_its_kind() {
        String target = lab.targets().getFirst().id();
        yes(lab.streams.createSubscription(target, "ts.event.configuration", "configuration"));
        lab.streams.refusesToMove();

        lab.rotatesTo(V2);

        assertThat(lab.streams.keyOf("ts.event")).contains(lab.valueOf(V2).streamKey());
        assertThat(lab.streams.keyOf("ts.event.configuration"))
                .contains(lab.valueOf(V2).streamKey());
    }

    @Test
    void an_address_with_the_port_that_it_has_anyway_is_ours() {
        RotationLab other = new RotationLab();
        other.versions.has(V1, OF_PEOPLE);
        String target = yes(other.streams.createTarget(new StreamTarget(
                "fleetline", STREAM_URL.replace("rx.example.test", "RX.example.test:443"), OF_PEOPLE.streamKey())));
        yes(other.streams.createSubscription(target, "ts.event", "fleetline-events"));
        other.clock.forward(Duration.ofDays(1));

        other.rotatesTo(V2);

        assertThat(other.streams.keyOf("ts.event")).contains(other.valueOf(V2).streamKey());
    }

    @Test
    void while_m2m_is_not_set_up_the_password_stays_and_no_listener_is_asked_for() {
        lab.m2mIsSetUp = false;
        int calls = lab.listeners.calls();
        lab.versions.begins(V2);

        assertThat(lab.create(V2)).contains("M2M is not set up, so the password stays");
        assertThat(lab.set(V2)).contains("the password is the same");
        lab.test(V2);
        lab.finish(V2);

        assertThat(lab.valueOf(V2).password()).isEqualTo(OF_PEOPLE.password());
        assertThat(lab.streams.keyOf("ts.event")).contains(lab.valueOf(V2).streamKey());
        assertThat(lab.listeners.calls()).isEqualTo(calls);
    }

    @Test
    void without_a_stream_of_ours_the_listeners_are_told_and_no_target_is_made() {
        RotationLab other = RotationLab.withoutAStream();

        other.rotatesTo(V2);

        assertThat(other.targets()).isEmpty();
        assertThat(other.passwordShownBy("CarrierService"))
                .contains(other.valueOf(V2).password());
    }

    @Test
    void a_subscription_of_somebody_else_in_the_place_of_ours_is_told_and_left() {
        lab.versions.begins(V2);
        lab.create(V2);
        String theirs = lab.targets().stream()
                .filter(target -> target.name().equals("theirs"))
                .map(Target::id)
                .findFirst()
                .orElseThrow();
        yes(lab.streams.moveSubscription(
                yes(lab.streams.subscriptions()).getFirst().id(), theirs));

        assertThatThrownBy(() -> lab.set(V2))
                .isInstanceOf(StepRefused.class)
                .hasMessageContaining("another one of kind ts.event");
        assertThat(lab.streams.keyOf("ts.event")).contains("their-key");
    }

    @Test
    void a_listener_that_somebody_turned_elsewhere_meanwhile_is_left_alone() {
        lab.versions.begins(V2);
        lab.create(V2);
        yes(lab.listeners.register(
                new Listener("DeviceService", "https://elsewhere.example.test/x", "they", "their-password")));

        lab.set(V2);
        assertThat(lab.test(V2)).contains("1 listeners");

        assertThat(lab.passwordShownBy("DeviceService")).contains("their-password");
    }

    @Test
    void the_new_target_has_the_address_that_is_fed_and_not_one_that_was_before() {
        yes(lab.streams.createTarget(new StreamTarget("older", "https://rx.example.test/before/stream", "key")));

        lab.rotatesTo(V2);

        assertThat(lab.targets())
                .filteredOn(target -> target.name().equals(OurStreams.nameOf(V2)))
                .extracting(Target::address)
                .containsExactly(STREAM_URL);
    }

    @Test
    void an_address_that_only_begins_like_ours_is_not_ours() {
        yes(lab.listeners.register(
                new Listener("AlertService", CALLBACKS_URL + "-of-others/AlertService", "they", "their-password")));

        lab.rotatesTo(V2);

        assertThat(lab.passwordShownBy("AlertService")).contains("their-password");
    }

    @Test
    void a_value_that_people_put_meanwhile_is_not_taken_back() {
        lab.versions.begins(V2);
        lab.create(V2);
        lab.clock.forward(Duration.ofMinutes(1));
        lab.versions.has("00000000-0000-4000-8000-000000000009", OF_PEOPLE);

        assertThatThrownBy(() -> lab.set(V2))
                .isInstanceOf(StepRefused.class)
                .hasMessageContaining("another current value");
        assertThatThrownBy(() -> lab.test(V2)).isInstanceOf(StepRefused.class);
        assertThatThrownBy(() -> lab.finish(V2)).isInstanceOf(StepRefused.class);
        assertThat(lab.versions.labels().current()).contains("00000000-0000-4000-8000-000000000009");
    }

    @Test
    void setting_and_finishing_a_version_without_a_value_is_refused() {
        lab.versions.begins(V2);

        assertThatThrownBy(() -> lab.set(V2)).hasMessageContaining("createSecret comes first");
        assertThatThrownBy(() -> lab.finish(V2)).hasMessageContaining("has no value");
        assertThat(lab.versions.labels().current()).contains(V1);
    }

    /** In the order of setSecret: 2 to 5 are about listeners, all others about the stream, the last three of its gap. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19})
    void a_token_that_dies_while_the_stream_is_moved_is_told_once_waited_for_and_the_step_goes_on(int call) {
        waitsForSetSecretWithAPlatformThatMovesNothing();
        lab.tokenDiesAtCall(call);
        lab.tokens.isRenewedAfterLooks(2);

        assertThat(lab.set(V2)).contains("the new password").contains("failed=0, leftOut=false");

        assertThat(lab.bus.published()).singleElement().satisfies(told -> {
            assertThat(told.source()).isEqualTo("fleetline.callback-secret-rotation");
            assertThat(told.detailType()).isEqualTo("TokenRejected");
            assertThat(told.detail())
                    .contains(call >= 2 && call <= 5 ? "fleetline/test/m2m/token" : "fleetline/test/core/token");
        });
        assertThat(lab.pause.waited()).hasSize(2);
        assertThat(lab.test(V2)).contains("the platform has it");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void a_token_that_nobody_renews_in_time_ends_the_step_with_a_refusal_that_says_so_and_nothing_is_half_told(
            int call) {
        waitsForSetSecretWithAPlatformThatMovesNothing();
        lab.tokenDiesAtCall(call);

        assertThatThrownBy(() -> lab.set(V2))
                .isInstanceOf(StepRefused.class)
                .hasMessageContaining("no good token in secret fleetline/test/")
                .hasMessageContaining("nobody renewed it in time");

        assertThat(lab.bus.detailTypes()).containsExactly("TokenRejected");
        assertThat(lab.pause.total()).isLessThanOrEqualTo(Duration.ofSeconds(3));
        everybodySends();
        lab.set(V2);
        lab.test(V2);
        lab.finish(V2);
        everybodySends();
        assertThat(lab.shownInVain).isEmpty();
        assertThat(lab.stored()).isEqualTo(lab.reported);
    }

    @Test
    void a_token_that_dies_while_the_gap_is_filled_is_waited_for_once_and_not_by_each_device() {
        waitsForSetSecretWithAPlatformThatMovesNothing();
        lab.tokenDiesAtCall(17);

        assertThat(lab.set(V2)).contains("asked=1, failed=1, leftOut=true");

        assertThat(lab.bus.detailTypes()).containsExactly("TokenRejected");
        assertThat(lab.test(V2)).contains("the platform has it");
    }

    @Test
    void a_dead_token_of_the_listeners_is_told_by_its_realm_when_their_services_are_noted() {
        lab.versions.begins(V2);
        lab.tokenDiesAtCall(1);
        lab.tokens.isRenewedAfterLooks(1);

        assertThat(lab.create(V2)).contains("for 2 listeners");

        assertThat(lab.bus.published()).singleElement().satisfies(told -> assertThat(told.detail())
                .contains("\"realm\":\"m2m\""));
    }

    private void waitsForSetSecretWithAPlatformThatMovesNothing() {
        lab.streams.refusesToMove();
        lab.reports(1);
        lab.reports(2);
        lab.reports(3);
        lab.versions.begins(V2);
        lab.create(V2);
        lab.clock.forward(RotateCallbackSecret.UNTIL_EVERY_RECEIVER_CAN_KNOW_IT);
    }

    private void everybodySends() {
        lab.reports(1);
        for (String service : List.of("CarrierService", "DeviceService")) {
            lab.callsBack(service, Duration.ofMinutes(14));
            lab.callsBack(service, Duration.ZERO);
        }
    }

    @Test
    void a_platform_without_time_is_tried_again_and_nothing_is_half_told() {
        lab.versions.begins(V2);
        lab.create(V2);
        lab.listeners.answersNext(new TryLater<>(Duration.ofMinutes(1), "status 503"));
        assertThatThrownBy(() -> lab.set(V2)).hasMessageContaining("not now (status 503)");

        lab.set(V2);
        lab.test(V2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void a_lost_answer_of_the_platform_fails_the_step_and_the_next_try_ends_right(int change) {
        lab.streams.refusesToMove();
        lab.versions.begins(V2);
        lab.create(V2);
        int[] changes = {0};
        lab.streams.onEffect(effect -> {
            if (effect.endsWith(":after")
                    && !effect.startsWith("targets")
                    && !effect.startsWith("subscriptions")
                    && ++changes[0] == change) {
                lab.streams.losesNextAnswer();
            }
        });

        untilItWorks(() -> lab.set(V2));
        lab.test(V2);
        untilItWorks(() -> lab.finish(V2));

        assertThat(lab.streams.keyOf("ts.event")).contains(lab.valueOf(V2).streamKey());
    }

    @Test
    void no_service_is_without_a_listener_while_its_password_is_changed() {
        lab.versions.begins(V2);
        lab.create(V2);
        lab.listeners.onEffect(_ -> assertThat(lab.passwordShownBy("CarrierService"))
                .as("somebody to call")
                .isPresent());

        lab.set(V2);

        assertThat(lab.passwordShownBy("CarrierService"))
                .contains(lab.valueOf(V2).password());
    }

    @Test
    void a_platform_that_registers_nobody_over_another_has_the_listener_deregistered_first() {
        lab.versions.begins(V2);
        lab.create(V2);
        lab.listeners.refusesToReplace();

        lab.set(V2);

        assertThat(lab.test(V2)).contains("the platform has it");
        assertThat(lab.passwordShownBy("CarrierService"))
                .contains(lab.valueOf(V2).password());
    }

    @Test
    void a_listener_whose_registration_got_lost_is_registered_by_the_next_try() {
        lab.versions.begins(V2);
        lab.create(V2);
        yes(lab.listeners.deregister("CarrierService"));

        lab.set(V2);

        assertThat(lab.passwordShownBy("CarrierService"))
                .contains(lab.valueOf(V2).password());
    }

    @Test
    void a_replaced_target_that_cannot_be_deleted_does_not_fail_the_rotation_and_goes_with_the_next() {
        lab.versions.begins(V2);
        lab.create(V2);
        lab.set(V2);
        lab.test(V2);
        lab.streams.answersNext(new TryLater<>(Duration.ofMinutes(1), "status 503"));

        lab.finish(V2);
        assertThat(lab.versions.labels().current()).contains(V2);
        assertThat(lab.targets()).hasSize(3);

        lab.clock.forward(Duration.ofDays(30));
        lab.rotatesTo(V3);
        assertThat(lab.targets()).extracting(Target::name).containsExactlyInAnyOrder("theirs", OurStreams.nameOf(V3));
    }

    @Test
    void the_old_password_comes_for_fourteen_minutes_and_is_let_in_also_after_the_next_rotation_began() {
        lab.rotatesTo(V2);
        for (int minute = 0; minute <= 60; minute++) {
            lab.callsBack("CarrierService", Duration.ofMinutes(14));
            lab.callsBack("CarrierService", Duration.ZERO);
            lab.reports(1);
            if (minute == 30) {
                lab.rotatesTo(V3);
            }
            lab.clock.forward(Duration.ofMinutes(1));
        }

        assertThat(lab.shownInVain).isEmpty();
        assertThat(lab.stored()).isEqualTo(lab.reported);
    }

    @Test
    void nothing_secret_is_in_what_is_answered() {
        lab.versions.begins(V2);
        String said = lab.create(V2) + lab.set(V2) + lab.test(V2) + lab.finish(V2);

        assertThat(said)
                .doesNotContain(lab.valueOf(V2).password())
                .doesNotContain(lab.valueOf(V2).streamKey())
                .doesNotContain(OF_PEOPLE.password());
        assertThat(lab.valueOf(V2).toString()).doesNotContain(lab.valueOf(V2).password());
    }

    private List<ThrowingCallable> steps(String version) {
        return List.of(
                () -> lab.create(version), () -> lab.set(version), () -> lab.test(version), () -> lab.finish(version));
    }

    private static void untilItWorks(Runnable step) {
        Optional<StepRefused> last = Optional.empty();
        for (int attempt = 0; attempt < 4; attempt++) {
            try {
                step.run();
                return;
            } catch (StepRefused refused) {
                last = Optional.of(refused);
            }
        }
        throw new AssertionError("never worked", last.orElseThrow());
    }

    @Test
    void the_secret_may_be_named_by_its_arn_or_its_name() {
        lab.versions.begins(V2);

        assertThat(lab.rotation().run(new CreateSecret(lab.versions.secret(), V2), FAR))
                .contains("made");
        assertThat(lab.rotation().run(new CreateSecret(InMemoryCallbackSecretVersions.ARN, V2), FAR))
                .contains("already");
    }
}

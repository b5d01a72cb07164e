package dev.fleetline.streamsubscription;

import static dev.fleetline.streamsubscription.StreamsLab.SECRET;
import static dev.fleetline.streamsubscription.StreamsLab.URL;
import static dev.fleetline.streamsubscription.StreamsLab.V1;
import static dev.fleetline.streamsubscription.StreamsLab.V2;
import static dev.fleetline.streamsubscription.StreamsLab.busy;
import static dev.fleetline.streamsubscription.StreamsLab.invocation;
import static dev.fleetline.streamsubscription.StreamsLab.yes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.fleetline.carrier.CallbackListeners.Listener;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierStreams.Health;
import dev.fleetline.carrier.CarrierStreams.StreamTarget;
import dev.fleetline.carrier.CarrierStreams.Target;
import dev.fleetline.carrier.OurStreams;
import dev.fleetline.carrier.SignedListeners.SignedListener;
import dev.fleetline.testing.TurningTokens;
import dev.fleetline.tokens.TokenRealm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeepSubscribedTest {

    private final StreamsLab lab = new StreamsLab();

    @Test
    void on_an_empty_account_a_repair_makes_target_subscription_and_listeners_and_a_second_one_nothing() {
        assertThat(lab.repair())
                .extracting(PartReply::part, PartReply::outcome)
                .containsExactly(
                        tuple("core", "repaired"),
                        tuple("listeners", "repaired"),
                        tuple("diagnostics", "repaired"),
                        tuple("location", "repaired"));

        assertThat(lab.targets()).singleElement().satisfies(target -> {
            assertThat(target.name()).isEqualTo(OurStreams.nameOf(V1));
            assertThat(target.address()).isEqualTo(URL + "/stream");
        });
        assertThat(lab.core.keyOf("ts.event")).contains("stream-key-example");
        assertThat(lab.listening())
                .containsExactly(
                        new Listener(
                                "CarrierService", URL + "/callbacks/CarrierService", "cbuser", "cb-secret-example"),
                        new Listener("DeviceService", URL + "/callbacks/DeviceService", "cbuser", "cb-secret-example"));
        assertThat(yes(lab.cloudConnector.targets())).isEmpty();
        assertThat(lab.repair()).extracting(PartReply::outcome).containsOnly("in-order");
    }

    @Test
    void a_dry_run_says_what_a_repair_would_do_and_does_nothing() {
        List<PartReply> parts = lab.keep().difference();

        assertThat(parts).hasSize(4).extracting(PartReply::outcome).containsOnly("differs");
        assertThat(parts.getFirst().steps())
                .containsExactly("create target " + OurStreams.nameOf(V1), "subscribe to ts.event");
        assertThat(lab.targets()).isEmpty();
        assertThat(lab.listening()).isEmpty();
        assertThat(lab.diagnostics.registrations()).isZero();
    }

    @Test
    void what_people_set_up_with_another_key_is_moved_and_their_target_deleted() {
        String target = yes(lab.core.createTarget(new StreamTarget("fleetline", URL + "/stream", "an-older-key")));
        yes(lab.core.createSubscription(target, "ts.event", "by hand"));

        lab.repair();

        assertThat(lab.targets()).extracting(Target::name).containsExactly(OurStreams.nameOf(V1));
        assertThat(lab.core.keyOf("ts.event")).contains("stream-key-example");
    }

    @Test
    void where_the_platform_cannot_move_a_subscription_it_is_deleted_and_made_anew() {
        String target = yes(lab.core.createTarget(new StreamTarget("fleetline", URL + "/stream", "an-older-key")));
        yes(lab.core.createSubscription(target, "ts.event", "by hand"));
        lab.core.refusesToMove();

        assertThat(lab.repair().getFirst().outcome()).isEqualTo("repaired");

        assertThat(lab.subscriptions()).hasSize(1);
        assertThat(lab.core.keyOf("ts.event")).contains("stream-key-example");
    }

    @Test
    void what_was_deleted_to_be_made_anew_is_made_although_the_platform_is_busy_for_a_while() {
        aSubscriptionWithAnOldKeyThatCannotBeMoved();
        lab.core.onEffect(busy("createSubscription:before", 0, 3, lab.core::answersNext));

        assertThat(lab.repair().getFirst().outcome()).isEqualTo("repaired");

        assertThat(lab.core.keyOf("ts.event")).contains("stream-key-example");
        assertThat(lab.pause.waited()).hasSize(3);
    }

    @Test
    void a_repair_that_has_deleted_and_cannot_make_anew_fails_aloud_and_the_next_try_makes_it() {
        aSubscriptionWithAnOldKeyThatCannotBeMoved();
        lab.core.onEffect(busy("createSubscription:before", 0, 100, lab.core::answersNext));

        assertThatThrownBy(lab::repair)
                .hasMessageContaining("core is half done")
                .hasMessageContaining("deleted and not made anew: ts.event")
                .hasMessageContaining("status 429");
        assertThat(lab.subscriptions()).isEmpty();
        assertThat(lab.listening()).hasSize(2);

        lab.core.onEffect(_ -> {});
        assertThat(lab.repair().getFirst().outcome()).isEqualTo("repaired");
        assertThat(lab.core.keyOf("ts.event")).contains("stream-key-example");
    }

    @Test
    void a_listener_that_was_taken_away_to_be_registered_anew_is_so_although_the_platform_is_busy_for_a_while() {
        yes(lab.listeners.register(
                new Listener("CarrierService", URL + "/callbacks/CarrierService", "cbuser", "an-old-password")));
        lab.listeners.refusesToReplace();
        lab.listeners.onEffect(busy("register:before", 2, 3, lab.listeners::answersNext));

        assertThat(StreamsLab.of("listeners", lab.repair()).outcome()).isEqualTo("repaired");

        assertThat(lab.listening()).hasSize(2);
        assertThat(lab.pause.waited()).hasSize(3);
    }

    @Test
    void what_only_cannot_be_made_yet_is_left_to_the_night_at_once() {
        lab.core.onEffect(busy("createSubscription:before", 0, 1, lab.core::answersNext));

        assertThat(lab.repair().getFirst().outcome()).isEqualTo("failed");
        assertThat(lab.pause.waited()).isEmpty();
    }

    private void aSubscriptionWithAnOldKeyThatCannotBeMoved() {
        String target = yes(lab.core.createTarget(new StreamTarget("fleetline", URL + "/stream", "an-older-key")));
        yes(lab.core.createSubscription(target, "ts.event", "by hand"));
        lab.core.refusesToMove();
    }

    @Test
    void a_name_that_the_platform_writes_over_ours_is_no_difference_and_is_said_nowhere() {
        lab.repair();
        lab.core.overwritesNames("owner@example.test");
        assertThat(lab.repair().getFirst().outcome()).isEqualTo("in-order");

        lab.versions.has(V2, SECRET.renewed("password-two", "key-two", Map.of()));
        PartReply moved = lab.repair().getFirst();

        assertThat(moved.steps())
                .containsExactly(
                        "create target " + OurStreams.nameOf(V2),
                        "have subscription ts.event feed the target of the current key",
                        "delete target " + OurStreams.nameOf(V1));
        assertThat(lab.keep().difference().getFirst().outcome()).isEqualTo("in-order");
        assertThat(nightly().getFirst()).isEqualTo("in-order");
        assertThat(lab.targets()).hasSize(1);
    }

    @Test
    void a_target_that_leads_to_us_under_a_name_that_we_did_not_give_is_said_by_its_id() {
        String target =
                yes(lab.core.createTarget(new StreamTarget("owner@example.test", URL + "/stream", "an-older-key")));

        assertThat(lab.keep().difference().getFirst().steps()).contains("delete target " + target);
        assertThat(lab.repair().getFirst().steps()).contains("delete target " + target);
        assertThat(lab.core.keyOf("ts.event")).contains("stream-key-example");
    }

    @Test
    void addresses_that_show_the_usual_port_are_as_wanted() {
        lab.repair();
        String shown = URL.replace("example.test/", "example.test:443/");
        String target = lab.targets().getFirst().id();
        yes(lab.core.deleteSubscription(lab.subscriptions().getFirst().id()));
        yes(lab.core.deleteTarget(target));
        target = yes(lab.core.createTarget(
                new StreamTarget(OurStreams.nameOf(V1), shown + "/stream", "stream-key-example")));
        yes(lab.core.createSubscription(target, "ts.event", "fleetline-events"));
        yes(lab.listeners.register(
                new Listener("CarrierService", shown + "/callbacks/CarrierService", "cbuser", "cb-secret-example")));
        yes(lab.diagnostics.register(new SignedListener("Diagnostics", shown + "/callbacks/Diagnostics")));

        assertThat(lab.repair()).hasSize(4).extracting(PartReply::outcome).containsOnly("in-order");
    }

    @Test
    void a_subscription_that_was_switched_off_is_made_anew() {
        lab.repair();
        lab.core.fares("ts.event", new Health("", Optional.empty(), 0, 0, 0, true));

        lab.repair();

        assertThat(lab.subscriptions()).singleElement().satisfies(subscription -> assertThat(
                        subscription.health().disabled())
                .isFalse());
    }

    @Test
    void a_lost_answer_makes_no_second_target() {
        lab.core.losesNextAnswer();

        assertThat(lab.repair().getFirst().outcome()).isEqualTo("repaired");
        assertThat(lab.targets()).hasSize(1);
        assertThat(lab.subscriptions()).hasSize(1);
    }

    @Test
    void where_somebody_else_has_the_one_subscription_nothing_is_made_and_that_is_said() {
        lab.othersHave("ts.event");

        assertThat(lab.keep().difference().getFirst().outcome()).isEqualTo("taken");
        PartReply streams = lab.repair().getFirst();

        assertThat(streams.outcome()).isEqualTo("taken");
        assertThat(streams.notes()).singleElement().asString().contains("somebody else's", "ts.event");
        assertThat(lab.targets()).extracting(Target::name).containsExactly("theirs");
    }

    @Test
    void a_service_that_calls_somebody_else_is_left_to_them() {
        var theirs = new Listener("DeviceService", "https://elsewhere.example.test/cb", "they", "their-password");
        yes(lab.listeners.register(theirs));

        PartReply listeners = StreamsLab.of("listeners", lab.repair());

        assertThat(listeners.outcome()).isEqualTo("taken");
        assertThat(listeners.steps()).containsExactly("register CarrierService");
        assertThat(listeners.notes()).singleElement().asString().contains("DeviceService calls somebody else");
        assertThat(lab.listening()).contains(theirs);
    }

    @Test
    void a_new_token_does_not_take_what_is_somebody_else_s_nor_call_it_set_up() {
        lab.othersHave("ts.event");

        assertThat(refreshed(TokenRealm.CORE)).containsExactly("taken");
    }

    @Test
    void a_listener_with_an_old_password_is_registered_over_even_where_it_must_be_taken_away_first() {
        yes(lab.listeners.register(
                new Listener("CarrierService", URL + "/callbacks/CarrierService", "cbuser", "an-old-password")));
        lab.listeners.refusesToReplace();

        lab.repair();

        assertThat(lab.listeners.shownBy("CarrierService", Duration.ZERO).map(Listener::password))
                .contains("cb-secret-example");
    }

    @Test
    void a_listener_of_ours_that_nobody_wants_any_more_is_deregistered() {
        yes(lab.listeners.register(
                new Listener("NiddService", URL + "/callbacks/NiddService", "cbuser", "cb-secret-example")));

        lab.repair();

        assertThat(lab.listening()).extracting(Listener::service).containsExactly("CarrierService", "DeviceService");
    }

    @Test
    void a_repair_while_the_secret_is_rotated_undoes_nothing() {
        lab.repair();
        lab.versions.rotationIs(true);
        lab.versions.begins(V2);
        lab.versions.stage(V2, SECRET.renewed("password-two", "key-two", Map.of()));
        String target = yes(lab.core.createTarget(new StreamTarget(OurStreams.nameOf(V2), URL + "/stream", "key-two")));
        yes(lab.core.moveSubscription(lab.subscriptions().getFirst().id(), target));
        yes(lab.listeners.register(
                new Listener("CarrierService", URL + "/callbacks/CarrierService", "cbuser", "password-two")));

        assertThat(lab.repair()).extracting(PartReply::outcome).containsOnly("in-order");
        assertThat(lab.core.keyOf("ts.event")).contains("key-two");
    }

    @Test
    void what_the_platform_refuses_is_said_and_keeps_no_other_part_from_being_done() {
        lab.core.answersNext(new Refused<>("insufficient_scope", ""));

        List<PartReply> parts = lab.repair();

        assertThat(parts).extracting(PartReply::outcome).containsExactly("failed", "repaired", "repaired", "repaired");
        assertThat(parts.getFirst().notes()).singleElement().asString().contains("insufficient_scope");
    }

    @Test
    void a_refused_token_is_renewed_by_who_hears_of_it_and_the_repair_goes_on() {
        lab.core.answersNext(new TokenRefused<>(TurningTokens.secret(TokenRealm.CORE), "v1"));
        lab.tokens.isRenewedAfterLooks(2);

        assertThat(lab.repair().getFirst().outcome()).isEqualTo("repaired");
        assertThat(lab.bus.detailTypes()).containsExactly("TokenRejected");
    }

    @Test
    void a_realm_that_was_never_set_up_is_left_alone() {
        lab.inUse.remove(TokenRealm.M2M);

        assertThat(lab.repair())
                .extracting(PartReply::outcome)
                .containsExactly("repaired", "not-set-up", "not-set-up", "not-set-up");
        assertThat(lab.listening()).isEmpty();
    }

    @Test
    void a_new_token_sets_up_what_wants_it_and_leaves_it_alone_once_it_was_heard() {
        assertThat(refreshed(TokenRealm.CORE)).containsExactly("repaired");
        lab.isHeardFor(1);
        yes(lab.core.deleteSubscription(lab.subscriptions().getFirst().id()));

        assertThat(refreshed(TokenRealm.CORE)).containsExactly("set-up-already");
        assertThat(lab.subscriptions()).isEmpty();
        assertThat(lab.keep().refreshed(TokenRealm.M2M, invocation()))
                .extracting(PartReply::part, PartReply::outcome)
                .containsExactly(
                        tuple("listeners", "repaired"),
                        tuple("diagnostics", "repaired"),
                        tuple("location", "repaired"));
        assertThat(refreshed(TokenRealm.M2M)).hasSize(3).containsOnly("set-up-already");
        assertThat(refreshed(TokenRealm.EDGE)).isEmpty();
    }

    @Test
    void a_first_set_up_that_stopped_half_way_is_taken_up_with_the_next_token() {
        lab.core.onEffect(busy("createSubscription:before", 0, 1, lab.core::answersNext));
        lab.listeners.onEffect(busy("register:before", 1, 1, lab.listeners::answersNext));
        assertThat(refreshed(TokenRealm.CORE)).containsExactly("failed");
        assertThat(refreshed(TokenRealm.M2M)).containsExactly("failed", "repaired", "repaired");
        lab.hearing.heard("callback/CarrierService", lab.clock.instant());

        assertThat(refreshed(TokenRealm.CORE)).containsExactly("repaired");
        assertThat(refreshed(TokenRealm.M2M)).containsExactly("repaired", "set-up-already", "set-up-already");

        assertThat(lab.subscriptions()).hasSize(1);
        assertThat(lab.listening()).hasSize(2);
    }

    @Test
    void what_was_torn_down_stays_so_by_night_and_with_new_tokens_until_somebody_repairs_by_hand() {
        lab.repair();
        lab.keep().tearDown(invocation());
        lab.clock.forward(Duration.ofDays(40));

        assertThat(refreshed(TokenRealm.M2M)).containsExactly("torn-down");
        assertThat(refreshed(TokenRealm.CORE)).containsExactly("torn-down");
        assertThat(nightly()).containsExactly("torn-down");
        assertThat(lab.targets()).isEmpty();
        assertThat(lab.listening()).isEmpty();

        assertThat(lab.repair()).extracting(PartReply::outcome).hasSize(4).containsOnly("repaired");
        assertThat(nightly()).hasSize(4).containsOnly("in-order");
    }

    private List<String> refreshed(TokenRealm realm) {
        return lab.keep().refreshed(realm, invocation()).stream()
                .map(PartReply::outcome)
                .toList();
    }

    private List<String> nightly() {
        return lab.keep().repairByItself(invocation()).stream()
                .map(PartReply::outcome)
                .toList();
    }

    @Test
    void who_finds_another_at_it_does_nothing() {
        lab.claims.lease("stream-subscription", "another", lab.clock.instant(), Duration.ofMinutes(6));

        assertThat(lab.repair()).extracting(PartReply::outcome).containsExactly("already-at-it");
        assertThat(lab.targets()).isEmpty();
    }

    @Test
    void tearing_down_leaves_what_belongs_to_others() {
        lab.repair();
        lab.othersHave("ts.event.diagnostics");

        assertThat(lab.keep().tearDown(invocation()))
                .extracting(PartReply::outcome)
                .containsExactly("repaired", "in-order", "repaired", "repaired", "repaired");

        assertThat(lab.targets()).extracting(Target::name).containsExactly("theirs");
        assertThat(lab.subscriptions()).hasSize(1);
        assertThat(lab.listening()).isEmpty();
    }

    @Test
    void neither_address_nor_key_nor_password_is_in_what_is_answered() {
        assertThat(lab.keep().difference().toString() + lab.repair())
                .doesNotContain("unguessable", "stream-key-example", "cb-secret-example");
    }
}

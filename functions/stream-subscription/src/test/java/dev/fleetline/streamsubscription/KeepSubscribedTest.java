package dev.fleetline.streamsubscription;

import static dev.fleetline.streamsubscription.StreamsLab.SECRET;
import static dev.fleetline.streamsubscription.StreamsLab.URL;
import static dev.fleetline.streamsubscription.StreamsLab.V1;
import static dev.fleetline.streamsubscription.StreamsLab.V2;
import static dev.fleetline.streamsubscription.StreamsLab.invocation;
import static dev.fleetline.streamsubscription.StreamsLab.yes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fleetline.carrier.CallbackListeners.Listener;
import dev.fleetline.carrier.CarrierGateway.StreamTarget;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierStreams.Health;
import dev.fleetline.carrier.CarrierStreams.Target;
import dev.fleetline.carrier.OurStreams;
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

        PartReply streams = lab.repair().getFirst();

        assertThat(streams.outcome()).isEqualTo("in-order");
        assertThat(streams.notes()).singleElement().asString().contains("somebody else's", "ts.event");
        assertThat(lab.targets()).extracting(Target::name).containsExactly("theirs");
    }

    @Test
    void a_service_that_calls_somebody_else_is_left_to_them() {
        var theirs = new Listener("DeviceService", "https://elsewhere.example.test/cb", "they", "their-password");
        yes(lab.listeners.register(theirs));

        PartReply listeners = StreamsLab.of("listeners", lab.repair());

        assertThat(listeners.notes()).singleElement().asString().contains("DeviceService calls somebody else");
        assertThat(lab.listening()).contains(theirs);
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
    void a_new_token_sets_up_what_wants_it_once_and_never_again() {
        assertThat(lab.keep().refreshed(TokenRealm.CORE, invocation()))
                .extracting(PartReply::outcome)
                .containsExactly("repaired");
        yes(lab.core.deleteSubscription(lab.subscriptions().getFirst().id()));

        assertThat(lab.keep().refreshed(TokenRealm.CORE, invocation()))
                .extracting(PartReply::outcome)
                .containsExactly("set-up-already");
        assertThat(lab.subscriptions()).isEmpty();
        assertThat(lab.keep().refreshed(TokenRealm.M2M, invocation()))
                .extracting(PartReply::part)
                .containsExactly("listeners", "diagnostics", "location");
        assertThat(lab.keep().refreshed(TokenRealm.EDGE, invocation())).isEmpty();
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

package dev.fleetline.streamsubscription;

import static dev.fleetline.streamsubscription.StreamsLab.URL;
import static dev.fleetline.streamsubscription.StreamsLab.busy;
import static dev.fleetline.streamsubscription.StreamsLab.invocation;
import static dev.fleetline.streamsubscription.StreamsLab.yes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.carrier.SignedListeners.SignedListener;
import dev.fleetline.testing.TurningTokens;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenStore.BadSecret;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Services that sign with a key which is told once: whatever gets lost on the way, in the end we have the key they use. */
class RepairSigningServicesTest {

    private final StreamsLab lab = new StreamsLab();

    @Test
    void each_is_registered_once_and_its_key_is_kept() {
        lab.repair();

        assertThat(yes(lab.diagnostics.listeners()))
                .containsExactly(new SignedListener("Diagnostics", URL + "/callbacks/Diagnostics"));
        assertThat(yes(lab.location.listeners()))
                .containsExactly(new SignedListener("DeviceLocation", URL + "/callbacks/DeviceLocation"));
        theKeysAreThoseThatTheySignWith();

        lab.repair();
        assertThat(lab.diagnostics.registrations()).isEqualTo(1);
        assertThat(lab.location.registrations()).isEqualTo(1);
    }

    @Test
    void a_registration_whose_answer_got_lost_is_made_anew_because_nobody_knows_its_key() {
        lab.diagnostics.losesNextAnswer();

        assertThat(outcome("diagnostics")).isEqualTo("repaired");

        theKeysAreThoseThatTheySignWith();
    }

    @Test
    void a_key_that_could_not_be_kept_is_said_and_the_next_repair_registers_anew() {
        lab.keys.losesNextKey();

        PartReply diagnostics = StreamsLab.of("diagnostics", lab.repair());
        assertThat(diagnostics.outcome()).isEqualTo("failed");
        assertThat(diagnostics.steps()).containsExactly("register Diagnostics");
        assertThat(diagnostics.notes()).singleElement().asString().contains("the store is down", "registers it anew");

        assertThat(outcome("diagnostics")).isEqualTo("repaired");
        theKeysAreThoseThatTheySignWith();
    }

    @Test
    void a_service_that_was_taken_away_to_be_registered_anew_is_so_although_the_platform_is_busy_for_a_while() {
        lab.diagnostics.losesNextAnswer();
        lab.diagnostics.onEffect(busy("register:before", 1, 3, lab.diagnostics::answersNext));

        assertThat(outcome("diagnostics")).isEqualTo("repaired");

        assertThat(lab.pause.waited()).hasSize(3);
        theKeysAreThoseThatTheySignWith();
    }

    @Test
    void one_that_was_taken_away_and_cannot_be_registered_anew_fails_aloud_and_no_other_is_left_out() {
        lab.diagnostics.losesNextAnswer();
        lab.diagnostics.onEffect(busy("register:before", 1, 100, lab.diagnostics::answersNext));

        assertThatThrownBy(lab::repair)
                .hasMessageContaining("diagnostics is half done")
                .hasMessageContaining("deleted and not made anew: Diagnostics");
        assertThat(yes(lab.location.listeners())).hasSize(1);

        lab.diagnostics.onEffect(_ -> {});
        assertThat(outcome("diagnostics")).isEqualTo("repaired");
        theKeysAreThoseThatTheySignWith();
    }

    @Test
    void what_is_registered_for_us_by_hand_is_registered_over_since_its_key_is_not_ours() {
        yes(lab.diagnostics.register(new SignedListener("Diagnostics", URL + "/callbacks/Diagnostics")));

        assertThat(outcome("diagnostics")).isEqualTo("repaired");

        theKeysAreThoseThatTheySignWith();
    }

    @Test
    void at_another_address_it_is_registered_anew_and_the_key_before_still_counts_for_what_is_under_way() {
        lab.repair();
        String before = lab.diagnostics.signsWith("Diagnostics").orElseThrow();
        yes(lab.diagnostics.register(new SignedListener("Diagnostics", URL + "-of-old/callbacks/Diagnostics")));

        lab.repair();

        theKeysAreThoseThatTheySignWith();
        assertThat(lab.keys.of("Diagnostics")).hasSize(2).endsWith(before);
    }

    @Test
    void a_key_in_another_header_is_said_with_the_setting_and_not_asked_for_again_and_again() {
        lab.diagnostics.hidesKeys();

        PartReply diagnostics = StreamsLab.of("diagnostics", lab.repair());

        assertThat(diagnostics.outcome()).isEqualTo("failed");
        assertThat(diagnostics.notes()).singleElement().asString().contains("SIGNING_KEY_HEADER");
        assertThat(lab.diagnostics.registrations()).isEqualTo(1);
    }

    @Test
    void what_calls_somebody_else_is_left_to_them() {
        var theirs = new SignedListener("DeviceLocation", "https://elsewhere.example.test/callbacks/DeviceLocation");
        yes(lab.location.register(theirs));

        PartReply location = StreamsLab.of("location", lab.repair());
        lab.keep().tearDown(invocation());

        assertThat(location.outcome()).isEqualTo("taken");
        assertThat(location.notes()).singleElement().asString().contains("DeviceLocation calls somebody else");
        assertThat(yes(lab.location.listeners())).containsExactly(theirs);
        assertThat(lab.keys.services()).isEmpty();
    }

    @Test
    void a_service_that_nobody_wants_any_more_is_deregistered_and_its_key_forgotten() {
        yes(lab.location.register(new SignedListener("Location", URL + "/callbacks/Location")));
        lab.keys.keep("Location", "an-earlier-key");

        lab.repair();

        assertThat(yes(lab.location.listeners()))
                .extracting(SignedListener::service)
                .containsExactly("DeviceLocation");
        assertThat(lab.keys.of("Location")).isEmpty();
    }

    @Test
    void after_tearing_down_nobody_calls_and_no_key_counts() {
        lab.repair();

        lab.keep().tearDown(invocation());

        assertThat(yes(lab.diagnostics.listeners())).isEmpty();
        assertThat(yes(lab.location.listeners())).isEmpty();
        assertThat(lab.keys.of("Diagnostics")).isEmpty();
        assertThat(lab.keys.of("DeviceLocation")).isEmpty();
    }

    @Test
    void an_api_that_says_no_or_nothing_keeps_no_other_from_being_set_up() {
        lab.diagnostics.answersNext(new Refused<>("UNREGISTERED_ACCOUNT", ""));
        lab.location.answersNext(new TryLater<>(Duration.ofMinutes(1), "status 503"));

        assertThat(lab.repair())
                .extracting(PartReply::outcome)
                .containsExactly("repaired", "repaired", "failed", "failed");
    }

    @Test
    void an_account_that_does_not_have_an_api_of_which_there_is_nothing_of_ours_is_no_failure() {
        lab.diagnostics.answersNext(new Refused<>("UNREGISTERED_ACCOUNT", ""));
        PartReply never = StreamsLab.of("diagnostics", lab.keep().tearDown(invocation()));

        lab.repair();
        lab.diagnostics.answersNext(new Refused<>("UNREGISTERED_ACCOUNT", ""));
        PartReply registered = StreamsLab.of("diagnostics", lab.keep().tearDown(invocation()));

        assertThat(never.outcome()).isEqualTo("not-set-up");
        assertThat(never.notes()).singleElement().asString().contains("UNREGISTERED_ACCOUNT");
        assertThat(registered.outcome()).isEqualTo("failed");
    }

    @Test
    void a_refused_token_is_renewed_on_the_way_and_one_registration_is_made() {
        lab.location.answersNext(new TokenRefused<>(TurningTokens.secret(TokenRealm.M2M), "v1"));
        lab.tokens.isRenewedAfterLooks(2);

        assertThat(outcome("location")).isEqualTo("repaired");

        assertThat(lab.location.registrations()).isEqualTo(1);
        theKeysAreThoseThatTheySignWith();
    }

    @Test
    void keys_that_cannot_be_read_fail_their_own_parts_and_keep_no_other_from_being_done_or_watched() {
        lab.keys.cannotBeRead(new BadSecret("secret fleetline/dev/callback/hmac is not a JSON object"));

        assertThat(lab.keep().difference())
                .extracting(PartReply::outcome)
                .containsExactly("differs", "differs", "failed", "failed");
        List<PartReply> repaired = lab.repair();
        assertThat(repaired).extracting(PartReply::outcome).containsExactly("repaired", "repaired", "failed", "failed");
        assertThat(repaired.getLast().notes())
                .singleElement()
                .asString()
                .contains("callback/hmac is not a JSON object");
        assertThat(lab.diagnostics.registrations() + lab.location.registrations())
                .isZero();
        assertThat(lab.watch())
                .extracting(PartReply::outcome)
                .containsExactly("in-order", "in-order", "in-order", "unknown", "unknown");
        assertThat(lab.keep().tearDown(invocation()))
                .extracting(PartReply::outcome)
                .containsExactly("repaired", "in-order", "repaired", "failed", "failed");
    }

    @Test
    void keys_that_cannot_be_written_once_a_service_was_taken_away_leave_it_half_done_until_the_next_try() {
        lab.diagnostics.losesNextAnswer();
        lab.diagnostics.onEffect(effect -> {
            if (effect.equals("deregister:after")) {
                lab.keys.cannotBeRead(new IllegalStateException("slow down, key-1-of-Diagnostics"));
            }
        });

        assertThatThrownBy(lab::repair)
                .hasMessageContaining("diagnostics is half done")
                .hasMessageContaining("deleted and not made anew: Diagnostics")
                .hasMessageNotContaining("key-1-of");

        lab.keys.isMended();
        assertThat(outcome("diagnostics")).isEqualTo("repaired");
        theKeysAreThoseThatTheySignWith();
    }

    @Test
    void no_key_is_in_what_is_answered() {
        lab.keys.losesNextKey();

        assertThat(lab.repair().toString() + lab.repair() + lab.keep().tearDown(invocation()))
                .doesNotContain("key-1-of", "key-2-of", "unguessable");
    }

    private String outcome(String part) {
        return StreamsLab.of(part, lab.repair()).outcome();
    }

    private void theKeysAreThoseThatTheySignWith() {
        for (String service : List.of("Diagnostics", "DeviceLocation")) {
            assertThat(lab.keys.of(service).getFirst())
                    .isEqualTo(lab.diagnostics
                            .signsWith(service)
                            .or(() -> lab.location.signsWith(service))
                            .orElseThrow());
        }
    }
}

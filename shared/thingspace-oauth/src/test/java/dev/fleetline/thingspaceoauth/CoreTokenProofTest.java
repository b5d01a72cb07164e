package dev.fleetline.thingspaceoauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.ScriptedIssuer;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.TokenIssuer.Info;
import dev.fleetline.tokens.TokenProof.Proof;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CoreTokenProofTest {

    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final ScriptedIssuer issuer = new ScriptedIssuer(clock);

    @Test
    void a_token_that_its_issuer_knows_and_that_opens_devices_works() {
        issuer.issued("token", clock.instant());

        assertThat(prove()).isEqualTo(new Proof.Alive());
    }

    @Test
    void a_token_that_reads_devices_and_no_more_registers_none_and_is_as_good_as_none() {
        knows(List.of("ts.device.ro"));

        assertThat(prove()).isEqualTo(new Proof.TokenEnded());
    }

    @Test
    void a_token_of_the_application_alone_lives_and_opens_nothing() {
        knows(List.of());

        assertThat(prove()).isEqualTo(new Proof.TokenEnded());
    }

    @Test
    void an_unknown_token_has_ended_and_a_busy_issuer_says_nothing() {
        assertThat(prove()).isEqualTo(new Proof.TokenEnded());

        issuer.answersNext(new Info.Unavailable("busy"));
        assertThat(prove()).isEqualTo(new Proof.Unavailable("busy"));
    }

    private void knows(List<String> scopes) {
        issuer.answersNext(new Info.Alive("client_credentials", "", scopes, clock.instant(), Duration.ofDays(30)));
    }

    private Proof prove() {
        return new CoreTokenProof(issuer)
                .prove(new AccessToken("token", Optional.empty(), List.of(), clock.instant(), Duration.ofDays(30)));
    }
}

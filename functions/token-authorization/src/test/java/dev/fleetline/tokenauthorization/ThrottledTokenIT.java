package dev.fleetline.tokenauthorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.NewTokenNews;
import dev.fleetline.fleetevents.TellOnce;
import dev.fleetline.testing.InMemoryClaims;
import dev.fleetline.testing.InMemoryOutbox;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.RecordingFleetEvents;
import dev.fleetline.testing.ScriptedIssuer;
import dev.fleetline.testing.aws.Fault;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.SecretsManagerStandIn;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.ClientCredentials;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenStore.Stored;
import dev.fleetline.tokenssecretsmanager.SecretsManagerTokenStore;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/**
 * Secrets Manager turns away what is asked on a person's way back. The exception is what the handler answers with "begin
 * again"; what a code that is spent already has brought is either staged, or not there at all.
 */
class ThrottledTokenIT {

    private static final TokenRealm CORE = TokenRealm.CORE;
    private static final String SECRET = "fleetline/test/core/token";
    private static final List<String> SCOPES = List.of("ts.device");
    private static final int TRIES = 4;

    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final SecretsManagerStandIn standIn = SecretsManagerStandIn.start(clock);
    private final SecretsManagerClient client = LoopbackAws.aim(SecretsManagerClient.builder(), standIn.endpoint())
            .overrideConfiguration(LoopbackAws::withoutWaits)
            .build();
    private final SecretsManagerTokenStore store = new SecretsManagerTokenStore(client, Map.of(CORE, SECRET));
    private final ScriptedIssuer issuer = new ScriptedIssuer(clock);
    private final InMemoryStore tables = new InMemoryStore();
    private final InMemoryClaims claims = new InMemoryClaims(tables);
    private final RecordingFleetEvents bus = new RecordingFleetEvents();
    private final TakeToken takeToken = new TakeToken(
            new Application(
                    "fleetline/test/core/client",
                    () -> new ClientCredentials(
                            "an-id", "hush", Optional.of(URI.create("https://app.example.test/oauth2/callback")))),
            claims,
            issuer,
            store,
            new NewTokenNews(new TellOnce(
                    TokenAuthorizationHandler.FUNCTION, claims, new Announcer(new InMemoryOutbox(tables), bus))),
            clock,
            UUID::randomUUID,
            SCOPES);

    @BeforeEach
    void a_person_has_consented_twice_and_there_has_never_been_a_token() {
        client.createSecret(r -> r.name(SECRET).secretString("{\"state\":\"none\"}"));
        issuer.handsOut("a-code", "ts.device");
        issuer.handsOut("another-code", "ts.device");
    }

    @AfterEach
    void stop() {
        client.close();
        standIn.close();
    }

    @Test
    void no_code_is_spent_while_the_store_cannot_be_read() {
        isTurnedAway("GetSecretValue");

        assertThat(issuer.grants()).isEmpty();
        beginsAgain();
    }

    @Test
    void a_token_that_cannot_be_staged_is_given_up_aloud_and_the_next_consent_brings_another() {
        isTurnedAway("PutSecretValue");

        assertThat(issuer.grants()).hasSize(1);
        assertThat(store.candidate(CORE)).isEmpty();
        beginsAgain();
    }

    @Test
    void a_token_that_cannot_be_made_current_lies_where_token_refresh_finds_it() {
        isTurnedAway("UpdateSecretVersionStage");

        assertThat(store.candidate(CORE).flatMap(Stored::token).map(AccessToken::accessToken))
                .contains("token-1");
        beginsAgain();
    }

    private void isTurnedAway(String operation) {
        standIn.failNext(operation, TRIES, Fault.THROTTLED);

        assertThatThrownBy(() -> comesBack("a-code", 1)).isInstanceOf(SecretsManagerException.class);

        assertThat(standIn.calls(operation)).isEqualTo(TRIES);
        assertThat(store.current(CORE).token()).isEmpty();
        assertThat(bus.published()).isEmpty();
    }

    private void beginsAgain() {
        assertThat(comesBack("another-code", 2)).isInstanceOf(Outcome.Authorised.class);
        assertThat(store.current(CORE).token()).isPresent();
        assertThat(bus.published()).hasSize(1);
    }

    private Outcome comesBack(String code, long chance) {
        State state = State.random(new Random(chance));
        claims.issue(state.ticket(), clock.instant().plus(AskForConsent.STATE_LIVES));
        return takeToken.run(new CameBack(Optional.of(state), Optional.of(code), Optional.empty()), "request-1");
    }
}

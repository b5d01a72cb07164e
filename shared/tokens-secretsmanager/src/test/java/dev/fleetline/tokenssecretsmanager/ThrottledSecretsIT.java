package dev.fleetline.tokenssecretsmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.callback.CallbackSecretVersions.Moved;
import dev.fleetline.callback.CallbackSecretVersions.Version;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.aws.Fault;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.SecretsManagerStandIn;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenSource.Usable;
import dev.fleetline.tokens.TokenStore.Promoted;
import dev.fleetline.tokens.TokenStore.Stored;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/**
 * Secrets Manager turns calls away because there are too many. The client tries four times by itself, and then it is an
 * exception: nothing has changed, nothing is remembered of it, and the same call later has its effect.
 */
class ThrottledSecretsIT {

    private static final TokenRealm CORE = TokenRealm.CORE;
    private static final String TOKEN = "fleetline/test/core/token";
    private static final String CALLBACK = "fleetline/test/callback";
    private static final String FIRST = "00000000-0000-4000-8000-000000000001";
    private static final String SECOND = "00000000-0000-4000-8000-000000000002";
    private static final int TRIES = 4;

    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final SecretsManagerStandIn standIn = SecretsManagerStandIn.start(clock);
    private final SecretsManagerClient client = LoopbackAws.aim(SecretsManagerClient.builder(), standIn.endpoint())
            .overrideConfiguration(LoopbackAws::withoutWaits)
            .build();
    private final SecretsManagerTokenStore tokens = new SecretsManagerTokenStore(client, Map.of(CORE, TOKEN));
    private final SecretsManagerCallbackSecretVersions versions =
            new SecretsManagerCallbackSecretVersions(client, CALLBACK);

    @AfterEach
    void stop() {
        client.close();
        standIn.close();
    }

    @Test
    void a_token_is_read_though_three_tries_were_turned_away_and_no_fifth_is_made() {
        hasToken("one");

        standIn.failNext("GetSecretValue", TRIES - 1, Fault.THROTTLED);
        assertThat(value(tokens.current(CORE))).contains("one");

        isTurnedAway("GetSecretValue", () -> tokens.current(CORE));
        assertThat(standIn.calls("GetSecretValue")).isEqualTo(2 * TRIES);
        assertThat(value(tokens.current(CORE))).contains("one");
    }

    @Test
    void a_token_that_could_not_be_staged_is_not_there_and_can_be_staged_later() {
        hasToken("one");

        isTurnedAway("PutSecretValue", () -> tokens.stage(CORE, SECOND, token("two")));
        assertThat(tokens.candidate(CORE)).isEmpty();

        tokens.stage(CORE, SECOND, token("two"));
        assertThat(tokens.candidate(CORE).flatMap(ThrottledSecretsIT::value)).contains("two");
    }

    @Test
    void a_token_that_could_not_be_promoted_stays_staged_and_can_be_promoted_later() {
        hasToken("one");
        tokens.stage(CORE, SECOND, token("two"));

        isTurnedAway("UpdateSecretVersionStage", () -> tokens.promote(CORE, SECOND, FIRST));
        assertThat(value(tokens.current(CORE))).contains("one");
        assertThat(tokens.candidate(CORE).flatMap(ThrottledSecretsIT::value)).contains("two");

        assertThat(tokens.promote(CORE, SECOND, FIRST)).isEqualTo(Promoted.CURRENT);
    }

    @Test
    void a_kept_token_is_used_on_and_one_that_must_be_read_is_asked_for_at_the_next_call() {
        hasToken("one");
        var source = new CachedTokenSource(tokens, clock, Duration.ofMinutes(5));
        source.token(CORE);
        standIn.failNext("GetSecretValue", TRIES, Fault.THROTTLED);

        assertThat(source.token(CORE)).isEqualTo(new Usable.Token(TOKEN, FIRST, "one"));
        clock.forward(Duration.ofMinutes(5));
        assertThatThrownBy(() -> source.token(CORE)).isInstanceOf(SecretsManagerException.class);
        assertThat(source.token(CORE)).isEqualTo(new Usable.Token(TOKEN, FIRST, "one"));
    }

    @Test
    void a_refused_token_s_successor_is_found_after_a_look_that_was_turned_away() {
        hasToken("one");
        var source = new CachedTokenSource(tokens, clock, Duration.ofMinutes(5));
        source.token(CORE);
        source.refused(CORE, FIRST);
        tokens.stage(CORE, SECOND, token("two"));
        tokens.promote(CORE, SECOND, FIRST);

        isTurnedAway("GetSecretValue", () -> source.token(CORE));
        assertThat(source.token(CORE)).isEqualTo(new Usable.Token(TOKEN, SECOND, "two"));
    }

    @Test
    void a_rotation_that_is_turned_away_at_any_call_changes_nothing_and_goes_on_later() {
        client.createSecret(r -> r.name(CALLBACK)
                .clientRequestToken(FIRST)
                .secretString("{\"username\":\"cbuser\",\"password\":\"one\",\"streamKey\":\"key-one\"}"));
        client.rotateSecret(r -> r.secretId(CALLBACK)
                .clientRequestToken(SECOND)
                .rotationLambdaARN("arn:aws:lambda:us-east-1:000000000000:function:rotation"));
        CallbackSecret two = new CallbackSecret("cbuser", "two", "key-two", Map.of());

        isTurnedAway("DescribeSecret", versions::labels);
        isTurnedAway("GetSecretValue", () -> versions.version(SECOND));
        isTurnedAway("GetSecretValue", () -> versions.stage(SECOND, two));
        isTurnedAway("PutSecretValue", () -> versions.stage(SECOND, two));
        assertThat(versions.version(SECOND)).isEmpty();

        versions.stage(SECOND, two);
        isTurnedAway("UpdateSecretVersionStage", () -> versions.makeCurrent(SECOND, FIRST));
        assertThat(versions.labels().current()).contains(FIRST);
        assertThat(versions.version(SECOND).map(Version::value)).contains(two);

        assertThat(versions.makeCurrent(SECOND, FIRST)).isEqualTo(Moved.CURRENT);
    }

    private void isTurnedAway(String operation, ThrowingCallable call) {
        standIn.failNext(operation, TRIES, Fault.THROTTLED);
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(SecretsManagerException.class, e -> assertThat(e.isThrottlingException())
                        .isTrue());
    }

    private void hasToken(String value) {
        client.createSecret(r -> r.name(TOKEN)
                .clientRequestToken(FIRST)
                .secretString("{\"state\":\"valid\",\"accessToken\":\"" + value + "\",\"obtainedAt\":\""
                        + clock.instant() + "\",\"expiresIn\":86400}"));
    }

    private AccessToken token(String value) {
        return new AccessToken(value, Optional.empty(), List.of(), clock.instant(), Duration.ofDays(1));
    }

    private static Optional<String> value(Stored stored) {
        return stored.token().map(AccessToken::accessToken);
    }
}

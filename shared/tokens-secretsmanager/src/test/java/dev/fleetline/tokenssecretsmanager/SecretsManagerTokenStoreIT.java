package dev.fleetline.tokenssecretsmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.testing.TokenStoreContract;
import dev.fleetline.testing.aws.Fault;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.SecretsManagerStandIn;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenStore;
import dev.fleetline.tokens.TokenStore.BadSecret;
import dev.fleetline.tokens.TokenStore.Promoted;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class SecretsManagerTokenStoreIT extends TokenStoreContract {

    private static final String SECRET = "fleetline/test/core/token";
    private static final String SECOND = "00000000-0000-4000-8000-000000000002";
    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");

    private final SecretsManagerStandIn standIn = SecretsManagerStandIn.start(InstantSource.fixed(NOW));
    private final SecretsManagerClient client =
            LoopbackAws.aim(SecretsManagerClient.builder(), standIn.endpoint()).build();

    @AfterEach
    void stop() {
        client.close();
        standIn.close();
    }

    @Override
    protected TokenStore storeWithoutToken() {
        return storeWith("{\"state\":\"none\"}");
    }

    private TokenStore storeWith(String value) {
        client.createSecret(r -> r.name(SECRET).clientRequestToken(FIRST).secretString(value));
        return new SecretsManagerTokenStore(client, Map.of(TokenRealm.CORE, SECRET));
    }

    @Test
    void a_move_whose_answer_got_lost_is_found_to_have_happened() {
        TokenStore store = storeWithoutToken();
        store.stage(
                TokenRealm.CORE, SECOND, new AccessToken("two", Optional.empty(), List.of(), NOW, Duration.ofDays(30)));
        // the SDK asks again by itself, and is then refused
        standIn.failNext("UpdateSecretVersionStage", 1, Fault.ANSWER_LOST);

        assertThat(store.promote(TokenRealm.CORE, SECOND, FIRST)).isEqualTo(Promoted.CURRENT);
        assertThat(standIn.calls("UpdateSecretVersionStage")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"state\":\"hush-hush\"} | field state is neither",
                "{\"state\":\"valid\",\"accessToken\":\"hush-hush\",\"obtainedAt\":\"now\"}"
                        + " | field obtainedAt is no time",
                "{\"state\":\"valid\",\"accessToken\":\"hush-hush\",\"obtainedAt\":\"2026-03-02T15:04:05Z\","
                        + "\"expiresIn\":0} | field expiresIn is no whole number",
            })
    void a_field_that_makes_no_sense_is_named_without_its_value(String value, String complaint) {
        TokenStore store = storeWith(value);

        assertThatThrownBy(() -> store.current(TokenRealm.CORE))
                .isInstanceOf(BadSecret.class)
                .hasMessageContaining(SECRET)
                .hasMessageContaining(complaint)
                .hasMessageContaining("put a new value")
                .hasMessageNotContaining("hush-hush");
    }
}

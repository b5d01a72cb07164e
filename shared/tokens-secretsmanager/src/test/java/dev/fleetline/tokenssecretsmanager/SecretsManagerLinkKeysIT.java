package dev.fleetline.tokenssecretsmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.alertlinks.LinkKey;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.SecretsManagerStandIn;
import dev.fleetline.tokens.TokenStore.BadSecret;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class SecretsManagerLinkKeysIT {

    private static final String SECRET = "fleetline/test/alert-links/key";
    private static final String FIRST = "a-link-key-under-test-number-one-0001";
    private static final String SECOND = "a-link-key-under-test-number-two-0002";

    private final MovableClock clock = MovableClock.at("2026-03-02T16:06:00Z");
    private final SecretsManagerStandIn secretsManager = SecretsManagerStandIn.start(clock);
    private final SecretsManagerClient secrets = LoopbackAws.aim(
                    SecretsManagerClient.builder(), secretsManager.endpoint())
            .build();
    private final SecretsManagerLinkKeys keys = new SecretsManagerLinkKeys(secrets, SECRET, clock);

    @AfterEach
    void stop() {
        secrets.close();
        secretsManager.close();
    }

    @Test
    void at_first_there_is_the_key_that_came_with_the_deployment() {
        create("{\"key\":\"" + FIRST + "\"}");

        assertThat(keys.keys()).containsExactly(new LinkKey(FIRST));
    }

    @Test
    void after_a_change_the_new_key_signs_and_the_one_before_counts_on() {
        create("{\"key\":\"" + FIRST + "\"}");
        put("{\"key\":\"" + SECOND + "\"}");

        assertThat(keys.keys()).containsExactly(new LinkKey(SECOND), new LinkKey(FIRST));
    }

    @Test
    void a_change_is_known_after_a_refresh_which_reads_at_most_every_ten_seconds() {
        create("{\"key\":\"" + FIRST + "\"}");
        assertThat(keys.keys()).hasSize(1);
        put("{\"key\":\"" + SECOND + "\"}");

        keys.refresh();
        assertThat(keys.keys()).hasSize(1);

        clock.forward(Duration.ofSeconds(10));
        keys.refresh();
        assertThat(keys.keys()).first().isEqualTo(new LinkKey(SECOND));
    }

    @Test
    void a_version_before_that_never_was_a_key_is_passed_over() {
        create("{}");
        put("{\"key\":\"" + FIRST + "\"}");

        assertThat(keys.keys()).containsExactly(new LinkKey(FIRST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"key\":\"\"}", "{\"key\":\"too-short-to-be-a-key\"}", "[]", "{\"key\":{}}"})
    void a_current_version_without_a_key_is_an_error_that_names_the_secret_and_not_what_is_in_it(String value) {
        create(value);

        assertThatThrownBy(keys::keys)
                .isInstanceOf(BadSecret.class)
                .hasMessageContaining(SECRET)
                .hasMessageNotContaining("too-short-to-be");
    }

    private void create(String value) {
        secrets.createSecret(secret -> secret.name(SECRET).secretString(value));
    }

    private void put(String value) {
        secrets.putSecretValue(secret -> secret.secretId(SECRET).secretString(value));
    }
}

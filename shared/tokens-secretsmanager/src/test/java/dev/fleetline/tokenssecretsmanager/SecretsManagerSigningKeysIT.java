package dev.fleetline.tokenssecretsmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.SecretsManagerStandIn;
import dev.fleetline.tokens.TokenStore.BadSecret;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class SecretsManagerSigningKeysIT {

    private static final String SECRET = "fleetline/test/callback/hmac";

    private final MovableClock clock = MovableClock.at("2026-03-02T16:06:00Z");
    private final SecretsManagerStandIn secretsManager = SecretsManagerStandIn.start(clock);
    private final SecretsManagerClient secrets = LoopbackAws.aim(
                    SecretsManagerClient.builder(), secretsManager.endpoint())
            .build();
    private final SecretsManagerSigningKeys keys = new SecretsManagerSigningKeys(secrets, SECRET, clock);

    @AfterEach
    void stop() {
        secrets.close();
        secretsManager.close();
    }

    @Test
    void while_nothing_is_registered_no_service_has_a_key() {
        secrets.createSecret(secret -> secret.name(SECRET).secretString("{\"state\":\"none\"}"));

        assertThat(keys.of("Location")).isEmpty();
        assertThat(keys.of("state")).isEmpty();
    }

    @Test
    void each_service_has_its_key_and_the_one_before_it() {
        secrets.createSecret(secret -> secret.name(SECRET)
                .secretString("{\"Location\":\"key-two\",\"Diagnostics\":\"key-three\","
                        + "\"previous\":{\"Location\":\"key-one\"}}"));

        assertThat(keys.of("Location")).containsExactly("key-two", "key-one");
        assertThat(keys.of("Diagnostics")).containsExactly("key-three");
        assertThat(keys.of("DeviceLocation")).isEmpty();
        assertThat(keys.of("previous")).isEmpty();
    }

    @Test
    void a_new_key_is_known_after_a_refresh_which_reads_at_most_every_ten_seconds() {
        secrets.createSecret(secret -> secret.name(SECRET).secretString("{\"state\":\"none\"}"));
        assertThat(keys.of("Location")).isEmpty();
        secrets.putSecretValue(secret -> secret.secretId(SECRET).secretString("{\"Location\":\"key-one\"}"));

        keys.refresh();
        assertThat(keys.of("Location")).isEmpty();

        clock.forward(Duration.ofSeconds(10));
        keys.refresh();
        assertThat(keys.of("Location")).containsExactly("key-one");
    }

    @Test
    void a_secret_that_is_not_there_is_an_error_that_names_it() {
        assertThatThrownBy(() -> keys.of("Location"))
                .isInstanceOf(BadSecret.class)
                .hasMessageContaining(SECRET);
    }
}

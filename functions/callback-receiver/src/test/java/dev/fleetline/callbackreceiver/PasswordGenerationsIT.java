package dev.fleetline.callbackreceiver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.SecretsManagerStandIn;
import dev.fleetline.tokenssecretsmanager.SecretsManagerCallbackKeys;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** A password counts while it is the current one and while it is the one before, and no longer. */
class PasswordGenerationsIT {

    private static final String SECRET = "fleetline/test/callback";

    private final MovableClock clock = MovableClock.at("2026-03-02T16:06:00Z");
    private final InMemoryStore store = new InMemoryStore();

    @Test
    void the_password_before_the_previous_one_is_refused() {
        try (SecretsManagerStandIn secretsManager = SecretsManagerStandIn.start(clock);
                SecretsManagerClient secrets = LoopbackAws.aim(
                                SecretsManagerClient.builder(), secretsManager.endpoint())
                        .build()) {
            secrets.createSecret(secret -> secret.name(SECRET).secretString(login("first")));
            secrets.putSecretValue(secret -> secret.secretId(SECRET).secretString(login("second")));
            secrets.putSecretValue(secret -> secret.secretId(SECRET).secretString(login("third")));
            var handler = Receivers.of(new SecretsManagerCallbackKeys(secrets, SECRET, clock), store, clock);

            assertThat(calledBack(handler, "third")).isEqualTo(200);
            assertThat(calledBack(handler, "second")).isEqualTo(200);
            assertThat(calledBack(handler, "first")).isEqualTo(401);
        }
    }

    @Test
    void who_has_read_the_secret_before_a_change_takes_the_password_before_the_previous_one_for_five_minutes_more() {
        try (SecretsManagerStandIn secretsManager = SecretsManagerStandIn.start(clock);
                SecretsManagerClient secrets = LoopbackAws.aim(
                                SecretsManagerClient.builder(), secretsManager.endpoint())
                        .build()) {
            secrets.createSecret(secret -> secret.name(SECRET).secretString(login("first")));
            secrets.putSecretValue(secret -> secret.secretId(SECRET).secretString(login("second")));
            var handler = Receivers.of(new SecretsManagerCallbackKeys(secrets, SECRET, clock), store, clock);
            assertThat(calledBack(handler, "second")).isEqualTo(200);

            secrets.putSecretValue(secret -> secret.secretId(SECRET).secretString(login("third")));
            assertThat(calledBack(handler, "first")).isEqualTo(200);
            clock.forward(Duration.ofMinutes(5));
            assertThat(calledBack(handler, "first")).isEqualTo(401);
        }
    }

    private static String login(String which) {
        return "{\"username\":\"cbuser\",\"password\":\"password-" + which + "\",\"streamKey\":\"key-" + which + "\"}";
    }

    private static int calledBack(CallbackReceiverHandler handler, String which) {
        return Invocations.send(handler, Receivers.posted("/x/callbacks/CarrierService", login(which)))
                .path("statusCode")
                .intValue();
    }
}

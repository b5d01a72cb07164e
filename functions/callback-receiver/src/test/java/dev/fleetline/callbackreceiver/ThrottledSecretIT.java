package dev.fleetline.callbackreceiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.aws.Fault;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.SecretsManagerStandIn;
import dev.fleetline.tokenssecretsmanager.SecretsManagerCallbackKeys;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * In the middle of a rotation the platform shows what this receiver has not read yet, and Secrets Manager turns it away. What
 * is refused the platform never sends again, so only what is known to be wrong may be.
 */
class ThrottledSecretIT {

    private static final String SECRET = "fleetline/test/callback";

    /** What the client tries by itself in one reading. */
    private static final int ALL_TRIES = 4;

    private final MovableClock clock = MovableClock.at("2026-03-02T16:06:00Z");
    private final InMemoryStore store = new InMemoryStore();
    private final SecretsManagerStandIn secretsManager = SecretsManagerStandIn.start(clock);
    private final SecretsManagerClient secrets = LoopbackAws.aim(
                    SecretsManagerClient.builder(), secretsManager.endpoint())
            .overrideConfiguration(LoopbackAws::withoutWaits)
            .build();
    private final CallbackReceiverHandler handler =
            Receivers.of(new SecretsManagerCallbackKeys(secrets, SECRET, clock), store, clock);

    @BeforeEach
    void one_is_known_then_two_is_made_and_the_secret_cannot_be_read() {
        secrets.createSecret(secret -> secret.name(SECRET).secretString(value("one")));
        assertThat(stream("one")).isEqualTo(200);
        assertThat(service("one")).isEqualTo(200);
        secrets.putSecretValue(
                secret -> secret.secretId(SECRET).secretString(value("two")).versionStages("AWSPENDING"));
        clock.forward(Duration.ofSeconds(11));
        secretsManager.failNext("GetSecretValue", ALL_TRIES, Fault.THROTTLED);
    }

    @AfterEach
    void stop() {
        secrets.close();
        secretsManager.close();
    }

    @Test
    void who_shows_a_key_that_may_be_a_new_one_is_asked_to_send_again_and_who_shows_a_known_one_is_let_in() {
        assertThat(stream("two")).isEqualTo(503);
        assertThat(stream("one")).isEqualTo(200);
    }

    @Test
    void who_shows_a_login_that_may_be_a_new_one_is_asked_to_send_again_and_who_shows_a_known_one_is_let_in() {
        assertThat(service("two")).isEqualTo(503);
        assertThat(service("one")).isEqualTo(200);
    }

    @Test
    void it_is_the_same_for_the_ten_seconds_in_which_the_secret_is_not_read_again() {
        assertThat(stream("two")).isEqualTo(503);
        int tries = secretsManager.calls("GetSecretValue");

        clock.forward(Duration.ofSeconds(9));
        assertThat(stream("two")).isEqualTo(503);
        assertThat(service("two")).isEqualTo(503);
        assertThat(stream("one")).isEqualTo(200);
        assertThat(service("one")).isEqualTo(200);

        assertThat(secretsManager.calls("GetSecretValue")).isEqualTo(tries);
    }

    @Test
    void once_the_secret_is_read_the_new_ones_are_let_in_and_the_wrong_ones_refused() {
        assertThat(stream("two")).isEqualTo(503);

        clock.forward(Duration.ofSeconds(10));
        assertThat(stream("two")).isEqualTo(200);
        assertThat(service("two")).isEqualTo(200);
        assertThat(stream("three")).isEqualTo(401);
        assertThat(service("three")).isEqualTo(401);
    }

    private static String value(String which) {
        return "{\"username\":\"cbuser\",\"password\":\"password-" + which + "\",\"streamKey\":\"key-" + which + "\"}";
    }

    private int stream(String which) {
        return status("/x/stream", "key-" + which, "{}");
    }

    private int service(String which) {
        return status(
                "/x/callbacks/CarrierService", "", "{\"username\":\"cbuser\",\"password\":\"password-" + which + "\"}");
    }

    private int status(String path, String authorization, String body) {
        ObjectNode request = EdgeJson.JSON.createObjectNode();
        request.put("version", "2.0").put("rawPath", path).put("body", body).put("isBase64Encoded", false);
        request.putObject("headers").put("authorization", authorization);
        request.putObject("requestContext").putObject("http").put("method", "POST");
        return Invocations.send(handler, request).path("statusCode").intValue();
    }
}

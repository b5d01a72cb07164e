package dev.fleetline.callbackreceiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.RecordedLog;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.SecretsManagerStandIn;
import dev.fleetline.tokenssecretsmanager.SecretsManagerCallbackKeys;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** A deployment whose secret nobody has filled in yet. */
class UnfilledSecretIT {

    private static final String SECRET = "fleetline/test/callback";

    private final MovableClock clock = MovableClock.at("2026-03-02T16:06:00Z");
    private final InMemoryStore store = new InMemoryStore();

    @Test
    void the_platform_is_asked_to_send_again_until_the_key_is_there_and_the_log_names_what_is_missing() {
        try (SecretsManagerStandIn secretsManager = SecretsManagerStandIn.start(clock);
                SecretsManagerClient secrets = LoopbackAws.aim(
                                SecretsManagerClient.builder(), secretsManager.endpoint())
                        .build();
                RecordedLog log = new RecordedLog()) {
            secrets.createSecret(secret -> secret.name(SECRET).secretString("{}"));
            var handler = Receivers.of(new SecretsManagerCallbackKeys(secrets, SECRET, clock), store, clock);

            JsonNode reply = Invocations.send(handler, delivery());

            assertThat(reply.path("statusCode").intValue()).isEqualTo(503);
            assertThat(reply.path("headers").path("retry-after").asText()).isEqualTo("30");
            assertThat(reply.path("body").asText()).doesNotContain("secret");
            assertThat(log.lines())
                    .anyMatch(line -> line.startsWith("ERROR")
                            && line.contains("secret " + SECRET + ": field streamKey is missing")
                            && line.contains("infra/secrets"));

            secrets.putSecretValue(secret -> secret.secretId(SECRET).secretString("{\"streamKey\":\"the-key\"}"));
            assertThat(Invocations.send(handler, delivery()).path("statusCode").intValue())
                    .isEqualTo(200);
            assertThat(store.deliveries()).hasSize(1);
        }
    }

    @Test
    void a_service_is_asked_to_send_again_until_the_password_is_there_too() {
        try (SecretsManagerStandIn secretsManager = SecretsManagerStandIn.start(clock);
                SecretsManagerClient secrets = LoopbackAws.aim(
                                SecretsManagerClient.builder(), secretsManager.endpoint())
                        .build();
                RecordedLog log = new RecordedLog()) {
            secrets.createSecret(secret -> secret.name(SECRET).secretString("{\"streamKey\":\"the-key\"}"));
            var handler = Receivers.of(new SecretsManagerCallbackKeys(secrets, SECRET, clock), store, clock);
            ObjectNode callback = delivery();
            callback.put("rawPath", "/x/callbacks/CarrierService")
                    .put("body", "{\"username\":\"cbuser\",\"password\":\"cb-secret-example\"}");

            assertThat(Invocations.send(handler, callback).path("statusCode").intValue())
                    .isEqualTo(503);
            assertThat(log.lines())
                    .anyMatch(line -> line.startsWith("ERROR")
                            && line.contains("secret " + SECRET + ": field username is missing"));

            secrets.putSecretValue(secret -> secret.secretId(SECRET)
                    .secretString("{\"username\":\"cbuser\",\"password\":\"cb-secret-example\","
                            + "\"streamKey\":\"the-key\"}"));
            clock.forward(Duration.ofSeconds(11));
            assertThat(Invocations.send(handler, callback).path("statusCode").intValue())
                    .isEqualTo(200);
            assertThat(log.lines()).noneMatch(line -> line.contains("cb-secret-example"));
        }
    }

    private static ObjectNode delivery() {
        ObjectNode request = EdgeJson.JSON.createObjectNode();
        request.put("version", "2.0")
                .put("rawPath", "/x/stream")
                .put("body", "{}")
                .put("isBase64Encoded", false);
        request.putObject("headers").put("authorization", "the-key");
        request.putObject("requestContext").putObject("http").put("method", "POST");
        return request;
    }
}

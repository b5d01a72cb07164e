package dev.fleetline.callbackreceiver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.testing.Invocation;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.aws.LocalDynamo;
import dev.fleetline.testing.aws.LocalDynamoExtension;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.SecretsManagerStandIn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The function as AWS starts it, with its own wiring, against a real table and a secret on loopback. */
@ExtendWith(LocalDynamoExtension.class)
class CallbackReceiverHandlerIT {

    private static final String SECRET = "fleetline/test/callback";
    private static final String TABLE = "fleetline-test-callbacks";

    @Test
    void starts_stores_an_event_once_and_follows_a_rotation_of_the_key(LocalDynamo dynamo) throws IOException {
        createTable(dynamo.client());
        MovableClock clock = MovableClock.at("2026-03-02T16:06:00Z");
        try (SecretsManagerStandIn secretsManager = SecretsManagerStandIn.start(clock);
                SecretsManagerClient secrets = LoopbackAws.aim(
                                SecretsManagerClient.builder(), secretsManager.endpoint())
                        .build()) {
            secrets.createSecret(secret -> secret.name(SECRET).secretString(keys("first-key")));
            var handler = new CallbackReceiverHandler(new Surroundings(
                    Map.ofEntries(
                            Map.entry("AWS_REGION", LoopbackAws.REGION),
                            Map.entry("AWS_ACCESS_KEY_ID", "loopback"),
                            Map.entry("AWS_SECRET_ACCESS_KEY", "loopback"),
                            Map.entry(
                                    "AWS_ENDPOINT_URL_DYNAMODB",
                                    dynamo.endpoint().toString()),
                            Map.entry(
                                    "AWS_ENDPOINT_URL_SECRETS_MANAGER",
                                    secretsManager.endpoint().toString()),
                            Map.entry("CALLBACKS_TABLE", TABLE),
                            Map.entry("CALLBACK_SECRET", SECRET),
                            Map.entry("CALLBACK_HMAC_SECRET", SECRET + "/hmac"),
                            Map.entry("MAX_BODY_BYTES", "262144"),
                            Map.entry("MAX_EVENTS_PER_BODY", "200"),
                            Map.entry("STREAM_KEY_HEADER", "authorization"),
                            Map.entry("HMAC_HEADER", "x-signature")),
                    clock,
                    duration -> {},
                    RandomGenerator.getDefault()));

            assertThat(send(handler, "first-key").path("body").textValue()).contains("\"stored\":true");
            assertThat(send(handler, "Bearer first-key").path("body").textValue())
                    .contains("\"stored\":false");
            assertThat(send(handler, "second-key").path("statusCode").intValue())
                    .isEqualTo(401);

            secrets.putSecretValue(value -> value.secretId(SECRET).secretString(keys("second-key")));
            clock.forward(Duration.ofSeconds(30));
            assertThat(send(handler, "second-key").path("statusCode").intValue())
                    .isEqualTo(200);
            assertThat(send(handler, "first-key").path("statusCode").intValue()).isEqualTo(200);

            assertThat(dynamo.client().scan(scan -> scan.tableName(TABLE)).items())
                    .singleElement()
                    .extracting("status")
                    .isEqualTo(AttributeValue.fromS("RECEIVED"));

            secrets.createSecret(
                    secret -> secret.name(SECRET + "/hmac").secretString("{\"Location\":\"signing-key\"}"));
            assertThat(located(handler).path("body").textValue()).contains("\"stored\":true");
            clock.forward(Duration.ofMinutes(15));
            assertThat(located(handler).path("body").textValue()).contains("\"stored\":false");

            dynamo.client().deleteTable(table -> table.tableName(TABLE));
            assertThat(send(handler, "second-key").path("statusCode").intValue())
                    .isEqualTo(503);
        }
    }

    private static String keys(String streamKey) {
        return "{\"username\":\"u\",\"password\":\"p\",\"streamKey\":\"" + streamKey + "\"}";
    }

    private static void createTable(DynamoDbClient dynamo) {
        dynamo.createTable(table -> table.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(text("device"), text("eventKey"))
                .keySchema(key("device", KeyType.HASH), key("eventKey", KeyType.RANGE)));
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    /** A service's message that answers no request, signed. */
    private static JsonNode located(CallbackReceiverHandler handler) {
        String body = "{\"msid\":\"5550100014\"}";
        return Invocations.send(
                handler,
                Receivers.with(
                        Receivers.posted("/x/callbacks/Location", body),
                        "x-signature",
                        SignatureCheckTest.hex("signing-key", body.getBytes(UTF_8))));
    }

    private static JsonNode send(CallbackReceiverHandler handler, String authorization) throws IOException {
        ObjectNode request = EdgeJson.JSON.createObjectNode();
        request.put("version", "2.0").put("rawPath", "/x/stream").put("isBase64Encoded", false);
        request.put("body", """
                {"kind":"ts.event","data":{"kind":"ts.event","id":"e1","versionid":"v1",
                 "deviceid":"d0c1e0a1-0000-6abc-f001-0123456789ab","createdon":"2026-03-02T16:05:26Z",
                 "lastupdated":"2026-03-02T16:05:49.786Z","fields":{"battery":"8"}}}
                """);
        request.putObject("headers").put("authorization", authorization);
        request.putObject("requestContext").putObject("http").put("method", "POST");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        handler.handleRequest(
                new ByteArrayInputStream(EdgeJson.JSON.writeValueAsBytes(request)), out, Invocation.withLeft(30_000));
        return EdgeJson.JSON.readTree(out.toByteArray());
    }
}

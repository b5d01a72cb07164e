package dev.fleetline.deviceonboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle.Activating;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.QueueLoop;
import dev.fleetline.lambda.Settings;
import dev.fleetline.lambda.Settings.BadSetting;
import dev.fleetline.lambda.SqsEdge;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.testing.Invocation;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.ScriptedCarrier;
import dev.fleetline.testing.ScriptedCarrier.Call;
import dev.fleetline.testing.TurningTokens;
import dev.fleetline.tokens.TokenRealm;
import io.micronaut.context.ApplicationContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** JSON in, JSON out, and that the function starts. */
class DeviceOnboardingHandlerTest {

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("AWS_REGION", "us-east-1"),
            Map.entry("AWS_ACCESS_KEY_ID", "synthetic"),
            Map.entry("AWS_SECRET_ACCESS_KEY", "synthetic"),
            Map.entry("AWS_ENDPOINT_URL", "http://127.0.0.1:9"),
            Map.entry("DEVICES_TABLE", "devices"),
            Map.entry("IDENTITIES_TABLE", "identities"),
            Map.entry("HISTORY_TABLE", "history"),
            Map.entry("OUTBOX_TABLE", "outbox"),
            Map.entry("BUS_NAME", "fleetline-test"),
            Map.entry("QUEUE_URL", "http://127.0.0.1:9/orders"),
            Map.entry("DEAD_LETTER_QUEUE_URL", "http://127.0.0.1:9/dead"),
            Map.entry("CORE_TOKEN_SECRET", "fleetline/test/core/token"),
            Map.entry("THINGSPACE_CORE_URL", "http://127.0.0.1:9/core"),
            Map.entry("CARRIER_TIMEOUT", "PT10S"),
            Map.entry("ACCOUNT", "0999000001-00001"),
            Map.entry("CARRIER", "core"),
            Map.entry("CLAIMS_TABLE", "claims"),
            Map.entry("ICCID_ISSUERS", "891480"),
            Map.entry("LINE_ACTIONS_PER_DAY", "5"));

    private final RecordingSqs sqs = new RecordingSqs();
    private final ScriptedCarrier carrier = new ScriptedCarrier();
    private final Desk desk = new Desk(carrier);

    @Test
    void the_function_starts_with_the_settings_of_its_deployment() {
        assertThat(answer(new DeviceOnboardingHandler(surroundings(SETTINGS)), "{\"Records\":[]}"))
                .isEqualTo("{\"batchItemFailures\":[]}");
    }

    @Test
    void the_function_does_not_start_without_a_setting() {
        Map<String, String> without = new HashMap<>(SETTINGS);
        without.remove("DEVICES_TABLE");

        assertThatThrownBy(() -> new DeviceOnboardingHandler(surroundings(without)))
                .hasRootCauseInstanceOf(BadSetting.class)
                .hasStackTraceContaining("DEVICES_TABLE");
    }

    @Test
    void one_bad_message_is_buried_with_its_reason_and_the_rest_of_the_batch_is_done() {
        Imei other = Messages.imei(2);
        String answer = answer(
                handler(),
                batch(
                        Messages.order(),
                        "not JSON",
                        Messages.order(
                                "order-2", other.digits(), Messages.iccid(2).digits())));

        assertThat(answer).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(desk.lifecycle(Messages.IMEI)).isInstanceOf(Activating.class);
        assertThat(desk.lifecycle(other)).isInstanceOf(Activating.class);
        assertThat(sqs.sent).singleElement().satisfies(dead -> {
            assertThat(dead.queueUrl()).isEqualTo("dead");
            assertThat(dead.messageBody()).isEqualTo("not JSON");
            assertThat(dead.messageAttributes()).hasEntrySatisfying("reason", reason -> assertThat(reason.stringValue())
                    .contains("not JSON"));
        });
    }

    @Test
    void an_order_that_waits_for_a_token_is_handed_back_for_a_quarter_of_an_hour() {
        carrier.answersNext(Call.FIND, new TokenRefused<>(TurningTokens.secret(TokenRealm.CORE), "v1"));

        assertThat(answer(handler(), batch(Messages.order())))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"message-0\"}]}");
        assertThat(sqs.handedBack).singleElement().satisfies(back -> assertThat(back.visibilityTimeout())
                .isEqualTo(900));
    }

    private DeviceOnboardingHandler handler() {
        ApplicationContext wiring = ApplicationContext.builder()
                .deduceEnvironment(false)
                .banner(false)
                .singletons(
                        new QueueLoop(new SqsEdge(sqs, "orders", "dead")),
                        desk.takeOrders(),
                        DeviceOnboardingConfig.from(new Settings(SETTINGS, "device-onboarding")))
                .start();
        return new DeviceOnboardingHandler(wiring);
    }

    private static Surroundings surroundings(Map<String, String> environment) {
        return new Surroundings(environment, MovableClock.at("2026-03-02T15:00:00Z"), waiting -> {}, new Random(1));
    }

    private static String batch(String... bodies) {
        ObjectNode event = EdgeJson.JSON.createObjectNode();
        ArrayNode records = event.putArray("Records");
        for (String body : bodies) {
            records.addObject()
                    .put("messageId", "message-" + (records.size() - 1))
                    .put("receiptHandle", "receipt")
                    .put("body", body)
                    .put("eventSource", "aws:sqs");
        }
        return event.toString();
    }

    private static String answer(DeviceOnboardingHandler handler, String event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            handler.handleRequest(
                    new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                    out,
                    Invocation.withLeft(120_000));
        } catch (IOException e) {
            throw new AssertionError("the handler could not read or write", e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}

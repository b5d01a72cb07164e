package dev.fleetline.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fleetline.callback.Deliveries;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Delivery.Status;
import dev.fleetline.device.Consequences;
import dev.fleetline.lambda.AwsAccess;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.testing.InMemoryCallbackInbox;
import dev.fleetline.testing.InMemoryDeviceRegistry;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.SampleFleet;
import dev.fleetline.testing.aws.LoopbackAws;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** A deployed Fleetline's deliveries, with a Lambda on loopback that answers what the test says. */
class StackCallbackDeskIT {

    private static final Instant AT = Instant.parse("2026-03-02T15:00:00Z");

    private final InMemoryStore store = new InMemoryStore();
    private final InMemoryCallbackInbox inbox = new InMemoryCallbackInbox(store);
    private final InMemoryDeviceRegistry devices = new InMemoryDeviceRegistry(store);
    private final List<String> invoked = new ArrayList<>();
    private String answer = "{}";
    private boolean fails;
    private HttpServer server;
    private StackCallbackDesk desk;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::invoke);
        server.start();
        var surroundings = new Surroundings(
                Map.of(
                        "AWS_REGION",
                        LoopbackAws.REGION,
                        "AWS_ACCESS_KEY_ID",
                        "loopback",
                        "AWS_SECRET_ACCESS_KEY",
                        "loopback",
                        "AWS_ENDPOINT_URL_LAMBDA",
                        "http://127.0.0.1:" + server.getAddress().getPort()),
                InstantSource.fixed(AT),
                _ -> {},
                new Random(7));
        LambdaClient lambda =
                new AwsAccess(surroundings).client(LambdaClient.builder(), "LAMBDA", Duration.ofMinutes(11));
        desk = new StackCallbackDesk(
                new DeployedFunction("fleetline-dev-callback-replay:live", lambda), inbox, devices, () -> {});
    }

    @AfterEach
    void stop() {
        desk.close();
        server.stop(0);
    }

    @Test
    void deliveries_are_read_from_the_table_and_name_their_device() {
        devices.save(SampleFleet.inService(1), Consequences.NONE);
        Delivery known = delivery("known", "uid#" + SampleFleet.uid(1).value());
        Delivery aside = delivery("aside", "uid#" + SampleFleet.uid(2).value())
                .in(new Status.Quarantined("UNKNOWN_DEVICE", "nobody's"));
        inbox.put(known);
        inbox.put(aside);

        assertThat(desk.lines(new Wanted(Optional.empty(), Optional.of(AT), Optional.empty(), Optional.empty())))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line.path("imei").asText())
                        .isEqualTo(SampleFleet.imei(1).digits()));
        assertThat(desk.lines(new Wanted(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("UNKNOWN_DEVICE"))))
                .singleElement()
                .satisfies(line -> assertThat(line.path("deliveryId").asText()).isEqualTo("aside"));
        assertThat(desk.whole("known").orElseThrow().at("/payload/note").asText())
                .isEqualTo("x");
        assertThat(desk.whole("nothing")).isEmpty();
    }

    @Test
    void deliveries_of_one_device_are_found_under_each_of_its_ids_without_a_look_at_the_others() {
        devices.save(SampleFleet.inService(1), Consequences.NONE);
        inbox.put(delivery("by-uid", "uid#" + SampleFleet.uid(1).value()));
        inbox.put(delivery("by-imei", "imei#" + SampleFleet.imei(1).digits()));
        inbox.put(delivery("by-iccid", "iccid#" + SampleFleet.iccid(1).digits()));
        inbox.put(delivery("another-s", "uid#" + SampleFleet.uid(2).value()));

        for (String name : List.of(
                SampleFleet.imei(1).digits(),
                SampleFleet.iccid(1).digits(),
                SampleFleet.uid(1).value())) {
            assertThat(desk.lines(new Wanted(Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty())))
                    .extracting(line -> line.path("deliveryId").asText())
                    .containsExactlyInAnyOrder("by-uid", "by-imei", "by-iccid");
        }
    }

    @Test
    void the_deployed_function_plays_again_and_its_reply_is_handed_on() throws IOException {
        answer = "{\"outcome\":\"done\",\"played\":3}";
        JsonNode task = EdgeJson.JSON.readTree("{\"task\":\"reason\",\"reason\":\"UNKNOWN_DEVICE\"}");

        assertThat(desk.replay(task)).hasToString(answer);
        assertThat(invoked)
                .containsExactly("/2015-03-31/functions/fleetline-dev-callback-replay%3Alive/invocations " + task);
    }

    @Test
    void what_the_function_complains_of_is_said_in_its_words() {
        fails = true;
        answer = "{\"errorMessage\":\"startAfter is not what an earlier page ended with\"}";

        assertThatThrownBy(() -> desk.replay(EdgeJson.JSON.createObjectNode()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("startAfter is not what an earlier page ended with");
    }

    private static Delivery delivery(String id, String device) {
        Delivery made = Deliveries.streamed("{\"kind\":\"ts.event\",\"note\":\"x\"}", AT);
        return new Delivery(
                new Delivery.DeliveryId(device, Optional.of(AT), id),
                made.source(),
                made.kind(),
                AT,
                made.payload(),
                made.status());
    }

    private void invoke(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            invoked.add(exchange.getRequestURI().getRawPath() + " " + body);
            if (fails) {
                exchange.getResponseHeaders().set("X-Amz-Function-Error", "Unhandled");
            }
            byte[] bytes = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}

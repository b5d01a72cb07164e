package dev.fleetline.onboardingreconciler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.carrier.CarrierGateway.LineState;
import dev.fleetline.device.Device;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.testing.Invocation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnboardingReconcilerHandlerTest {

    private final Desk desk = new Desk();

    @Test
    void those_that_wait_are_looked_after_and_the_reply_counts() throws IOException {
        Device device = desk.accepted(1, "core");
        desk.accepted(2, "m2m");
        desk.carrier("core").becomesReady(device.imei());
        desk.clock.forward(Duration.ofMinutes(10));

        JsonNode reply = answer("{\"task\":\"waiting\"}", 60_000);

        assertThat(reply)
                .isEqualTo(EdgeJson.JSON.readTree("{\"task\":\"waiting\",\"outcome\":\"done\",\"looked\":2,\"moved\":1,"
                        + "\"told\":1,\"left\":0,\"skipped\":0}"));
    }

    @Test
    void a_run_without_time_says_so_and_harms_nobody() throws IOException {
        Device device = desk.accepted(1, "core");
        desk.clock.forward(Duration.ofMinutes(10));

        assertThat(answer("{\"task\":\"waiting\"}", 9_999).path("outcome").asText())
                .isEqualTo("stopped");

        assertThat(desk.device(device.imei())).isEqualTo(device);
    }

    @Test
    void the_nightly_pass_goes_on_with_its_own_reply() throws IOException {
        Device last = desk.inService(1, "m2m");
        for (int number = 2; number <= 101; number++) {
            last = desk.inService(number, "m2m");
        }
        desk.carrier("m2m").becomes(last.imei(), LineState.DEACTIVATED);
        desk.clock.forward(Duration.ofDays(1));

        JsonNode first = answer("{\"task\":\"drift\",\"byHand\":\"LOOK\"}", 9_999);
        assertThat(first.path("outcome").asText()).isEqualTo("stopped");
        assertThat(first.path("looked").asInt()).isEqualTo(100);
        String input = EdgeJson.JSON
                .createObjectNode()
                .put("task", "drift")
                .put("byHand", "LOOK")
                .put("startAfter", first.path("startAfter").asText())
                .toString();
        JsonNode second = answer(input, 60_000);

        assertThat(second.path("outcome").asText()).isEqualTo("done");
        assertThat(second.path("looked").asInt()).isEqualTo(1);
        assertThat(second.has("startAfter")).isFalse();
        assertThat(desk.lifecycle(last)).isInstanceOf(Lifecycle.Deactivated.class);
    }

    @Test
    void a_night_that_does_not_get_through_fails_so_that_somebody_hears_of_it() throws IOException {
        for (int number = 1; number <= 101; number++) {
            Device device = desk.inService(number, "m2m");
            desk.carrier("m2m").becomes(device.imei(), LineState.DEACTIVATED);
        }
        desk.clock.forward(Duration.ofDays(1));

        assertThatThrownBy(() -> answer("{\"task\":\"drift\"}", 9_999))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ran out of time");
        assertThatThrownBy(() -> answer("{\"task\":\"drift\"}", 60_000))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("101 of 101 devices");
        JsonNode reply = answer("{\"task\":\"drift\",\"byHand\":\"LOOK\"}", 60_000);
        assertThat(reply.path("outcome").asText()).isEqualTo("disbelieved");
        assertThat(reply.path("fault").asText()).contains("101 of 101");
        assertThat(answer("{\"task\":\"drift\",\"byHand\":\"BELIEVE\"}", 60_000)
                        .path("moved")
                        .asInt())
                .isEqualTo(101);
    }

    @Test
    void what_a_person_decides_is_answered_with_how_the_order_stands() throws IOException {
        Device device = desk.accepted(1, "m2m");
        desk.stored(device.in(new Lifecycle.Stuck(desk.now())));
        String imei = device.imei().digits();

        assertThat(answer("{\"task\":\"orders\",\"state\":\"STUCK\"}", 60_000)
                        .at("/orders/0/imei")
                        .asText())
                .isEqualTo(imei);
        assertThat(answer("{\"task\":\"order\",\"imei\":\"" + imei + "\"}", 60_000)
                        .at("/order/requestId")
                        .asText())
                .isEqualTo(device.progress().requestId().orElseThrow());
        JsonNode released = answer(
                "{\"task\":\"release\",\"imei\":\"" + imei + "\",\"by\":\"ana\",\"why\":\"it is dead\"}", 60_000);

        assertThat(released.path("outcome").asText()).isEqualTo("done");
        assertThat(released.at("/order/state").asText()).isEqualTo("REGISTERED");
        assertThat(released.has("reason")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                        | task",
                "{\"task\":\"polish\"}                     | polish",
                "{\"task\":\"drift\",\"startAfter\":\"12\"} | not an IMEI",
                "{\"task\":\"order\"}                      | not an IMEI",
                "{\"task\":\"orders\",\"limit\":501}       | limit must be from 1 to 500",
                "{\"task\":\"orders\",\"state\":\"parked\"} | state must be the name of a state",
                "{\"task\":\"release\",\"imei\":\"999999000000014\",\"why\":\"x\"}               | the task needs by",
                "{\"task\":\"retire\",\"imei\":\"999999000000014\",\"by\":\"ana\",\"why\":\" \"} | the task needs why"
            })
    void what_cannot_be_meant_is_refused_with_the_rule(String event, String rule) {
        assertThatThrownBy(() -> answer(event, 60_000))
                .isInstanceOf(JsonMappingException.class)
                .hasMessageContaining(rule);
    }

    private JsonNode answer(String event, int millisLeft) throws IOException {
        var handler = new OnboardingReconcilerHandler(desk.reconcileWaiting, desk.findDrift, desk.serveByHand);
        var reply = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), reply, Invocation.withLeft(millisLeft));
        return EdgeJson.JSON.readTree(reply.toByteArray());
    }
}

package dev.fleetline.healthsweep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.testing.Invocation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthSweepHandlerTest {

    private final Fleet fleet = new Fleet();

    /** What the state machine does with the replies, here by hand. */
    @Test
    void the_replies_are_what_the_state_machine_hands_on() throws IOException {
        for (int number = 1; number <= 9; number++) {
            fleet.has(number, Duration.ofHours(4));
        }
        fleet.clock.forward(Duration.ofHours(9));
        JsonNode plan =
                answer("{\"task\":\"plan\",\"at\":\"2026-03-03T00:00:00Z\",\"holder\":\"execution-1\"}", 2, 60_000);
        assertThat(plan.path("outcome").asText()).isEqualTo("claimed");
        int calls = 0;
        for (JsonNode segment : plan.path("segments")) {
            JsonNode next = step("rate", plan).put("segment", segment.asInt()).put("part", 0);
            while (!next.isMissingNode()) {
                next = answer(next.toString(), 2, 5_000).path("next");
                calls++;
            }
        }
        assertThat(calls).isGreaterThan(plan.path("segments").size());
        answer(step("platform", plan).toString(), 2, 60_000);
        JsonNode asked = answer(step("verify", plan).toString(), 2, 60_000);
        assertThat(asked.at("/verified/lost").asInt()).isEqualTo(9);
        JsonNode next = step("conclude", plan).put("from", 0).put("part", 0);
        JsonNode concluded = next;
        while (!next.isMissingNode()) {
            concluded = answer(next.toString(), 2, 5_000);
            next = concluded.path("next");
        }

        assertThat(concluded.path("outcome").asText()).isEqualTo("done");
        assertThat(concluded.at("/counts/coverage/judged").asInt()).isEqualTo(9);
        assertThat(concluded.at("/counts/alerts/raised").asInt()).isEqualTo(9);
        assertThat(fleet.bus.published("HealthSweepCompleted")).hasSize(1);
    }

    @Test
    void a_pass_that_stopped_goes_on_with_what_its_reply_has_as_next() throws IOException {
        for (int number = 1; number <= 9; number++) {
            fleet.has(number, Duration.ofHours(4));
        }
        JsonNode reply = answer("{\"task\":\"sweep\"}", 1, 5_000);
        for (int times = 0; reply.path("outcome").asText().equals("stopped"); times++) {
            assertThat(times).isLessThan(30);
            reply = answer(reply.path("next").toString(), 1, 5_000);
        }

        assertThat(reply.path("outcome").asText()).isEqualTo("done");
        assertThat(reply.at("/counts/coverage/judged").asInt()).isEqualTo(9);
        assertThat(fleet.bus.published("HealthSweepCompleted")).hasSize(1);
    }

    @Test
    void the_schedules_second_tick_is_told_that_all_is_done() throws IOException {
        answer("{\"task\":\"overdue\"}", 25, 60_000);

        assertThat(answer("{\"task\":\"overdue\"}", 25, 60_000).path("outcome").asText())
                .isEqualTo("already done");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                          | task",
                "{\"task\":\"polish\"}                       | polish",
                "{\"task\":\"plan\"}                         | holder",
                "{\"task\":\"verify\",\"of\":1}              | pass",
                "{\"task\":\"rate\",\"pass\":P,\"segment\":0} | of must be from 1 to",
                "{\"task\":\"rate\",\"pass\":P,\"segment\":4,\"of\":4} | segment counts from 0",
                "{\"task\":\"rate\",\"pass\":P,\"segment\":0,\"of\":4,\"startAfter\":\"12\"} | not an IMEI",
                "{\"task\":\"conclude\",\"pass\":P,\"of\":4,\"from\":-1} | from and part count from 0",
            })
    void what_cannot_be_meant_is_refused_with_the_rule(String event, String rule) {
        String pass = "{\"kind\":\"FLEET\",\"sweepId\":\"a\",\"startedAt\":\"2026-03-03T00:00:00Z\",\"holder\":\"b\"}";
        assertThatThrownBy(() -> answer(event.replace("P,", pass + ","), 25, 60_000))
                .isInstanceOf(JsonMappingException.class)
                .hasMessageContaining(rule);
    }

    @Test
    void a_pass_by_hand_is_named_with_plain_signs() {
        assertThatThrownBy(() -> answer("{\"task\":\"sweep\",\"sweepId\":\"a b\"}", 25, 60_000))
                .hasMessageContaining("sweepId has 1 to 100");
    }

    private static ObjectNode step(String task, JsonNode plan) {
        ObjectNode step = EdgeJson.JSON.createObjectNode().put("task", task);
        step.set("pass", plan.path("pass"));
        return step.put("of", plan.path("of").asInt());
    }

    private JsonNode answer(String event, int pageSize, int millisLeft) throws IOException {
        HealthSweepHandler handler = new HealthSweepHandler(fleet.runPass(pageSize));
        ByteArrayOutputStream reply = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), reply, Invocation.withLeft(millisLeft));
        return EdgeJson.JSON.readTree(reply.toByteArray());
    }
}

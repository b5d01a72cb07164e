package dev.fleetline.healthsweep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthSweepHandlerTest {

    private final Fleet fleet = new Fleet();

    @Test
    void a_segment_is_judged_and_the_reply_counts() throws IOException {
        fleet.has(1, Duration.ofHours(4));
        fleet.has(2, Duration.ofDays(4));
        fleet.clock.forward(Duration.ofHours(9));

        JsonNode reply = answer("{\"task\":\"rate\",\"segment\":0,\"of\":1}", 25, 60_000);

        assertThat(reply.get("outcome").asText()).isEqualTo("done");
        assertThat(reply.get("segment").asInt()).isZero();
        assertThat(reply.get("of").asInt()).isEqualTo(1);
        assertThat(reply.get("judged").asInt()).isEqualTo(2);
        assertThat(reply.get("skipped").asInt()).isZero();
        assertThat(reply.get("candidates").asInt()).isEqualTo(1);
        assertThat(reply.has("startAfter")).isFalse();
        assertThat(reply.has("soFar")).isFalse();
    }

    @Test
    void a_segment_without_time_says_where_to_go_on_and_goes_on_from_there() throws IOException {
        fleet.has(1, Duration.ofHours(4));
        fleet.has(2, Duration.ofHours(4));

        JsonNode first = answer("{\"task\":\"rate\",\"segment\":0,\"of\":1}", 1, 9_999);
        assertThat(first.get("outcome").asText()).isEqualTo("stopped");
        assertThat(first.get("judged").asInt()).isEqualTo(1);
        assertThat(first.get("startAfter").asText()).isEqualTo(Fleet.imei(1).digits());

        JsonNode second = answer(
                "{\"task\":\"rate\",\"segment\":0,\"of\":1,\"startAfter\":\""
                        + first.get("startAfter").asText() + "\"}",
                1,
                9_999);
        assertThat(second.get("judged").asInt()).isEqualTo(1);
        assertThat(second.has("startAfter")).isFalse();
    }

    @Test
    void a_pass_that_stopped_goes_on_with_its_own_reply() throws IOException {
        for (int number = 1; number <= 9; number++) {
            fleet.has(number, Duration.ofHours(4));
        }
        JsonNode reply = answer("{\"task\":\"sweep\"}", 1, 5_000);
        for (int times = 0; reply.get("outcome").asText().equals("stopped"); times++) {
            assertThat(times).isLessThan(20);
            reply = answer(((ObjectNode) reply).put("task", "sweep").toString(), 1, 5_000);
        }

        assertThat(reply.get("outcome").asText()).isEqualTo("done");
        assertThat(reply.get("judged").asInt()).isEqualTo(9);
        assertThat(fleet.bus.published("HealthSweepCompleted")).hasSize(1);
    }

    @Test
    void the_schedules_second_tick_is_told_that_all_is_done() throws IOException {
        answer("{\"task\":\"sweep\"}", 25, 60_000);

        assertThat(answer("{\"task\":\"sweep\"}", 25, 60_000).get("outcome").asText())
                .isEqualTo("already done");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                                | task",
                "{\"task\":\"verify\"}                                             | verify",
                "{\"task\":\"rate\",\"segment\":0}                                 | of must be from 1 to",
                "{\"task\":\"rate\",\"segment\":4,\"of\":4}                        | segment counts from 0",
                "{\"task\":\"rate\",\"segment\":0,\"of\":4,\"startAfter\":\"12\"}  | not an IMEI",
                "{\"task\":\"sweep\",\"segment\":1}                                | must name its sweepId",
                "{\"task\":\"sweep\",\"sweepId\":\"a b\"}                          | sweepId has 1 to 100",
            })
    void what_cannot_be_meant_is_refused_with_the_rule(String event, String rule) {
        assertThatThrownBy(() -> answer(event, 25, 60_000))
                .isInstanceOf(JsonMappingException.class)
                .hasMessageContaining(rule);
    }

    private JsonNode answer(String event, int pageSize, int millisLeft) throws IOException {
        HealthSweepHandler handler =
                new HealthSweepHandler(fleet.sweepFleet(pageSize), fleet.rateSegment(pageSize), fleet.clock);
        ByteArrayOutputStream reply = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), reply, Invocation.withLeft(millisLeft));
        return EdgeJson.JSON.readTree(reply.toByteArray());
    }
}

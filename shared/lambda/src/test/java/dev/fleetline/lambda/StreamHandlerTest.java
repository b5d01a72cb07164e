package dev.fleetline.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class StreamHandlerTest {

    private final Greeter greeter = new Greeter();

    @Test
    void reads_the_event_passes_over_what_it_does_not_know_and_writes_the_reply() throws IOException {
        assertThat(answer("{\"name\":\"tracker\",\"more\":{\"never\":[\"heard\"]}}"))
                .isEqualTo("{\"greeting\":\"hello tracker\",\"at\":\"2026-03-02T15:00:00Z\"}");
    }

    @Test
    void what_is_left_out_is_empty_and_what_is_empty_is_left_out() throws IOException {
        assertThat(answer("{}")).isEqualTo("{\"at\":\"2026-03-02T15:00:00Z\"}");
    }

    @Test
    void the_work_is_done_in_a_logging_context_that_is_gone_afterwards() throws IOException {
        answer("{}");

        assertThat(greeter.context).isEqualTo(Map.of("function", "greeter", "requestId", "request-1"));
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    void the_logging_context_is_gone_after_a_failure_too() {
        assertThatThrownBy(() -> answer("{\"name\":\"nobody\"}")).isInstanceOf(IllegalStateException.class);

        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    void what_is_not_json_reaches_lambda_as_a_failure() {
        assertThatThrownBy(() -> answer("nonsense")).isInstanceOf(JsonProcessingException.class);
    }

    private String answer(String event) throws IOException {
        ByteArrayOutputStream reply = new ByteArrayOutputStream();
        greeter.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), reply, new Invocation("request-1"));
        return reply.toString(UTF_8);
    }

    record Event(Optional<String> name) {}

    record Reply(Optional<String> greeting, Instant at) {}

    private static final class Greeter extends StreamHandler<Event, Reply> {
        private final Map<String, String> context = new HashMap<>();

        Greeter() {
            super("greeter", Event.class);
        }

        @Override
        protected Reply handle(Event event, Context lambda) {
            context.putAll(MDC.getCopyOfContextMap());
            if (event.name().equals(Optional.of("nobody"))) {
                throw new IllegalStateException("there is nobody");
            }
            return new Reply(event.name().map(name -> "hello " + name), Instant.parse("2026-03-02T15:00:00Z"));
        }
    }
}

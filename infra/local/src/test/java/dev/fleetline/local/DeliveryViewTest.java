package dev.fleetline.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.callback.Deliveries;
import dev.fleetline.testing.InMemoryDeviceRegistry;
import dev.fleetline.testing.InMemoryStore;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryViewTest {

    private final DeliveryView view = new DeliveryView(new InMemoryDeviceRegistry(new InMemoryStore()));

    @Test
    void a_message_is_shown_as_what_it_is() {
        assertThat(payload("{\"kind\":\"ts.event\"}").path("kind").textValue()).isEqualTo("ts.event");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":2}", "{\"a\":1} {}", "{\"a\":", "nonsense"})
    void what_is_no_message_is_shown_as_it_is_written(String text) {
        assertThat(payload(text).textValue()).isEqualTo(text);
    }

    private JsonNode payload(String text) {
        return view.whole(Deliveries.streamed(text, Instant.parse("2026-03-02T16:06:00Z")))
                .path("payload");
    }
}

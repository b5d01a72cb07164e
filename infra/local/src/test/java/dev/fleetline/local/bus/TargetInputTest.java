package dev.fleetline.local.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.lambda.EdgeJson;
import org.junit.jupiter.api.Test;

class TargetInputTest {

    private static final String EVENT = """
            {"detail-type":"TokenRejected","detail":{"realm":"core","eventId":"e-1","count":3,"quote":"say \\"so\\""}}
            """;

    @Test
    void an_object_outside_of_quotes_goes_in_as_json() throws JsonProcessingException {
        assertThat(transformed("$.detail", "{\"task\":\"rejected\",\"event\":<event>}"))
                .isEqualTo(
                        json("{\"task\":\"rejected\",\"event\":" + json(EVENT).path("detail") + "}"));
    }

    @Test
    void a_text_outside_of_quotes_gets_its_own() throws JsonProcessingException {
        assertThat(transformed("$.detail.realm", "{\"realm\":<event>}")).isEqualTo(json("{\"realm\":\"core\"}"));
    }

    @Test
    void a_text_inside_of_quotes_goes_in_as_it_is() throws JsonProcessingException {
        assertThat(transformed("$.detail.quote", "{\"said\":\"they <event>\"}"))
                .isEqualTo(json("{\"said\":\"they say \\\"so\\\"\"}"));
    }

    @Test
    void a_number_inside_of_quotes_goes_in_as_it_is() throws JsonProcessingException {
        assertThat(transformed("$.detail.count", "{\"said\":\"<event> times\"}"))
                .isEqualTo(json("{\"said\":\"3 times\"}"));
    }

    @Test
    void a_target_that_says_nothing_gets_the_whole_event() throws JsonProcessingException {
        assertThat(TargetInput.declaredBy(json("{}")).of(json(EVENT)))
                .isEqualTo(json(EVENT).toString());
    }

    @Test
    void a_target_with_a_path_gets_that_part() throws JsonProcessingException {
        assertThat(TargetInput.declaredBy(json("{\"InputPath\":\"$.detail.eventId\"}"))
                        .of(json(EVENT)))
                .isEqualTo("\"e-1\"");
    }

    @Test
    void a_path_that_is_more_than_names_is_refused() throws JsonProcessingException {
        JsonNode declared = json("{\"InputPath\":\"$.detail[0]\"}");
        assertThatThrownBy(() -> TargetInput.declaredBy(declared)).hasMessageContaining("made of names alone");
    }

    private static JsonNode transformed(String path, String template) throws JsonProcessingException {
        JsonNode declared = EdgeJson.JSON
                .createObjectNode()
                .set(
                        "InputTransformer",
                        EdgeJson.JSON
                                .createObjectNode()
                                .put("InputTemplate", template)
                                .set(
                                        "InputPathsMap",
                                        EdgeJson.JSON.createObjectNode().put("event", path)));
        return json(TargetInput.declaredBy(declared).of(json(EVENT)));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return EdgeJson.JSON.readTree(text);
    }
}

package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.fleetline.lambda.EdgeJson;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every sample of a function's input, and with them every input that a schedule or a rule sends, is one it reads; but one
 * named {@code refused-…} must fail the invocation.
 */
class SamplesTest {

    private static final String REFUSED = "refused-";
    private static final Pattern ANSWERED = Pattern.compile("^(\\S+\\.json):$", Pattern.MULTILINE);

    static Stream<String> functions() {
        return ProjectTree.functions().stream();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void a_function_reads_every_sample_of_its_input(String module) throws Exception {
        Class<?> input = inputOf(module);
        List<Path> samples = ProjectTree.files(ProjectTree.path("events/samples/" + module), ".json");

        assertThat(samples).isNotEmpty();
        for (Path sample : samples) {
            if (ProjectTree.name(sample).startsWith(REFUSED)) {
                assertThatExceptionOfType(JsonMappingException.class)
                        .as(ProjectTree.name(sample))
                        .isThrownBy(() -> read(sample, input));
            } else {
                assertThat(read(sample, input)).as(ProjectTree.name(sample)).isInstanceOf(input);
            }
        }
    }

    /** What infra/local/sam-smoke compares with; it says the same, but only where there is Docker. */
    @ParameterizedTest
    @MethodSource("functions")
    void every_sample_has_an_expected_answer_and_every_answer_its_sample(String module) {
        Path folder = ProjectTree.path("events/samples/" + module);
        List<String> expected = ANSWERED.matcher(ProjectTree.text(folder.resolve("answers.yaml")))
                .results()
                .map(result -> result.group(1))
                .toList();

        assertThat(expected)
                .containsExactlyElementsOf(ProjectTree.files(folder, ".json").stream()
                        .map(ProjectTree::name)
                        .toList());
    }

    @Test
    void a_task_that_nobody_knows_is_refused() throws Exception {
        Class<?> input = inputOf("token-refresh");

        assertThatExceptionOfType(JsonMappingException.class)
                .isThrownBy(() -> EdgeJson.JSON.readValue("{\"task\":\"polish\"}", input));
    }

    private static Object read(Path sample, Class<?> input) throws JsonProcessingException {
        return EdgeJson.JSON.readValue(ProjectTree.text(sample), input);
    }

    /** What its handler says it takes. */
    private static Class<?> inputOf(String module) throws ClassNotFoundException {
        Class<?> handler =
                Class.forName(ProjectTree.packageOf(module) + "." + ProjectTree.logicalId(module) + "Handler");
        var base = (ParameterizedType) handler.getGenericSuperclass();
        return (Class<?>) base.getActualTypeArguments()[0];
    }
}

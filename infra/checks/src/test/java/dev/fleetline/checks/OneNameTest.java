package dev.fleetline.checks;

import static java.lang.reflect.Modifier.isFinal;
import static java.lang.reflect.Modifier.isPublic;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.lambda.StreamHandler;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.Template;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One name, everywhere: module, template, class, samples, README. */
class OneNameTest {

    private static final Template TEMPLATE = Template.read();

    static Stream<String> functions() {
        return ProjectTree.functions().stream();
    }

    @Test
    void the_template_deploys_every_function_and_no_other() {
        assertThat(TEMPLATE.resourcesOf("AWS::Serverless::Function"))
                .extracting(Resource::logicalId)
                .containsExactlyInAnyOrderElementsOf(
                        functions().map(ProjectTree::logicalId).toList());
    }

    @ParameterizedTest
    @MethodSource("functions")
    void the_template_names_the_functions_archive_class_and_log(String module) {
        String id = ProjectTree.logicalId(module);
        JsonNode properties = TEMPLATE.resource(id).properties();

        assertThat(properties.path("CodeUri").asText()).isEqualTo("functions/%s/target/%s.zip", module, module);
        assertThat(properties.path("Handler").asText()).isEqualTo(handler(module) + "::handleRequest");
        assertThat(properties.path("FunctionName").path("Fn::Sub").asText()).isEqualTo("fleetline-${Stage}-" + module);
        assertThat(TEMPLATE.resource(id + "Log")
                        .properties()
                        .path("LogGroupName")
                        .path("Fn::Sub")
                        .asText())
                .isEqualTo("/aws/lambda/fleetline-${Stage}-" + module);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void the_handler_can_be_started_by_lambda_and_by_the_local_runner(String module) throws Exception {
        Class<?> handler = Class.forName(handler(module));

        assertThat(handler).isAssignableTo(StreamHandler.class);
        assertThat(isFinal(handler.getModifiers()) && isPublic(handler.getModifiers()))
                .as("public and final")
                .isTrue();
        assertThat(isPublic(handler.getConstructor().getModifiers())).isTrue();
        assertThat(isPublic(handler.getConstructor(Surroundings.class).getModifiers()))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void the_function_has_samples_and_says_what_it_is(String module) {
        assertThat(ProjectTree.files(ProjectTree.path("events/samples/" + module), ".json"))
                .isNotEmpty();
        assertThat(ProjectTree.path("functions/" + module + "/README.md")).isNotEmptyFile();
    }

    @Test
    void every_folder_of_samples_is_of_a_function_or_of_the_bus() {
        assertThat(ProjectTree.list(ProjectTree.path("events/samples")))
                .extracting(ProjectTree::name)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(functions(), Stream.of("bus")).toList());
    }

    @Test
    void the_readmes_table_has_a_row_for_every_function_and_no_other() {
        List<String> rows = ProjectTree.text(ProjectTree.path("README.md"))
                .lines()
                .filter(line -> line.startsWith("| [") && line.contains("](functions/"))
                .map(line -> line.substring(line.indexOf('[') + 1, line.indexOf(']')))
                .toList();

        assertThat(rows).containsExactlyInAnyOrderElementsOf(functions().toList());
    }

    @Test
    void whatever_the_readme_links_to_is_there() {
        var link = Pattern.compile("]\\(([^)#:]+)\\)");
        List<Path> missing = link.matcher(ProjectTree.text(ProjectTree.path("README.md")))
                .results()
                .map(match -> ProjectTree.path(match.group(1)))
                .filter(path -> !path.toFile().exists())
                .toList();

        assertThat(missing).isEmpty();
    }

    private static String handler(String module) {
        return ProjectTree.packageOf(module) + "." + ProjectTree.logicalId(module) + "Handler";
    }
}

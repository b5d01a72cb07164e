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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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

    @ParameterizedTest
    @MethodSource("functions")
    void the_readmes_row_says_what_wakes_the_function_as_the_template_has_it(String module) {
        assertThat(row(module).get(1).split(", ", -1)).containsExactlyInAnyOrderElementsOf(wokenBy(module));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void the_readmes_row_has_the_alarms_that_the_template_makes(String module) {
        Deployed deployed = Deployed.of(TEMPLATE, Map.of("StreamSilentHours", "25"));
        String prefix = "fleetline-dev-" + module + "-";
        List<String> alarms =
                deployed.alarms(Template.parse(ProjectTree.text(ProjectTree.path("infra/alarms.yaml")))).stream()
                        .map(Deployed.Alarm::name)
                        .filter(name -> name.startsWith(prefix))
                        .map(name -> name.substring(prefix.length()).replace('-', ' '))
                        .map(kind -> kind.equals("stream silent") ? "silence" : kind)
                        .toList();

        assertThat(row(module).get(4).split(", ", -1)).containsExactlyInAnyOrderElementsOf(alarms);
    }

    private static List<String> row(String module) {
        return Pages.rows(ProjectTree.text(ProjectTree.path("README.md"))).stream()
                .filter(row -> row.getFirst().startsWith("[" + module + "](functions/"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("README.md has no row of " + module));
    }

    /** In the words of the README. */
    private static Set<String> wokenBy(String module) {
        String id = ProjectTree.logicalId(module);
        BusRules rules = BusRules.of(TEMPLATE);
        var woken = new TreeSet<String>();
        if (rules.schedules().stream().anyMatch(schedule -> schedule.function().equals(id))) {
            woken.add("schedule");
        }
        woken.addAll(detailTypes(rules, id));
        rules.mappings().stream()
                .filter(mapping -> mapping.function().equals(id))
                .map(mapping -> mapping.declared()
                        .path(mapping.type().equals("SQS") ? "Queue" : "Stream")
                        .path("Fn::GetAtt")
                        .path(0)
                        .asText())
                .map(source -> TEMPLATE.resource(source).type().equals("AWS::SQS::Queue")
                        ? "queue of " + String.join(" and ", detailTypes(rules, source))
                        : "stream of the " + source.toLowerCase(Locale.ROOT) + " table")
                .forEach(woken::add);
        if (TEMPLATE.resourcesOf("AWS::Serverless::StateMachine").stream()
                .anyMatch(machine -> StateMachineFaults.called(machine).contains(id))) {
            woken.add("state machine");
        }
        // by its name and not by its resource: see the integration's own comment
        if (TEMPLATE.resourcesOf("AWS::ApiGatewayV2::Integration").toString().contains("-" + module + ":live")) {
            woken.add("HTTP API");
        }
        if (TEMPLATE.resourcesOf(RotationFaults.SCHEDULE).stream()
                .anyMatch(schedule -> RotationFaults.rotatedBy(schedule).equals(id))) {
            woken.add("Secrets Manager rotation");
        }
        return woken;
    }

    /** Of the events that rules hand to it. */
    private static List<String> detailTypes(BusRules rules, String id) {
        return rules.rules().stream()
                .filter(rule -> rule.reached().contains(id))
                .flatMap(rule -> rule.pattern().path("detail-type").valueStream())
                .map(type -> "`" + type.asText() + "`")
                .toList();
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

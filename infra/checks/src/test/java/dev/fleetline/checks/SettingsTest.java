package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.testing.template.Template;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting that a function reads stands in the template, and the template sets none that nobody reads. */
class SettingsTest {

    private static final Template TEMPLATE = Template.read();
    private static final Pattern READ = Pattern.compile(
            "\\.\\s*(?:text|optional|list|number|decimal|duration|address|flag)\\(\\s*\"([A-Z][A-Z0-9_]*)\"");

    static Stream<String> functions() {
        return ProjectTree.functions().stream();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void a_function_reads_what_the_template_sets_and_nothing_else(String module) {
        var read = new TreeSet<String>();
        ProjectTree.files(sources(module), "Config.java")
                .forEach(config -> read.addAll(read(ProjectTree.text(config))));

        assertThat(read).isNotEmpty().isEqualTo(set(module));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void nothing_but_the_config_record_reads_settings(String module) {
        assertThat(ProjectTree.files(sources(module), ".java"))
                .isNotEmpty()
                .filteredOn(file -> !ProjectTree.name(file).endsWith("Config.java"))
                .allSatisfy(file -> assertThat(read(ProjectTree.text(file)))
                        .as(ProjectTree.name(file))
                        .isEmpty());
    }

    @Test
    void a_read_is_found_however_it_is_wrapped() {
        assertThat(read("""
                        settings.text("A_TABLE"),
                        settings
                                .duration(
                                        "B_TIME", least, most),
                        settings.number("C", 1, 2); message.text("not a setting")
                        """)).containsExactly("A_TABLE", "B_TIME", "C");
    }

    @Test
    void every_parameter_says_what_it_is_and_what_it_may_be() {
        assertThat(TEMPLATE.parameters().properties()).isNotEmpty().allSatisfy(parameter -> {
            JsonNode declared = parameter.getValue();
            assertThat(declared.path("Description").asText())
                    .as(parameter.getKey())
                    .isNotBlank();
            boolean bounded = declared.has("AllowedPattern")
                    || declared.has("AllowedValues")
                    || (declared.has("MinValue") && declared.has("MaxValue"));
            assertThat(bounded).as("%s has a bound", parameter.getKey()).isTrue();
        });
    }

    @Test
    void every_parameter_is_used() {
        // the whole text: a parameter may decide in a condition alone what there is
        String template = ProjectTree.text(ProjectTree.path("template.yaml"));

        assertThat(TEMPLATE.parameters().properties())
                .extracting(Map.Entry::getKey)
                .allSatisfy(name -> assertThat(Pattern.compile("!Ref " + name + "\\b|\\$\\{" + name + "}")
                                .matcher(template)
                                .find())
                        .as(name)
                        .isTrue());
    }

    private static Path sources(String module) {
        return ProjectTree.path("functions/" + module + "/src/main/java");
    }

    private static Set<String> read(String source) {
        var names = new TreeSet<String>();
        READ.matcher(source).results().forEach(match -> names.add(match.group(1)));
        return names;
    }

    private static Set<String> set(String module) {
        var names = new TreeSet<String>();
        TEMPLATE.effectiveProperties(TEMPLATE.resource(ProjectTree.logicalId(module)))
                .path("Environment")
                .path("Variables")
                .fieldNames()
                .forEachRemaining(names::add);
        return names;
    }
}

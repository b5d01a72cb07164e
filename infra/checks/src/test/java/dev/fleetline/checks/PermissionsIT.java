package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.testing.calls.RecordedCall;
import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each permission of the template is there because a call needs it, and each call has its permission. */
class PermissionsIT {

    private static final Template TEMPLATE = Template.read();

    private final Map<String, Set<RecordedCall>> recorded = CalledRights.recorded();

    @Test
    void every_function_may_do_what_it_was_seen_to_do_and_nothing_else() throws IOException {
        Files.writeString(ProjectTree.path("infra/checks/target/permissions.md"), table());

        assertThat(PermissionFaults.of(TEMPLATE, recorded)).isEmpty();
    }

    @Test
    void every_call_that_was_recorded_is_of_a_function_of_the_template() {
        assertThat(recorded.keySet()).isSubsetOf(ProjectTree.functions());
    }

    /** For people: what there is, what is in use, and what SAM adds. */
    private String table() throws IOException {
        var lines = new ArrayList<>(List.of(
                "| function | handler | memory (MB) | archive (MB) | used | granted | added by SAM |",
                "|---|---|---|---|---|---|---|"));
        var details = new ArrayList<String>();
        for (Resource function : TEMPLATE.resourcesOf("AWS::Serverless::Function")) {
            String module = PermissionFaults.module(function);
            var properties = TEMPLATE.effectiveProperties(function);
            var allowed = TemplateRights.of(TEMPLATE, function);
            var called = CalledRights.of(TEMPLATE, function.logicalId(), recorded.getOrDefault(module, Set.of()));
            Path archive = ProjectTree.path(properties.path("CodeUri").asText());
            lines.add("| %s | `%s` | %d | %.1f | %d | %d | %d |"
                    .formatted(
                            module,
                            properties.path("Handler").asText(),
                            properties.path("MemorySize").asInt(),
                            Files.size(archive) / 1_048_576.0,
                            called.needed().size(),
                            allowed.granted().size(),
                            allowed.addedBySam().size()));
            details.add("\n## " + module + "\n");
            allowed.granted().forEach(right -> details.add("- " + right + mark(right, called)));
            allowed.addedBySam().forEach(right -> details.add("- " + right + " (added by SAM)"));
        }
        lines.addAll(details);
        return String.join("\n", lines) + "\n";
    }

    private static String mark(Right right, CalledRights called) {
        return called.needed().stream().anyMatch(right::allows) ? "" : " (never seen)";
    }
}

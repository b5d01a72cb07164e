package dev.fleetline.checks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.checks.BusRules.Mapping;
import dev.fleetline.checks.BusRules.Rule;
import dev.fleetline.local.bus.TargetInput;
import dev.fleetline.testing.template.Template;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.event.ruler.Ruler;

/**
 * Finds where a template's filters and inputs do not fit the samples of the functions. A sample of a stream's records
 * wakes its function, unless it is named {@code near-miss-…}; what a rule hands a function is one of its samples.
 */
final class RoutingFaults {

    private static final String NEAR_MISS = "near-miss-";

    private final Template template;
    private final List<String> faults = new ArrayList<>();

    private RoutingFaults(Template template) {
        this.template = template;
    }

    /** Each fault by its place; nothing when all is well. */
    static List<String> of(Template template) {
        var look = new RoutingFaults(template);
        BusRules declared = BusRules.of(template);
        declared.mappings().stream()
                .filter(mapping -> mapping.type().equals("DynamoDB"))
                .forEach(look::stream);
        declared.rules().forEach(rule -> rule.targets().forEach(target -> look.target(rule, target)));
        return List.copyOf(look.faults);
    }

    /** As EventBridge matches it, and the filters of streams. */
    static boolean matches(JsonNode event, JsonNode pattern) {
        try {
            return Ruler.matchesRule(event.toString(), pattern.toString());
        } catch (Exception e) {
            throw new IllegalStateException("the pattern " + pattern + " cannot be matched", e);
        }
    }

    private void stream(Mapping mapping) {
        List<JsonNode> patterns = mapping.declared()
                .path("FilterCriteria")
                .path("Filters")
                .valueStream()
                .map(filter -> ProjectTree.parse(filter.path("Pattern").asText(), mapping.name()))
                .toList();
        String table = BusRules.logicalId(mapping.declared().path("Stream"));
        boolean wakes = false;
        boolean nearMiss = false;
        for (Path sample : samples(mapping.function())) {
            List<JsonNode> records = recordsOf(table, ProjectTree.json(sample));
            boolean near = ProjectTree.name(sample).startsWith(NEAR_MISS);
            wakes |= !near && !records.isEmpty();
            nearMiss |= near && !records.isEmpty();
            records.stream()
                    .filter(one -> patterns.stream().anyMatch(pattern -> matches(one, pattern)) == near)
                    .findFirst()
                    .ifPresent(_ -> faults.add(mapping.name()
                            + (near ? " is woken by " : " is not woken by ")
                            + ProjectTree.name(sample)));
        }
        if (!wakes) {
            faults.add(mapping.name() + " has no sample with records of " + table + " that wakes it");
        }
        if (!nearMiss) {
            faults.add(mapping.name() + " has no " + NEAR_MISS + "….json with records of " + table);
        }
    }

    private void target(Rule rule, JsonNode target) {
        TargetInput input = TargetInput.declaredBy(target);
        String reached = rule.reachedBy(target);
        boolean function = template.resourcesOf("AWS::Serverless::Function").stream()
                .anyMatch(one -> one.logicalId().equals(reached));
        if (!function) {
            if (!(input instanceof TargetInput.Whole)) {
                faults.add(rule.name() + " changes what it hands to " + reached
                        + ", and no check knows what that expects");
            }
            return;
        }
        List<JsonNode> expected =
                samples(reached).stream().map(ProjectTree::json).toList();
        EventSchemasTest.samples()
                .map(ProjectTree::json)
                .filter(event -> matches(event, rule.pattern()))
                .filter(event -> !expected.contains(ProjectTree.parse(input.of(event), rule.name())))
                .forEach(event -> faults.add("%s hands on what is no sample of %s, for %s: %s"
                        .formatted(
                                rule.name(),
                                module(reached),
                                event.path("detail-type").asText(),
                                input.of(event))));
    }

    /** Those that came out of the stream of a table. */
    private List<JsonNode> recordsOf(String table, JsonNode sample) {
        if (!template.resources().containsKey(table)) {
            return List.of();
        }
        String name = Deployed.of(template, Map.of()).resolver().physicalName(template.resource(table), "TableName");
        return sample.path("Records")
                .valueStream()
                .filter(one -> one.path("eventSourceARN").asText().contains(":table/" + name + "/stream/"))
                .toList();
    }

    private static List<Path> samples(String function) {
        return ProjectTree.files(ProjectTree.path("events/samples/" + module(function)), ".json").stream()
                .filter(sample -> ProjectTree.isJson(ProjectTree.text(sample)))
                .toList();
    }

    /** {@code HealthSweep} as its module is called, {@code health-sweep}. */
    private static String module(String function) {
        return Stream.of(function.split("(?=[A-Z])", -1))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .reduce((one, next) -> one + "-" + next)
                .orElse(function);
    }
}

package dev.fleetline.checks;

import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds indexes that are paid for with each write and that no function may read, and have no reason beside them: in the
 * {@code Metadata} of the table, where whoever looks at the index sees it.
 */
final class IndexFaults {

    private static final String REASONS = "IndexesThatNoFunctionReads";
    private static final Set<String> READS = Set.of("dynamodb:Query", "dynamodb:Scan");

    private IndexFaults() {}

    /** Each fault by table and index; nothing when all is well. */
    static List<String> of(Template template) {
        List<Right> reads = template.resourcesOf("AWS::Serverless::Function").stream()
                .flatMap(function -> TemplateRights.of(template, function).granted().stream())
                .filter(right -> READS.contains(right.action()))
                .toList();
        var faults = new ArrayList<String>();
        for (Resource table : template.resourcesOf("AWS::DynamoDB::Table")) {
            faults.addAll(of(table, TemplateRights.resources(template), reads));
        }
        return faults;
    }

    private static List<String> of(Resource table, Set<String> resources, List<Right> reads) {
        String prefix = table.logicalId() + "/index/";
        Set<String> indexes = resources.stream()
                .filter(resource -> resource.startsWith(prefix))
                .map(resource -> resource.substring(prefix.length()))
                .collect(Collectors.toCollection(TreeSet::new));
        Map<String, String> reasons = table.body()
                .path("Metadata")
                .path(REASONS)
                .propertyStream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, reason -> reason.getValue().asText()));

        var faults = new ArrayList<String>();
        for (String index : indexes) {
            boolean read = reads.stream().anyMatch(right -> READS.stream()
                    .anyMatch(action -> right.allows(new Right(action, prefix + index))));
            if (!read && reasons.getOrDefault(index, "").isBlank()) {
                faults.add(prefix + index + " is read by no function: take it away, or say in " + REASONS
                        + " of the table's Metadata why it is there");
            } else if (read && reasons.containsKey(index)) {
                faults.add(prefix + index + " is read by a function, and " + REASONS + " says that it is not");
            }
        }
        reasons.keySet().stream()
                .filter(index -> !indexes.contains(index))
                .forEach(index -> faults.add(prefix + index + " has its reason and is not there"));
        return faults;
    }
}

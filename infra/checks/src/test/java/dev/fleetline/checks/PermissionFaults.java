package dev.fleetline.checks;

import dev.fleetline.testing.calls.RecordedCall;
import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what the template allows its functions with what they were seen to call, in both directions: nothing is
 * missing, and nothing is allowed that no test has seen in use.
 */
final class PermissionFaults {

    private PermissionFaults() {}

    /**
     * Each fault by its function, action and resource; nothing when both sides are the same.
     *
     * @param recorded by the name of the function's module
     */
    static List<String> of(Template template, Map<String, Set<RecordedCall>> recorded) {
        var faults = new ArrayList<String>();
        for (Resource function : template.resourcesOf("AWS::Serverless::Function")) {
            Set<RecordedCall> calls = recorded.getOrDefault(module(function), Set.of());
            if (calls.isEmpty()) {
                faults.add("no call of " + module(function) + " to AWS was recorded in this build: run all tests with "
                        + "mvn verify, and have one that starts the function with its own wiring");
                continue;
            }
            faults.addAll(of(
                    function.logicalId(),
                    TemplateRights.of(template, function),
                    CalledRights.of(template, function.logicalId(), calls)));
        }
        return faults;
    }

    /** {@code health-sweep}, by the archive's place. */
    static String module(Resource function) {
        return function.properties().path("CodeUri").asText().replaceFirst("^functions/([^/]+)/.*$", "$1");
    }

    private static List<String> of(String function, TemplateRights template, CalledRights called) {
        var faults = new ArrayList<String>();
        faults.addAll(template.faults());
        faults.addAll(called.faults());
        called.needed().stream()
                .filter(right -> template.granted().stream().noneMatch(granted -> granted.allows(right)))
                .forEach(right ->
                        faults.add(function + " calls what needs " + right + ", and its Policies do not allow that"));
        template.granted().stream()
                .filter(right -> called.needed().stream().noneMatch(right::allows))
                .forEach(right -> faults.add(function + " is allowed " + right + ", and was never seen to call it"
                        + (template.addedBySam().contains(right)
                                ? ": SAM allows that already, for what the function is woken by"
                                : "")));
        return faults;
    }
}

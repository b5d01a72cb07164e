package dev.fleetline.local.bus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.local.functions.HostedFunction;
import dev.fleetline.local.functions.HostedFunctions;
import dev.fleetline.testing.template.Resolver;
import dev.fleetline.testing.template.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.event.ruler.Ruler;

/**
 * One rule of the template.
 *
 * @param name where it is in the template
 * @param pattern its event pattern as JSON text
 */
public record BusRule(String name, String pattern, List<Target> targets) {

    private static final Set<String> SAM_RULES = Set.of("EventBridgeRule", "CloudWatchEvent");

    /** Copies the targets. */
    public BusRule {
        targets = List.copyOf(targets);
    }

    /**
     * Where a matched event goes.
     *
     * @param arn of a queue, a function or a topic
     * @param deadLetters the ARN of the queue that takes what cannot be delivered
     */
    public record Target(String arn, TargetInput input, Optional<String> deadLetters) {}

    /** Every rule that the template deploys: resources of their own, and those that functions declare with SAM. */
    public static List<BusRule> of(Resolver resolver, HostedFunctions functions) {
        var rules = new ArrayList<BusRule>();
        for (Resource rule : resolver.template().resourcesOf("AWS::Events::Rule")) {
            if (resolver.exists(rule)) {
                JsonNode properties = resolver.properties(rule);
                if (properties.has("EventPattern")
                        && !properties.path("State").asText().equals("DISABLED")) {
                    rules.add(new BusRule(
                            rule.place(),
                            properties.path("EventPattern").toString(),
                            properties
                                    .path("Targets")
                                    .valueStream()
                                    .map(target -> target(target.path("Arn").asText(), target))
                                    .toList()));
                }
            }
        }
        for (HostedFunction function : functions.all()) {
            function.properties()
                    .path("Events")
                    .propertyStream()
                    .filter(event ->
                            SAM_RULES.contains(event.getValue().path("Type").asText()))
                    .forEach(event -> {
                        JsonNode properties = event.getValue().path("Properties");
                        String arn = resolver.getAtt(function.logicalId(), "Arn");
                        rules.add(new BusRule(
                                "Resources." + function.logicalId() + ".Events." + event.getKey(),
                                properties.path("Pattern").toString(),
                                List.of(target(arn, properties))));
                    });
        }
        return List.copyOf(rules);
    }

    /** Whether the pattern takes this event, as EventBridge would deliver it. */
    public boolean matches(JsonNode event) {
        try {
            return Ruler.matchesRule(event.toString(), pattern);
        } catch (Exception e) {
            throw new IllegalStateException(name + ": its pattern cannot be matched: " + e.getMessage(), e);
        }
    }

    private static Target target(String arn, JsonNode declared) {
        return new Target(
                arn,
                TargetInput.declaredBy(declared),
                Stream.of(declared.path("DeadLetterConfig").path("Arn").asText())
                        .filter(text -> !text.isEmpty())
                        .findFirst());
    }
}

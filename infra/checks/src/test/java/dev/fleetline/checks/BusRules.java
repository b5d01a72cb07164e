package dev.fleetline.checks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What in a template hands events, ticks and records to somebody.
 *
 * @param rules what chooses events by a pattern
 * @param schedules what wakes by time
 * @param mappings what reads from a queue or a stream
 */
record BusRules(List<Rule> rules, List<Schedule> schedules, List<Mapping> mappings) {

    private static final Pattern NAMED = Pattern.compile("\\$\\{([A-Za-z0-9]+)");

    /** A rule by its logical id ({@code Function.Event} for SAM's); {@code targets} is one where SAM declares it. */
    record Rule(String name, JsonNode pattern, List<JsonNode> targets) {

        /** Whom it hands events to, by logical id. */
        Set<String> reached() {
            return targets.stream().map(this::reachedBy).collect(Collectors.toCollection(TreeSet::new));
        }

        /** Whom one of its targets is, by logical id. */
        String reachedBy(JsonNode target) {
            return name.contains(".") ? name.substring(0, name.indexOf('.')) : logicalId(target.path("Arn"));
        }
    }

    /** A schedule of a function, told by its logical id. */
    record Schedule(String name, String function, JsonNode declared) {}

    /** A queue ({@code SQS}) or a table's stream ({@code DynamoDB}) that a function reads. */
    record Mapping(String name, String function, String type, JsonNode declared) {}

    /** Whom {@code !Ref X}, {@code !GetAtt X.Arn} or {@code !Sub ${X.Arn}:live} means; empty when nobody can tell. */
    static String logicalId(JsonNode reference) {
        if (reference.has("Ref")) {
            return reference.path("Ref").asText();
        }
        if (reference.has("Fn::Sub")) {
            var named = NAMED.matcher(reference.path("Fn::Sub").asText());
            return named.find() ? named.group(1) : "";
        }
        return reference.path("Fn::GetAtt").path(0).asText();
    }

    /** A pattern with the names of what it refers to in their places, as it is deployed. */
    private static JsonNode named(JsonNode pattern, Template template) {
        if (pattern.isObject() && pattern.has("Ref")) {
            return TextNode.valueOf(Deployed.of(template, Map.of())
                    .resolver()
                    .ref(pattern.path("Ref").asText()));
        }
        if (pattern instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            object.properties().forEach(field -> copy.set(field.getKey(), named(field.getValue(), template)));
            return copy;
        }
        if (pattern instanceof ArrayNode array) {
            ArrayNode copy = array.arrayNode();
            array.forEach(one -> copy.add(named(one, template)));
            return copy;
        }
        return pattern;
    }

    static BusRules of(Template template) {
        var rules = new ArrayList<Rule>();
        var schedules = new ArrayList<Schedule>();
        var mappings = new ArrayList<Mapping>();
        for (Resource rule : template.resourcesOf("AWS::Events::Rule")) {
            JsonNode properties = rule.properties();
            rules.add(new Rule(
                    rule.logicalId(),
                    properties.path("EventPattern"),
                    properties.path("Targets").valueStream().toList()));
        }
        for (Resource function : template.resourcesOf("AWS::Serverless::Function")) {
            for (Map.Entry<String, JsonNode> event :
                    function.properties().path("Events").properties()) {
                String name = function.logicalId() + "." + event.getKey();
                JsonNode declared = event.getValue().path("Properties");
                String type = event.getValue().path("Type").asText();
                switch (type) {
                    case "EventBridgeRule" ->
                        rules.add(new Rule(name, named(declared.path("Pattern"), template), List.of(declared)));
                    case "Schedule" -> schedules.add(new Schedule(name, function.logicalId(), declared));
                    case "SQS", "DynamoDB" -> mappings.add(new Mapping(name, function.logicalId(), type, declared));
                    default ->
                        throw new IllegalArgumentException(
                                name + ": events of type " + type + " are not checked yet: add them to BusRules");
                }
            }
        }
        return new BusRules(rules, schedules, mappings);
    }
}

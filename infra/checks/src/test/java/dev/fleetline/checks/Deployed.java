package dev.fleetline.checks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.testing.template.Resolver;
import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.ResourceAnswers;
import dev.fleetline.testing.template.Template;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A template as one deployment evaluates it: names as they would be, and what its nested stacks make of theirs. */
record Deployed(Resolver resolver) {

    private static final ResourceAnswers ANSWERS = ResourceAnswers.onLoopback(URI.create("http://127.0.0.1:9324"))
            .orElse((resource, attribute, resolver) -> Optional.of(resource.logicalId() + "." + attribute));

    static Deployed of(Template template, Map<String, String> parameters) {
        return new Deployed(Resolver.of(template, "fleetline", parameters, ANSWERS));
    }

    Template template() {
        return resolver.template();
    }

    /** Every resource of a type that this deployment has. */
    List<Resource> resourcesOf(String type) {
        return template().resourcesOf(type).stream().filter(resolver::exists).toList();
    }

    List<Resource> functions() {
        return resourcesOf("AWS::Serverless::Function");
    }

    String functionName(Resource function) {
        return resolver.physicalName(function, "FunctionName");
    }

    String queueName(String logicalId) {
        return resolver.physicalName(template().resource(logicalId), "QueueName");
    }

    /** Names of the resources of a type, by the property that names them. */
    Set<String> names(String type, String nameProperty) {
        return resourcesOf(type).stream()
                .map(resource -> resolver.physicalName(resource, nameProperty))
                .collect(Collectors.toSet());
    }

    /** The queues, by logical id, that keep what somebody could not do: of messages, records, invocations and events. */
    Set<String> failureQueues() {
        return template().resources().values().stream()
                .map(Resource::body)
                .flatMap(body -> Stream.of(
                                body.findValues("deadLetterTargetArn").stream(),
                                body.findValues("DeadLetterConfig").stream().map(config -> config.path("Arn")),
                                body.findValues("OnFailure").stream().map(failure -> failure.path("Destination")))
                        .flatMap(arns -> arns))
                .map(arn -> arn.path("Fn::GetAtt").path(0).asText())
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The alarms of this template and of the stacks nested in it. */
    List<Alarm> alarms(Template nested) {
        Stream<Alarm> own = Alarm.allOf(this);
        Stream<Alarm> others = resourcesOf("AWS::CloudFormation::Stack").stream()
                .map(stack -> resolver.properties(stack))
                .filter(stack -> stack.path("TemplateURL").asText().equals("infra/alarms.yaml"))
                .flatMap(stack -> Alarm.allOf(of(nested, texts(stack.path("Parameters")))));
        return Stream.concat(own, others).toList();
    }

    private static Map<String, String> texts(JsonNode object) {
        return object.propertyStream().collect(Collectors.toMap(Map.Entry::getKey, field -> field.getValue()
                .asText()));
    }

    /** One alarm, evaluated. */
    record Alarm(String name, JsonNode properties) {

        private static Stream<Alarm> allOf(Deployed deployed) {
            return deployed.resourcesOf("AWS::CloudWatch::Alarm").stream()
                    .map(alarm -> deployed.resolver().properties(alarm))
                    .map(properties -> new Alarm(properties.path("AlarmName").asText(), properties));
        }

        /** The metric with whose it is, as in {@code AWS/Lambda Errors fleetline-dev-token-refresh}. */
        String watches() {
            return Stream.of(
                            properties.path("Namespace"),
                            properties.path("MetricName"),
                            properties.path("Dimensions").path(0).path("Value"))
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(" "));
        }
    }
}

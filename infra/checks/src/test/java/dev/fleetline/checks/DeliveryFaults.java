package dev.fleetline.checks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.checks.BusRules.Mapping;
import dev.fleetline.checks.BusRules.Rule;
import dev.fleetline.checks.BusRules.Schedule;
import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.Template;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds in a template what could be lost, or kept too openly. */
final class DeliveryFaults {

    private static final String FUNCTION = "AWS::Serverless::Function";

    private final Template template;
    private final List<String> faults = new ArrayList<>();

    private DeliveryFaults(Template template) {
        this.template = template;
    }

    /** Each fault by its place and the rule; nothing when all is well. */
    static List<String> of(Template template) {
        var look = new DeliveryFaults(template);
        BusRules declared = BusRules.of(template);
        for (Rule rule : declared.rules()) {
            rule.targets().forEach(target -> look.target(rule.name(), target));
        }
        for (Schedule schedule : declared.schedules()) {
            look.target(schedule.name(), schedule.declared());
        }
        declared.mappings().forEach(look::mapping);
        look.failureDestinations(declared);
        template.resourcesOf("AWS::SQS::Queue").forEach(look::queue);
        template.resourcesOf("AWS::DynamoDB::Table").forEach(look::table);
        template.resourcesOf("AWS::SecretsManager::Secret").forEach(look::retained);
        template.resourcesOf(FUNCTION).forEach(look::function);
        return List.copyOf(look.faults);
    }

    private void target(String name, JsonNode target) {
        JsonNode retry = target.path("RetryPolicy");
        must(
                name,
                "RetryPolicy with both limits",
                retry.has("MaximumRetryAttempts") && retry.has("MaximumEventAgeInSeconds"));
        must(
                name,
                "DeadLetterConfig that is a queue here",
                isQueue(target.path("DeadLetterConfig").path("Arn")));
    }

    private void mapping(Mapping mapping) {
        JsonNode declared = mapping.declared();
        must(
                mapping.name(),
                "FunctionResponseTypes with ReportBatchItemFailures",
                texts(declared.path("FunctionResponseTypes")).toList().equals(List.of("ReportBatchItemFailures")));
        if (mapping.type().equals("SQS")) {
            queueOf(mapping);
            return;
        }
        for (String limit : List.of(
                "FilterCriteria",
                "BatchSize",
                "ParallelizationFactor",
                "BisectBatchOnFunctionError",
                "MaximumRetryAttempts",
                "MaximumRecordAgeInSeconds")) {
            must(mapping.name(), limit, declared.has(limit));
        }
        must(
                mapping.name(),
                "OnFailure destination that is a queue here",
                isQueue(declared.path("DestinationConfig").path("OnFailure").path("Destination")));
    }

    /** A message that is worked on must not show up a second time meanwhile. */
    private void queueOf(Mapping mapping) {
        String queue = logicalId(mapping.declared().path("Queue"));
        must(
                mapping.name(),
                "queue of this template",
                isQueue(mapping.declared().path("Queue")));
        if (template.resources().containsKey(queue)) {
            JsonNode properties = template.resource(queue).properties();
            int timeout = template.effectiveProperties(template.resource(mapping.function()))
                    .path("Timeout")
                    .asInt(3);
            must(
                    queue,
                    "VisibilityTimeout of at least six times the function's Timeout",
                    properties.path("VisibilityTimeout").asInt(30) >= 6 * timeout);
            must(
                    queue,
                    "RedrivePolicy to a queue here",
                    isQueue(properties.path("RedrivePolicy").path("deadLetterTargetArn")));
        }
    }

    /** Who is invoked and not waited for has a queue of its own for what failed. */
    private void failureDestinations(BusRules declared) {
        Set<String> taken = new HashSet<>();
        Stream<String> byTime = declared.schedules().stream().map(Schedule::function);
        Stream<String> byEvent = declared.rules().stream()
                .map(Rule::name)
                .filter(name -> name.contains("."))
                .map(name -> name.substring(0, name.indexOf('.')));
        Stream.concat(byTime, byEvent).distinct().forEach(function -> {
            JsonNode destination = template.resource(function)
                    .properties()
                    .path("EventInvokeConfig")
                    .path("DestinationConfig")
                    .path("OnFailure")
                    .path("Destination");
            must(function, "on-failure destination that is a queue here", isQueue(destination));
            must(function, "on-failure destination of its own", taken.add(logicalId(destination)));
        });
    }

    private void queue(Resource queue) {
        JsonNode properties = queue.properties();
        must(
                queue.logicalId(),
                "SqsManagedSseEnabled",
                properties.path("SqsManagedSseEnabled").asBoolean());
        must(
                queue.logicalId(),
                "MessageRetentionPeriod of 14 days",
                properties.path("MessageRetentionPeriod").asInt() == 1_209_600);
    }

    private void table(Resource table) {
        JsonNode properties = table.properties();
        retained(table);
        must(
                table.logicalId(),
                "DeletionProtectionEnabled",
                properties.path("DeletionProtectionEnabled").asBoolean());
        must(
                table.logicalId(),
                "SSEEnabled",
                properties.path("SSESpecification").path("SSEEnabled").asBoolean());
        must(
                table.logicalId(),
                "BillingMode PAY_PER_REQUEST",
                properties.path("BillingMode").asText().equals("PAY_PER_REQUEST"));
        must(
                table.logicalId(),
                "PointInTimeRecoveryEnabled",
                properties
                        .path("PointInTimeRecoverySpecification")
                        .path("PointInTimeRecoveryEnabled")
                        .asBoolean());
    }

    private void retained(Resource resource) {
        for (String policy : List.of("DeletionPolicy", "UpdateReplacePolicy")) {
            must(
                    resource.logicalId(),
                    policy + " Retain",
                    resource.body().path(policy).asText().equals("Retain"));
        }
    }

    private void function(Resource function) {
        JsonNode properties = template.effectiveProperties(function);
        String log = logicalId(properties.path("LoggingConfig").path("LogGroup"));
        must(
                function.logicalId(),
                "log group with RetentionInDays",
                template.resources().containsKey(log)
                        && template.resource(log).properties().has("RetentionInDays"));
        must(
                function.logicalId(),
                "LogFormat JSON",
                properties.path("LoggingConfig").path("LogFormat").asText().equals("JSON"));
        must(
                function.logicalId(),
                "Tracing",
                properties.path("Tracing").asText().equals("Active"));
    }

    private boolean isQueue(JsonNode arn) {
        String id = logicalId(arn);
        return template.resources().containsKey(id)
                && template.resource(id).type().equals("AWS::SQS::Queue");
    }

    /** Whom {@code !Ref X} or {@code !GetAtt X.Arn} means. */
    private static String logicalId(JsonNode reference) {
        return reference.has("Ref")
                ? reference.path("Ref").asText()
                : reference.path("Fn::GetAtt").path(0).asText();
    }

    private static Stream<String> texts(JsonNode value) {
        return value.isArray() ? value.valueStream().map(JsonNode::asText) : Stream.of(value.asText());
    }

    private void must(String place, String rule, boolean holds) {
        if (!holds) {
            faults.add(place + " must have: " + rule);
        }
    }
}

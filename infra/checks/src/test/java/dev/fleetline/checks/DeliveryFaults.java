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
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Finds in a template what could be lost, or kept too openly. */
final class DeliveryFaults {

    private static final String FUNCTION = "AWS::Serverless::Function";
    private static final String EVENT_BRIDGE = "events.amazonaws.com";

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
            rule.targets().forEach(target -> {
                look.target(rule.name(), target);
                if (!rule.name().contains(".")) {
                    look.letIn(rule, target);
                }
            });
        }
        for (Schedule schedule : declared.schedules()) {
            look.target(schedule.name(), schedule.declared());
        }
        declared.mappings().forEach(look::mapping);
        look.failureDestinations(declared);
        template.resourcesOf(FUNCTION).forEach(function -> look.woken(function, declared));
        template.resourcesOf("AWS::SQS::Queue").forEach(look::queue);
        template.resourcesOf("AWS::DynamoDB::Table").forEach(look::table);
        template.resourcesOf("AWS::SecretsManager::Secret").forEach(look::retained);
        template.resourcesOf("AWS::S3::Bucket").forEach(look::retained);
        template.resourcesOf(FUNCTION).forEach(look::function);
        return List.copyOf(look.faults);
    }

    private void target(String name, JsonNode target) {
        JsonNode retry = target.path("RetryPolicy");
        must(
                name,
                "RetryPolicy with both limits",
                retry.has("MaximumRetryAttempts") && retry.has("MaximumEventAgeInSeconds"));
        JsonNode deadLetters = target.path("DeadLetterConfig").path("Arn");
        must(name, "DeadLetterConfig that is a queue here", isQueue(deadLetters));
        must(name, "DeadLetterConfig that lets it in", mayBeReached(BusRules.logicalId(deadLetters), name));
    }

    /** What SAM does by itself for a function's own events: the target takes what the rule hands it. */
    private void letIn(Rule rule, JsonNode target) {
        String reached = rule.reachedBy(target);
        switch (typeOf(reached)) {
            case "AWS::SQS::Queue", "AWS::SNS::Topic" ->
                must(rule.name(), "target that lets it in", mayBeReached(reached, rule.name()));
            case FUNCTION -> {
                must(
                        rule.name(),
                        "alias of " + reached + " as its target",
                        target.path("Arn").toString().contains(":live"));
                callable(reached, EVENT_BRIDGE);
            }
            default -> must(rule.name(), "queue, topic or function of this template as its target", false);
        }
    }

    /** Whether a policy lets EventBridge in for a rule. SAM names the rules of functions, so for those any name must do. */
    private boolean mayBeReached(String queueOrTopic, String rule) {
        return ExposureFaults.statementsOn(template, queueOrTopic).stream()
                .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                .filter(statement -> ExposureFaults.letsIn(statement).contains(EVENT_BRIDGE))
                .map(statement -> statement.path("Condition").toString())
                .anyMatch(condition ->
                        condition.isEmpty() || condition.contains(":rule/*") || condition.contains("\"" + rule + "\""));
    }

    private void callable(String function, String service) {
        must(
                function,
                "permission for " + service + " to call it",
                template.resourcesOf("AWS::Lambda::Permission").stream()
                        .map(Resource::properties)
                        .filter(permission ->
                                permission.path("Principal").asText().equals(service))
                        .anyMatch(permission -> BusRules.logicalId(permission.path("FunctionName"))
                                .equals(function)));
    }

    /** A function that nothing wakes is no use, or was cut off by mistake. */
    private void woken(Resource function, BusRules declared) {
        String id = function.logicalId();
        boolean byRoute = isBehindARoute(function);
        if (byRoute) {
            callable(id, "apigateway.amazonaws.com");
        }
        boolean byRotation = template.resourcesOf(RotationFaults.SCHEDULE).stream()
                .anyMatch(schedule -> RotationFaults.rotatedBy(schedule).equals(id));
        if (byRotation) {
            callable(id, "secretsmanager.amazonaws.com");
        }
        boolean woken = byRoute
                || byRotation
                || declared.schedules().stream()
                        .anyMatch(schedule -> schedule.function().equals(id))
                || declared.mappings().stream()
                        .anyMatch(mapping -> mapping.function().equals(id))
                || declared.rules().stream().anyMatch(rule -> rule.reached().contains(id));
        if (!woken) {
            faults.add(id + " is woken by nothing");
        }
    }

    private boolean isBehindARoute(Resource function) {
        Deployed deployed = Deployed.of(template, Map.of());
        String arn = ":function:" + deployed.functionName(function) + ":";
        String routes = template.resourcesOf("AWS::ApiGatewayV2::Route").toString();
        return template.resourcesOf("AWS::ApiGatewayV2::Integration").stream()
                .filter(integration -> routes.contains("/${" + integration.logicalId() + "}"))
                .map(integration -> deployed.resolver().properties(integration))
                .anyMatch(integration ->
                        integration.path("IntegrationUri").asText().contains(arn));
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
        String queue = BusRules.logicalId(mapping.declared().path("Queue"));
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
                .flatMap(rule -> rule.reached().stream())
                .filter(reached -> typeOf(reached).equals(FUNCTION));
        Stream.concat(byTime, byEvent).distinct().forEach(function -> {
            JsonNode destination = template.resource(function)
                    .properties()
                    .path("EventInvokeConfig")
                    .path("DestinationConfig")
                    .path("OnFailure")
                    .path("Destination");
            must(function, "on-failure destination that is a queue here", isQueue(destination));
            must(function, "on-failure destination of its own", taken.add(BusRules.logicalId(destination)));
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
        String log = BusRules.logicalId(properties.path("LoggingConfig").path("LogGroup"));
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
        return typeOf(BusRules.logicalId(arn)).equals("AWS::SQS::Queue");
    }

    /** Empty when there is no such resource. */
    private String typeOf(String logicalId) {
        return template.resources().containsKey(logicalId)
                ? template.resource(logicalId).type()
                : "";
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

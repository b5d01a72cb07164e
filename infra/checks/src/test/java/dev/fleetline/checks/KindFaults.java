package dev.fleetline.checks;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds in a template what the checks would pass over because they do not know that such a thing can be there. Whoever
 * brings something new gives it its rules first, and its place in these lists after.
 */
final class KindFaults {

    /** What there may be, each with the check that looks at it. */
    static final Map<String, String> CHECKED = Map.ofEntries(
            entry("AWS::ApiGatewayV2::Api", "ExposureTest"),
            entry("AWS::ApiGatewayV2::DomainName", "ExposureTest"),
            entry("AWS::ApiGatewayV2::Integration", "DeliveryTest"),
            entry("AWS::ApiGatewayV2::Route", "ExposureTest"),
            entry("AWS::ApiGatewayV2::Stage", "ExposureTest"),
            entry("AWS::CloudFormation::Stack", "AlarmsTest"),
            entry("AWS::CloudWatch::Alarm", "AlarmsTest"),
            entry("AWS::CloudWatch::Dashboard", "DashboardTest"),
            entry("AWS::DynamoDB::Table", "DeliveryTest"),
            entry("AWS::Events::EventBus", "PermissionsIT"),
            entry("AWS::Events::Rule", "EventRoutingTest"),
            entry("AWS::KMS::Key", "ExposureTest"),
            entry("AWS::Lambda::Permission", "GradualDeploymentTest"),
            entry("AWS::Logs::LogGroup", "ExposureTest"),
            entry("AWS::S3::Bucket", "ExposureTest"),
            entry("AWS::S3::BucketPolicy", "ExposureTest"),
            entry("AWS::SNS::Topic", "ExposureTest"),
            entry("AWS::SNS::TopicPolicy", "ExposureTest"),
            entry("AWS::SQS::Queue", "DeliveryTest"),
            entry("AWS::SQS::QueuePolicy", "ExposureTest"),
            entry("AWS::SecretsManager::RotationSchedule", "RotationTest"),
            entry("AWS::SecretsManager::Secret", "SecrecyTest"),
            entry("AWS::Serverless::Function", "OneNameTest"),
            entry("AWS::Serverless::StateMachine", "StateMachineTest"));

    /** What there may be without a check: names, and what joins two things that are checked. */
    private static final Set<String> HARMLESS = Set.of("AWS::ApiGatewayV2::ApiMapping", "AWS::KMS::Alias");

    /** Where a property that nobody looks at could open a door or lose something. */
    private static final Map<String, Set<String>> PROPERTIES = Map.of(
            "AWS::Serverless::Function",
                    Set.of(
                            "Architectures",
                            "AutoPublishAlias",
                            "AutoPublishCodeSha256",
                            "CodeUri",
                            "DeploymentPreference",
                            "Description",
                            "Environment",
                            "EphemeralStorage",
                            "EventInvokeConfig",
                            "Events",
                            "FunctionName",
                            "Handler",
                            "LoggingConfig",
                            "MemorySize",
                            "Policies",
                            "Runtime",
                            "Timeout",
                            "Tracing"),
            "AWS::Serverless::StateMachine",
                    Set.of(
                            "Definition",
                            "DefinitionSubstitutions",
                            "Events",
                            "Logging",
                            "Name",
                            "Policies",
                            "Tracing",
                            "Type"),
            "AWS::Events::Rule", Set.of("Description", "EventBusName", "EventPattern", "Targets"),
            "AWS::CloudFormation::Stack", Set.of("Parameters", "TemplateURL"),
            "AWS::S3::Bucket",
                    Set.of(
                            "BucketEncryption",
                            "BucketName",
                            "LifecycleConfiguration",
                            "NotificationConfiguration",
                            "OwnershipControls",
                            "PublicAccessBlockConfiguration"),
            "AWS::SecretsManager::RotationSchedule",
                    Set.of("RotateImmediatelyOnUpdate", "RotationLambdaARN", "RotationRules", "SecretId"));

    /** The same of what wakes a function; {@link BusRules} refuses other types. */
    private static final Map<String, Set<String>> EVENT_PROPERTIES = Map.of(
            "Schedule", Set.of("Description", "Schedule", "Input", "RetryPolicy", "DeadLetterConfig"),
            "EventBridgeRule",
                    Set.of(
                            "EventBusName",
                            "Pattern",
                            "Input",
                            "InputPath",
                            "InputTransformer",
                            "RetryPolicy",
                            "DeadLetterConfig"),
            "SQS", Set.of("Queue", "BatchSize", "FunctionResponseTypes", "ScalingConfig"),
            "DynamoDB",
                    Set.of(
                            "Stream",
                            "StartingPosition",
                            "FilterCriteria",
                            "BatchSize",
                            "ParallelizationFactor",
                            "BisectBatchOnFunctionError",
                            "MaximumRetryAttempts",
                            "MaximumRecordAgeInSeconds",
                            "FunctionResponseTypes",
                            "DestinationConfig"));

    private static final Set<String> ATTRIBUTES =
            Set.of("Type", "Properties", "DependsOn", "DeletionPolicy", "UpdateReplacePolicy", "Metadata", "Condition");

    /** Nested templates that the checks evaluate; whatever stands in another one they would not see. */
    private static final Set<String> NESTED = Set.of("infra/alarms.yaml");

    private final List<String> faults = new ArrayList<>();

    private KindFaults() {}

    /** Each by its place; nothing when everything is known. */
    static List<String> of(Template template) {
        var look = new KindFaults();
        template.globals()
                .propertyStream()
                .map(Map.Entry::getKey)
                .filter(section -> !section.equals("Function"))
                .forEach(section -> look.unknown("Globals", "has " + section));
        for (Resource resource : template.resources().values()) {
            look.resource(resource, template.effectiveProperties(resource));
        }
        return List.copyOf(look.faults);
    }

    private void resource(Resource resource, JsonNode properties) {
        String id = resource.logicalId();
        String type = resource.type();
        if (!CHECKED.containsKey(type) && !HARMLESS.contains(type)) {
            unknown(id, "is of type " + type);
            return;
        }
        others(resource.body(), ATTRIBUTES).forEach(attribute -> unknown(id, "has " + attribute));
        if (PROPERTIES.containsKey(type)) {
            others(properties, PROPERTIES.get(type)).forEach(property -> unknown(id, "has " + property));
        }
        if (type.equals("AWS::Serverless::Function")) {
            function(resource, properties);
        }
        String nested = properties.path("TemplateURL").asText();
        if (type.equals("AWS::CloudFormation::Stack") && !NESTED.contains(nested)) {
            unknown(id, "is a stack of " + nested);
        }
    }

    private void function(Resource function, JsonNode properties) {
        if (function.condition().isPresent()) {
            unknown(function.logicalId(), "is a function under a condition");
        }
        properties.path("Events").propertyStream().forEach(event -> {
            String type = event.getValue().path("Type").asText();
            String place = function.logicalId() + "." + event.getKey();
            if (EVENT_PROPERTIES.containsKey(type)) {
                others(event.getValue().path("Properties"), EVENT_PROPERTIES.get(type))
                        .forEach(property -> unknown(place, "has " + property));
            } else {
                unknown(place, "is of type " + type);
            }
        });
    }

    private static Stream<String> others(JsonNode object, Set<String> known) {
        return object.propertyStream().map(Map.Entry::getKey).filter(name -> !known.contains(name));
    }

    private void unknown(String place, String what) {
        faults.add(place + " " + what + ", which no check knows: write its rules first, then list it in KindFaults");
    }
}

package dev.fleetline.checks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.testing.template.Resolver;
import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.ResourceAnswers;
import dev.fleetline.testing.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * What a template allows one of its functions: what its {@code Policies} say, and what SAM adds for its log, its traces
 * and what it is woken by. Everything that this cannot follow is a fault, so nothing is allowed unseen.
 */
final class TemplateRights {

    private static final Set<String> STATEMENT = Set.of("Sid", "Effect", "Action", "Resource", "Condition");

    /** The one condition that can be followed: only items whose key begins with one of these. */
    private static final String KEYS = "/ForAllValues:StringLike/dynamodb:LeadingKeys";

    private static final String A_KEY = "[a-z0-9-]+#(?:[a-z0-9-]+#)?\\*";

    /** A reason stands in the statement itself: {@code Sid: BecauseMetricsHaveNoResource}. */
    private static final String REASON = "Because[A-Z][A-Za-z0-9]{8,}";

    /** Where {@code Ref} and not {@code Arn} gives the ARN. */
    private static final Set<String> REF_IS_ARN = Set.of("AWS::SecretsManager::Secret", "AWS::SNS::Topic");

    /** Who wakes a function from outside needs no right of the function. */
    private static final Set<String> PUSHED =
            Set.of("Api", "HttpApi", "EventBridgeRule", "CloudWatchEvent", "Schedule", "ScheduleV2", "SNS", "S3");

    private static final Map<String, List<String>> READ_BY_SOURCE = Map.of(
            "SQS", List.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
            "DynamoDB",
                    List.of(
                            "dynamodb:DescribeStream",
                            "dynamodb:GetRecords",
                            "dynamodb:GetShardIterator",
                            "dynamodb:ListStreams"));

    private static final Map<String, String> SENT_TO = Map.of("SQS", "sqs:SendMessage", "SNS", "sns:Publish");

    private final String function;
    private final Set<Right> granted = new TreeSet<>();
    private final Set<Right> addedBySam = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();

    private TemplateRights(String function) {
        this.function = function;
    }

    static TemplateRights of(Template template, Resource function) {
        var rights = new TemplateRights(function.logicalId());
        ObjectNode properties = Resolver.of(template, "any", Map.of(), TemplateRights::byLogicalId)
                .properties(function);
        if (properties.has("Role")) {
            rights.fault("has a Role of its own, to which SAM adds nothing: give it Policies");
        }
        properties.path("Policies").forEach(rights::policy);
        rights.whatSamAdds(properties);
        Set<String> resources = resources(template);
        rights.granted.stream()
                .filter(right -> !right.hasWildcard() && !resources.contains(right.whole()))
                .forEach(right -> rights.fault(
                        "is allowed " + right + ", which is no ARN of a table, index or other resource of it"));
        return rights;
    }

    Set<Right> granted() {
        return granted;
    }

    /** For its log, its traces, and what it is woken by. */
    Set<Right> addedBySam() {
        return addedBySam;
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    /** Everything in a template that a right can be on. */
    static Set<String> resources(Template template) {
        var resources = new TreeSet<>(template.resources().keySet());
        template.resourcesOf("AWS::DynamoDB::Table").forEach(table -> {
            if (table.properties().has("StreamSpecification")) {
                resources.add(table.logicalId() + "/stream");
            }
            for (String kind : List.of("GlobalSecondaryIndexes", "LocalSecondaryIndexes")) {
                table.properties()
                        .path(kind)
                        .forEach(index -> resources.add(table.logicalId() + "/index/"
                                + index.path("IndexName").asText()));
            }
        });
        return resources;
    }

    /** An ARN is the logical id; whatever else the template takes from a resource can be told from an ARN. */
    private static Optional<String> byLogicalId(Resource resource, String attribute, Resolver resolver) {
        if (attribute.equals("StreamArn")) {
            return Optional.of(resource.logicalId() + "/stream");
        }
        String arn = REF_IS_ARN.contains(resource.type()) ? ResourceAnswers.REF : "Arn";
        return Optional.of(attribute.equals(arn) ? resource.logicalId() : attribute + " of " + resource.logicalId());
    }

    private void policy(JsonNode policy) {
        JsonNode statements = policy.path("Statement");
        if (statements.isMissingNode()) {
            fault("has a policy that is no list of statements, and nobody can see what is in it: " + policy);
        }
        Stream.of(statements)
                .flatMap(one -> one.isArray() ? one.valueStream() : Stream.of(one))
                .filter(JsonNode::isObject)
                .forEach(this::statement);
    }

    private void statement(JsonNode statement) {
        boolean plain = statement.propertyStream().map(Map.Entry::getKey).allMatch(STATEMENT::contains)
                && statement.path("Effect").asText().equals("Allow")
                && statement.has("Action")
                && statement.has("Resource")
                && isOfKeys(statement.path("Condition"));
        if (!plain) {
            fault("has a statement with more than Effect Allow, Action, Resource and Sid: " + statement);
            return;
        }
        List<String> keys = texts(statement.path("Condition").at(KEYS))
                .map(key -> key.isEmpty() ? "" : "/claim/" + key)
                .toList();
        BiConsumer<String, String> grant = (action, resource) -> {
            Right right = new Right(action, resource);
            keys.forEach(key -> granted.add(new Right(action, resource + key)));
            if (action.contains("*")) {
                fault("is allowed " + right + ": name each action");
            }
            if (right.hasWildcard() && !statement.path("Sid").asText().matches(REASON)) {
                fault("is allowed " + right + " without a reason: name the resource, or say why there is none as Sid:"
                        + " Because…");
            }
        };
        texts(statement.path("Action")).forEach(action -> texts(statement.path("Resource"))
                .forEach(resource -> grant.accept(action, resource)));
    }

    private static boolean isOfKeys(JsonNode condition) {
        return condition.isMissingNode()
                || (condition.size() == 1
                        && condition.path("ForAllValues:StringLike").size() == 1
                        && condition.at(KEYS).isArray()
                        && texts(condition.at(KEYS)).allMatch(key -> key.matches(A_KEY)));
    }

    private void whatSamAdds(JsonNode properties) {
        for (String action : List.of("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents")) {
            addedBySam.add(new Right(action, "*"));
        }
        if (properties.path("Tracing").asText().equals("Active")) {
            for (String action : List.of(
                    "xray:PutTraceSegments",
                    "xray:PutTelemetryRecords",
                    "xray:GetSamplingRules",
                    "xray:GetSamplingTargets",
                    "xray:GetSamplingStatisticSummaries")) {
                addedBySam.add(new Right(action, "*"));
            }
        }
        properties.path("Events").forEach(event -> {
            String type = event.path("Type").asText();
            JsonNode declared = event.path("Properties");
            if (READ_BY_SOURCE.containsKey(type)) {
                String source =
                        declared.path(type.equals("SQS") ? "Queue" : "Stream").asText();
                READ_BY_SOURCE.get(type).forEach(action -> addedBySam.add(new Right(action, source)));
                onFailure(declared);
            } else if (!PUSHED.contains(type)) {
                fault("is woken by " + type + ", and TemplateRights does not know what SAM allows it for that");
            }
        });
        onFailure(properties.path("EventInvokeConfig"));
    }

    private void onFailure(JsonNode owner) {
        JsonNode destination = owner.path("DestinationConfig").path("OnFailure");
        if (destination.isMissingNode()) {
            return;
        }
        Optional.ofNullable(SENT_TO.get(destination.path("Type").asText()))
                .ifPresentOrElse(
                        action -> addedBySam.add(new Right(
                                action, destination.path("Destination").asText())),
                        () -> fault("has a destination for failures whose Type is neither SQS nor SNS"));
    }

    private void fault(String what) {
        faults.add(function + " " + what);
    }

    private static Stream<String> texts(JsonNode value) {
        return value.isArray() ? value.valueStream().map(JsonNode::asText) : Stream.of(value.asText());
    }
}

package dev.fleetline.checks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.testing.calls.CallRecorder;
import dev.fleetline.testing.calls.RecordedCall;
import dev.fleetline.testing.template.Resolver;
import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.Template;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rights that a function needs, by the calls that were recorded of it. */
final class CalledRights {

    /**
     * Which action of IAM an operation needs. A transaction needs the action of each of its parts, a batch its own and
     * not those of its parts.
     */
    private static final Map<String, String> ACTIONS = Map.ofEntries(
            Map.entry("DynamoDb.GetItem", "dynamodb:GetItem"),
            Map.entry("DynamoDb.BatchGetItem", "dynamodb:BatchGetItem"),
            Map.entry("DynamoDb.PutItem", "dynamodb:PutItem"),
            Map.entry("DynamoDb.UpdateItem", "dynamodb:UpdateItem"),
            Map.entry("DynamoDb.DeleteItem", "dynamodb:DeleteItem"),
            Map.entry("DynamoDb.Query", "dynamodb:Query"),
            Map.entry("DynamoDb.Scan", "dynamodb:Scan"),
            Map.entry("DynamoDb.BatchWriteItem.Put", "dynamodb:BatchWriteItem"),
            Map.entry("DynamoDb.BatchWriteItem.Delete", "dynamodb:BatchWriteItem"),
            Map.entry("DynamoDb.TransactWriteItems.Put", "dynamodb:PutItem"),
            Map.entry("DynamoDb.TransactWriteItems.Update", "dynamodb:UpdateItem"),
            Map.entry("DynamoDb.TransactWriteItems.Delete", "dynamodb:DeleteItem"),
            Map.entry("DynamoDb.TransactWriteItems.ConditionCheck", "dynamodb:ConditionCheckItem"),
            Map.entry("SecretsManager.DescribeSecret", "secretsmanager:DescribeSecret"),
            Map.entry("SecretsManager.GetSecretValue", "secretsmanager:GetSecretValue"),
            Map.entry("SecretsManager.PutSecretValue", "secretsmanager:PutSecretValue"),
            Map.entry("SecretsManager.UpdateSecretVersionStage", "secretsmanager:UpdateSecretVersionStage"),
            Map.entry("EventBridge.PutEvents", "events:PutEvents"),
            Map.entry("S3.GetObject", "s3:GetObject"),
            Map.entry("S3.PutObject", "s3:PutObject"),
            Map.entry("Sns.Publish", "sns:Publish"),
            Map.entry("Sqs.SendMessage", "sqs:SendMessage"),
            Map.entry("Sqs.ChangeMessageVisibility", "sqs:ChangeMessageVisibility"));

    /** The property in which a resource's own name stands, and the kind under which calls name it. */
    private static final Map<String, List<String>> NAMED = Map.of(
            "AWS::DynamoDB::Table", List.of("table", "TableName"),
            "AWS::SecretsManager::Secret", List.of("secret", "Name"),
            "AWS::SQS::Queue", List.of("queue", "QueueName"),
            "AWS::SNS::Topic", List.of("topic", "TopicName"),
            "AWS::S3::Bucket", List.of("bucket", "BucketName"),
            "AWS::Events::EventBus", List.of("bus", "Name"));

    private static final String ANY_STAGE = "anystage";
    private static final String STAGE = "[a-z][a-z0-9-]{1,15}";

    private final Set<Right> needed = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();

    private CalledRights() {}

    /** {@code function} is the logical id. */
    static CalledRights of(Template template, String function, Set<RecordedCall> calls) {
        var rights = new CalledRights();
        Map<String, Pattern> names = names(template);
        Set<String> declared = TemplateRights.resources(template);
        for (RecordedCall call : calls) {
            String resource = logical(call.resource(), names);
            if (!ACTIONS.containsKey(call.operation())) {
                rights.faults.add(function + " calls " + call
                        + ", and CalledRights.ACTIONS does not say which action of IAM that needs");
            } else if (resource.isEmpty()) {
                rights.faults.add(function + " calls " + call + ", and no resource of the template has that name");
            } else if (!declared.contains(resource.replaceFirst("/(claim/.*|[a-z]+/\\*)$", ""))) {
                rights.faults.add(function + " calls " + call + ", and the template declares no " + resource);
            } else {
                rights.needed.add(new Right(ACTIONS.get(call.operation()), resource));
                rights.needed.addAll(byTheWay(template, call.operation(), resource));
            }
        }
        return rights;
    }

    /** Under an alias of ours SNS uses the key in the name of who publishes. */
    private static List<Right> byTheWay(Template template, String operation, String resource) {
        if (!operation.equals("Sns.Publish")) {
            return List.of();
        }
        JsonNode alias = template.resource(resource).properties().path("KmsMasterKeyId");
        return template.resourcesOf("AWS::KMS::Alias").stream()
                .map(Resource::properties)
                .filter(declared -> declared.path("AliasName").equals(alias))
                .map(declared -> BusRules.logicalId(declared.path("TargetKeyId")))
                .flatMap(key -> Stream.of(new Right("kms:Decrypt", key), new Right("kms:GenerateDataKey", key)))
                .toList();
    }

    Set<Right> needed() {
        return needed;
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    /** The calls of each function, by the name of its module, that were recorded in this build. */
    static Map<String, Set<RecordedCall>> recorded() {
        String build = Optional.ofNullable(System.getProperty(CallRecorder.FOLDER))
                .map(folder -> ProjectTree.name(Path.of(folder)))
                .orElseThrow(() ->
                        new IllegalStateException("only the build knows what was recorded in it: run mvn verify"));
        var recorded = new TreeMap<String, Set<RecordedCall>>();
        Stream.of("functions", "infra")
                .flatMap(parent -> ProjectTree.modules(parent).stream().map(module -> parent + "/" + module))
                .map(module -> ProjectTree.path(module + "/target/aws-calls/" + build))
                .flatMap(folder -> ProjectTree.files(folder, ".calls").stream())
                .forEach(file -> recorded.computeIfAbsent(
                                ProjectTree.name(file).replace(".calls", ""), _ -> new LinkedHashSet<>())
                        .addAll(ProjectTree.text(file)
                                .lines()
                                .map(RecordedCall::parse)
                                .toList()));
        return recorded;
    }

    /** The logical id of what a call names, with what follows it; empty when nothing has that name. */
    private static String logical(String called, Map<String, Pattern> names) {
        String name = called.replaceFirst("(/index/.*|/claim/.*|/[a-z]+/\\*)$", "");
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().matcher(name).matches())
                .map(entry -> entry.getKey() + called.substring(name.length()))
                .findFirst()
                .orElse("");
    }

    /** How the resources are called, {@code table/fleetline-…-claims}, whatever the stage. */
    private static Map<String, Pattern> names(Template template) {
        Resolver resolver = Resolver.of(
                template, ANY_STAGE, Map.of("Stage", ANY_STAGE), (resource, _, _) -> Optional.of(resource.logicalId()));
        var names = new TreeMap<String, Pattern>();
        NAMED.forEach((type, kindAndProperty) -> {
            for (Resource resource : template.resourcesOf(type)) {
                String name =
                        kindAndProperty.getFirst() + "/" + resolver.physicalName(resource, kindAndProperty.getLast());
                names.put(
                        resource.logicalId(),
                        Pattern.compile(Pattern.quote(name).replace(ANY_STAGE, "\\E" + STAGE + "\\Q")));
            }
        });
        return names;
    }
}

package dev.fleetline.checks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds in a template what is kept or sent in the open, and doors that are wider than they must be. */
final class ExposureFaults {

    /** What of a request the access log may hold: nothing that came with it, and no path. */
    private static final Set<String> LOGGED =
            Set.of("requestId", "identity.sourceIp", "status", "responseLatency", "integrationErrorMessage");

    private static final String EVENT_BRIDGE = "events.amazonaws.com";
    private static final Pattern VARIABLE = Pattern.compile("\\$context\\.([A-Za-z.]+)");
    private static final Set<String> EMPTY_SECRETS = Set.of("{}", "{\"state\":\"none\"}");

    /** alert-desk lets in by the signature in the link alone; HandlerIT has those that it turns away. */
    private static final Set<String> SIGNED_LINKS =
            Set.of("GET /alert-links/{alertId}/{action}", "POST /alert-links/{alertId}/{action}");

    /** Whose work it is to tell ThingSpace under which path we are called. */
    private static final String TELLS_THE_PATH = "StreamSubscription.CALLBACK_URL";

    private final Template template;
    private final List<String> faults = new ArrayList<>();

    private ExposureFaults(Template template) {
        this.template = template;
    }

    /** Each fault by its place and the rule; nothing when all is well. */
    static List<String> of(Template template) {
        var look = new ExposureFaults(template);
        template.resourcesOf("AWS::Logs::LogGroup").forEach(look::log);
        template.resourcesOf("AWS::SQS::Queue").forEach(look::guarded);
        template.resourcesOf("AWS::SNS::Topic").forEach(look::topic);
        template.resourcesOf("AWS::S3::Bucket").forEach(look::bucket);
        template.resourcesOf("AWS::KMS::Key").forEach(look::key);
        template.resourcesOf("AWS::SecretsManager::Secret").forEach(look::secret);
        template.resourcesOf("AWS::Serverless::Function").forEach(look::function);
        template.resourcesOf("AWS::ApiGatewayV2::Stage").forEach(look::stage);
        template.resourcesOf("AWS::ApiGatewayV2::Route").forEach(look::route);
        template.resourcesOf("AWS::ApiGatewayV2::DomainName").forEach(look::domain);
        return List.copyOf(look.faults);
    }

    /** Files hold people's names: encrypted, nobody's but ours, gone after a while. */
    private void bucket(Resource bucket) {
        JsonNode properties = bucket.properties();
        must(bucket, "BucketEncryption", properties.has("BucketEncryption"));
        for (String block :
                List.of("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")) {
            must(
                    bucket,
                    block,
                    properties
                            .path("PublicAccessBlockConfiguration")
                            .path(block)
                            .asBoolean());
        }
        must(
                bucket,
                "ObjectOwnership BucketOwnerEnforced",
                properties.path("OwnershipControls").toString().contains("BucketOwnerEnforced"));
        must(bucket, "LifecycleConfiguration", properties.has("LifecycleConfiguration"));
        guarded(bucket);
    }

    private void log(Resource log) {
        must(log, "RetentionInDays", log.properties().has("RetentionInDays"));
    }

    private void topic(Resource topic) {
        String key = topic.properties().path("KmsMasterKeyId").toString();
        must(topic, "a key of our own", !key.isEmpty() && !key.contains("alias/aws/"));
        guarded(topic);
    }

    /**
     * Its policy lets nobody in without a condition, and nobody at all without TLS. Only where EventBridge publishes to a
     * topic there must be no condition: AWS supports none there, and nothing would be delivered.
     */
    private void guarded(Resource resource) {
        List<JsonNode> statements = statementsOn(template, resource.logicalId());
        must(
                resource,
                "a policy that refuses who comes without TLS",
                statements.stream()
                        .filter(statement -> statement.path("Effect").asText().equals("Deny"))
                        .filter(statement ->
                                statement.path("Principal").asText().equals("*"))
                        .anyMatch(statement -> statement
                                .path("Condition")
                                .path("Bool")
                                .path("aws:SecureTransport")
                                .asText()
                                .equals("false")));
        boolean topic = resource.type().equals("AWS::SNS::Topic");
        List<JsonNode> allowed = statements.stream()
                .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                .toList();
        must(
                resource,
                "a condition on whoever its policy lets in",
                allowed.stream()
                        .filter(statement -> !topic || !letsIn(statement).equals(Set.of(EVENT_BRIDGE)))
                        .allMatch(statement -> statement.has("Condition")));
        must(
                resource,
                "no condition on what EventBridge publishes: AWS supports none there, and nothing would arrive",
                !topic
                        || allowed.stream()
                                .filter(statement -> letsIn(statement).contains(EVENT_BRIDGE))
                                .noneMatch(statement -> statement.has("Condition")));
    }

    /** What the policies of a queue, a topic or a bucket say. */
    static List<JsonNode> statementsOn(Template template, String queueOrTopic) {
        return Stream.of("AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy", "AWS::S3::BucketPolicy")
                .flatMap(type -> template.resourcesOf(type).stream())
                .map(Resource::properties)
                .filter(policy -> Stream.concat(
                                Stream.of(policy.path("Queues"), policy.path("Topics"))
                                        .flatMap(JsonNode::valueStream),
                                Stream.of(policy.path("Bucket")))
                        .anyMatch(one -> one.path("Ref").asText().equals(queueOrTopic)))
                .flatMap(policy ->
                        policy.path("PolicyDocument").path("Statement").valueStream())
                .toList();
    }

    /** Everybody that a statement is about. */
    static Set<String> letsIn(JsonNode statement) {
        JsonNode principal = statement.path("Principal");
        return (principal.isObject() ? principal.valueStream() : Stream.of(principal))
                .flatMap(who -> who.isArray() ? who.valueStream() : Stream.of(who))
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }

    private void key(Resource key) {
        must(
                key,
                "EnableKeyRotation",
                key.properties().path("EnableKeyRotation").asBoolean());
        must(
                key,
                "DeletionPolicy Retain",
                key.body().path("DeletionPolicy").asText().equals("Retain"));
    }

    private void secret(Resource secret) {
        must(
                secret,
                "no value in the template",
                EMPTY_SECRETS.contains(secret.properties().path("SecretString").asText())
                        || (secret.properties().has("GenerateSecretString")
                                && !secret.properties().has("SecretString")));
    }

    private void function(Resource function) {
        for (Map.Entry<String, JsonNode> variable : template.effectiveProperties(function)
                .path("Environment")
                .path("Variables")
                .properties()) {
            String value = variable.getValue().toString();
            boolean mayKnowThePath = (function.logicalId() + "." + variable.getKey()).equals(TELLS_THE_PATH);
            must(
                    function,
                    "no secret in " + variable.getKey(),
                    !value.contains("{{resolve:") && (mayKnowThePath || !value.contains("CallbackPath")));
        }
    }

    private void stage(Resource stage) {
        JsonNode limits = stage.properties().path("DefaultRouteSettings");
        must(stage, "a limit of requests", limits.has("ThrottlingRateLimit") && limits.has("ThrottlingBurstLimit"));
        JsonNode log = stage.properties().path("AccessLogSettings");
        must(stage, "an access log", log.has("DestinationArn"));
        VARIABLE.matcher(log.path("Format").asText())
                .results()
                .map(variable -> variable.group(1))
                .forEach(variable -> must(stage, "no " + variable + " in its log", LOGGED.contains(variable)));
    }

    private void route(Resource route) {
        must(
                route,
                "the path that nobody can guess, a login, or a link that its function checks",
                route.properties().path("RouteKey").toString().contains("/${CallbackPath}/")
                        || route.properties().path("AuthorizationType").asText().equals("AWS_IAM")
                        || SIGNED_LINKS.contains(
                                route.properties().path("RouteKey").asText()));
    }

    private void domain(Resource domain) {
        must(
                domain,
                "TLS 1.2",
                domain.properties()
                        .path("DomainNameConfigurations")
                        .valueStream()
                        .allMatch(one -> one.path("SecurityPolicy").asText().equals("TLS_1_2")));
    }

    private void must(Resource resource, String rule, boolean holds) {
        if (!holds) {
            faults.add(resource.logicalId() + " must have: " + rule);
        }
    }
}

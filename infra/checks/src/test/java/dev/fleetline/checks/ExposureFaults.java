package dev.fleetline.checks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds in a template what is kept or sent in the open, and doors that are wider than they must be. */
final class ExposureFaults {

    /** What of a request the access log may hold: nothing that came with it, and no path. */
    private static final Set<String> LOGGED =
            Set.of("requestId", "identity.sourceIp", "status", "responseLatency", "integrationErrorMessage");

    private static final Pattern VARIABLE = Pattern.compile("\\$context\\.([A-Za-z.]+)");
    private static final Set<String> EMPTY_SECRETS = Set.of("{}", "{\"state\":\"none\"}");

    private final Template template;
    private final List<String> faults = new ArrayList<>();

    private ExposureFaults(Template template) {
        this.template = template;
    }

    /** Each fault by its place and the rule; nothing when all is well. */
    static List<String> of(Template template) {
        var look = new ExposureFaults(template);
        template.resourcesOf("AWS::Logs::LogGroup").forEach(look::log);
        template.resourcesOf("AWS::SQS::Queue").forEach(queue -> look.guarded(queue, "AWS::SQS::QueuePolicy"));
        template.resourcesOf("AWS::SNS::Topic").forEach(look::topic);
        template.resourcesOf("AWS::KMS::Key").forEach(look::key);
        template.resourcesOf("AWS::SecretsManager::Secret").forEach(look::secret);
        template.resourcesOf("AWS::Serverless::Function").forEach(look::function);
        template.resourcesOf("AWS::ApiGatewayV2::Stage").forEach(look::stage);
        template.resourcesOf("AWS::ApiGatewayV2::DomainName").forEach(look::domain);
        return List.copyOf(look.faults);
    }

    private void log(Resource log) {
        must(log, "RetentionInDays", log.properties().has("RetentionInDays"));
    }

    private void topic(Resource topic) {
        String key = topic.properties().path("KmsMasterKeyId").toString();
        must(topic, "a key of our own", !key.isEmpty() && !key.contains("alias/aws/"));
        guarded(topic, "AWS::SNS::TopicPolicy");
    }

    /** Its policy lets nobody in without a condition, and nobody at all without TLS. */
    private void guarded(Resource resource, String policyType) {
        List<JsonNode> statements = template.resourcesOf(policyType).stream()
                .map(Resource::properties)
                .filter(policy -> Stream.of(policy.path("Queues"), policy.path("Topics"))
                        .flatMap(JsonNode::valueStream)
                        .anyMatch(one -> one.path("Ref").asText().equals(resource.logicalId())))
                .flatMap(policy ->
                        policy.path("PolicyDocument").path("Statement").valueStream())
                .toList();
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
        must(
                resource,
                "a condition on whoever its policy lets in",
                statements.stream()
                        .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                        .allMatch(statement -> statement.has("Condition")));
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
                EMPTY_SECRETS.contains(secret.properties().path("SecretString").asText()));
    }

    private void function(Resource function) {
        for (Map.Entry<String, JsonNode> variable : template.effectiveProperties(function)
                .path("Environment")
                .path("Variables")
                .properties()) {
            String value = variable.getValue().toString();
            must(
                    function,
                    "no secret in " + variable.getKey(),
                    !value.contains("{{resolve:") && !value.contains("CallbackPath"));
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

package dev.fleetline.checks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.Template;
import java.util.ArrayList;
import java.util.List;

/** Finds in a template rotations of secrets that begin too early, reach the wrong function, or must not be. */
final class RotationFaults {

    static final String SCHEDULE = "AWS::SecretsManager::RotationSchedule";
    private static final String SERVICE = "secretsmanager.amazonaws.com";
    private static final int MOST_DAYS = 365;

    private final Template template;
    private final List<String> faults = new ArrayList<>();

    private RotationFaults(Template template) {
        this.template = template;
    }

    /** Each fault by its place and the rule; nothing when all is well. */
    static List<String> of(Template template) {
        var look = new RotationFaults(template);
        template.resourcesOf(SCHEDULE).forEach(look::schedule);
        template.resourcesOf("AWS::Lambda::Permission").stream()
                .filter(permission ->
                        permission.properties().path("Principal").asText().equals(SERVICE))
                .forEach(permission -> look.must(
                        permission,
                        "SourceAccount: the service calls for every account",
                        permission
                                .properties()
                                .path("SourceAccount")
                                .path("Ref")
                                .asText()
                                .equals("AWS::AccountId")));
        return List.copyOf(look.faults);
    }

    /** Which function rotates by this schedule, by logical id. */
    static String rotatedBy(Resource schedule) {
        return BusRules.logicalId(schedule.properties().path("RotationLambdaARN"));
    }

    private void schedule(Resource schedule) {
        JsonNode properties = schedule.properties();
        String function = rotatedBy(schedule);
        String secret = BusRules.logicalId(properties.path("SecretId"));
        must(schedule, "a function here that rotates", is(function, "AWS::Serverless::Function"));
        must(schedule, "a secret here to be rotated", is(secret, "AWS::SecretsManager::Secret"));
        // a token ends after hours, and has its own way of being renewed
        must(schedule, "a secret that is no token", !secret.endsWith("TokenSecret"));
        must(
                schedule,
                "the alias of its function",
                properties.path("RotationLambdaARN").toString().contains(".Arn}:live"));
        // no secret is filled in when the stack is made
        must(schedule, "a condition", schedule.condition().isPresent());
        must(
                schedule,
                "RotateImmediatelyOnUpdate false",
                properties.path("RotateImmediatelyOnUpdate").asText().equals("false"));
        int days =
                properties.path("RotationRules").path("AutomaticallyAfterDays").asInt();
        must(schedule, "AutomaticallyAfterDays of 1 to " + MOST_DAYS, days >= 1 && days <= MOST_DAYS);
        must(
                schedule,
                "to wait for the permission to call its function",
                template.resourcesOf("AWS::Lambda::Permission").stream()
                        .filter(permission -> BusRules.logicalId(
                                        permission.properties().path("FunctionName"))
                                .equals(function))
                        .filter(permission -> permission
                                .properties()
                                .path("Principal")
                                .asText()
                                .equals(SERVICE))
                        .anyMatch(permission -> schedule.body()
                                .path("DependsOn")
                                .toString()
                                .contains("\"" + permission.logicalId() + "\"")));
    }

    private boolean is(String logicalId, String type) {
        return template.resources().containsKey(logicalId)
                && template.resource(logicalId).type().equals(type);
    }

    private void must(Resource resource, String rule, boolean holds) {
        if (!holds) {
            faults.add(resource.logicalId() + " must have: " + rule);
        }
    }
}

package dev.fleetline.checks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.checks.BusRules.Mapping;
import dev.fleetline.checks.Deployed.Alarm;
import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what could go wrong without an alarm, and alarms that nobody could act on. */
final class AlarmFaults {

    /** The runbook of each kind of alarm; the kind is how the alarm's name ends. */
    private static final Map<String, String> RUNBOOKS = Map.of(
            "-errors", "function-errors.md",
            "-throttles", "function-throttles.md",
            "-queue-age", "queue-age.md",
            "-dead-letters", "dead-letters.md",
            "-iterator-age", "iterator-age.md",
            "-token-age", "token-age.md",
            "-outbox-age", "outbox-age.md",
            "-5xx", "function-errors.md",
            "-fleet-sweep-failed", "fleet-sweep-failed.md",
            "-stream-silent", "stream-silent.md");

    private final Deployed deployed;
    private final Map<String, String> wanted = new LinkedHashMap<>();

    private AlarmFaults(Deployed deployed) {
        this.deployed = deployed;
    }

    /** Each fault by its place; nothing when all is well. */
    static List<String> of(Template template, Template alarms) {
        Deployed deployed = Deployed.of(template, Map.of("StreamSilentHours", "6"));
        var look = new AlarmFaults(deployed);
        look.wantedOfFunctions();
        look.wantedOfQueuesAndStreams();
        deployed.resourcesOf("AWS::Serverless::StateMachine").stream()
                .map(Resource::logicalId)
                .forEach(id -> look.want(
                        "AWS/States ExecutionsFailed " + deployed.resolver().ref(id), id));

        List<Alarm> all = deployed.alarms(alarms);
        var faults = new ArrayList<String>();
        Set<String> watched = all.stream().map(Alarm::watches).collect(Collectors.toSet());
        look.wanted.forEach((watch, whose) -> {
            if (!watched.contains(watch)) {
                faults.add(whose + " must have: an alarm on " + watch);
            }
        });
        all.forEach(alarm -> faults.addAll(look.of(alarm)));
        return faults;
    }

    private void wantedOfFunctions() {
        List<ObjectNode> deliveredTo = deliveredTo();
        for (Resource function : deployed.functions()) {
            String id = function.logicalId();
            String name = deployed.functionName(function);
            want("AWS/Lambda Errors " + name, id);
            want("AWS/Lambda Throttles " + name, id);
            // who writes a token and is woken by itself looks after it
            if (may(function, "secretsmanager:PutSecretValue", "TokenSecret") && isScheduled(function)) {
                want("Fleetline TokenSecondsLeft " + name, id);
            }
            if (may(function, "dynamodb:Scan", "Outbox")) {
                want("Fleetline OutboxAgeSeconds " + name, id);
            }
            deliveredTo.stream()
                    .filter(integration ->
                            integration.path("IntegrationUri").asText().contains(":function:" + name + ":"))
                    .forEach(integration -> {
                        want("AWS/Lambda Invocations " + name, id);
                        want("AWS/ApiGateway 5xx " + integration.path("ApiId").asText(), id);
                    });
        }
    }

    /** The integrations behind routes that are posted to: their silence is news, and that of pages for people is not. */
    private List<ObjectNode> deliveredTo() {
        String posted = deployed.resourcesOf("AWS::ApiGatewayV2::Route").stream()
                .map(Resource::properties)
                .filter(route -> route.path("RouteKey").toString().contains("\"POST /"))
                .map(route -> route.path("Target").toString())
                .collect(Collectors.joining());
        return deployed.resourcesOf("AWS::ApiGatewayV2::Integration").stream()
                .filter(integration -> posted.contains("/${" + integration.logicalId() + "}"))
                .map(integration -> deployed.resolver().properties(integration))
                .toList();
    }

    private static boolean isScheduled(Resource function) {
        return function.properties().path("Events").valueStream().anyMatch(event -> event.path("Type")
                .asText()
                .equals("Schedule"));
    }

    private void wantedOfQueuesAndStreams() {
        for (Mapping mapping : BusRules.of(deployed.template()).mappings()) {
            if (mapping.type().equals("SQS")) {
                String queue = mapping.declared()
                        .path("Queue")
                        .path("Fn::GetAtt")
                        .path(0)
                        .asText();
                want("AWS/SQS ApproximateAgeOfOldestMessage " + deployed.queueName(queue), queue);
            } else {
                String name = deployed.functionName(deployed.template().resource(mapping.function()));
                want("AWS/Lambda IteratorAge " + name, mapping.function());
            }
        }
        deployed.failureQueues()
                .forEach(queue ->
                        want("AWS/SQS ApproximateNumberOfMessagesVisible " + deployed.queueName(queue), queue));
    }

    private void want(String watch, String whose) {
        wanted.put(watch, whose);
    }

    private List<String> of(Alarm alarm) {
        JsonNode properties = alarm.properties();
        var faults = new ArrayList<String>();
        if (!wanted.containsKey(alarm.watches())) {
            faults.add(alarm.name() + " watches what is not there: " + alarm.watches());
        }
        String runbook = RUNBOOKS.entrySet().stream()
                .filter(kind -> alarm.name().endsWith(kind.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("none");
        if (!properties
                .path("AlarmDescription")
                .asText()
                .endsWith(deployed.resolver().ref("RunbooksUrl") + "/" + runbook)) {
            faults.add(alarm.name() + " must name its runbook: " + runbook);
        }
        Set<String> topics = deployed.resourcesOf("AWS::SNS::Topic").stream()
                .map(topic -> deployed.resolver().ref(topic.logicalId()))
                .collect(Collectors.toSet());
        for (String actions : List.of("AlarmActions", "OKActions")) {
            if (!topics.contains(properties.path(actions).path(0).asText())) {
                faults.add(alarm.name() + " must have: " + actions + " to a topic here");
            }
        }
        if (properties.path("TreatMissingData").isMissingNode()) {
            faults.add(alarm.name() + " must have: TreatMissingData");
        }
        return faults;
    }

    private static boolean may(Resource function, String action, String resource) {
        return function.properties()
                .path("Policies")
                .valueStream()
                .flatMap(policy -> policy.path("Statement").valueStream())
                .anyMatch(statement -> statement.path("Action").toString().contains("\"" + action + "\"")
                        && statement.path("Resource").toString().contains(resource));
    }
}

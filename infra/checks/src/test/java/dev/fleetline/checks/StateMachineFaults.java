package dev.fleetline.checks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds what could go wrong with a state machine of a template unseen, or twice, or with more than it may carry. */
final class StateMachineFaults {

    private static final String TYPE = "AWS::Serverless::StateMachine";

    /** What a role may do besides calling functions: start its own parts, and have its log delivered. */
    private static final Pattern OWN_RIGHTS = Pattern.compile("states:\\w+Execution|logs:\\w+");

    private static final Set<String> LIMITS = Set.of("MaximumRetryAttempts", "MaximumEventAgeInSeconds");

    private final Template template;
    private final Resource machine;
    private final List<String> faults = new ArrayList<>();

    private StateMachineFaults(Template template, Resource machine) {
        this.template = template;
        this.machine = machine;
    }

    /** Each fault by its machine and the rule; nothing when all is well. */
    static List<String> of(Template template) {
        var faults = new ArrayList<String>();
        for (Resource machine : template.resourcesOf(TYPE)) {
            var look = new StateMachineFaults(template, machine);
            look.look();
            faults.addAll(look.faults);
        }
        return faults;
    }

    /** The functions, by logical id, that a machine calls by their alias. */
    static Set<String> called(Resource machine) {
        var called = new TreeSet<String>();
        machine.properties().path("DefinitionSubstitutions").forEach(value -> {
            if (value.path("Fn::Sub").asText().endsWith(".Arn}:live")) {
                called.add(BusRules.logicalId(value));
            }
        });
        return called;
    }

    private void look() {
        JsonNode properties = machine.properties();
        JsonNode logging = properties.path("Logging");
        must("Logging of errors", logging.path("Level").asText().equals("ERROR"));
        must(
                "no execution data in its log",
                !logging.path("IncludeExecutionData").asBoolean(true));
        must(
                "a log group with RetentionInDays",
                template.resources().containsKey(logGroup(logging))
                        && template.resource(logGroup(logging)).properties().has("RetentionInDays"));
        must("Tracing", properties.path("Tracing").path("Enabled").asBoolean());
        must("a function that it calls by its alias", !called(machine).isEmpty());
        states(properties.path("Definition").path("States"));
        rights(properties.path("Policies"));
        events(properties.path("Events"));
        JsonNode instead = machine.body().path("Metadata").path("InOneInvocation");
        must(
                "a function that does all of it in one invocation, where there are no state machines",
                called(machine).contains(instead.path("Function").asText())
                        && ProjectTree.isJson(instead.path("Input").asText()));
    }

    private static String logGroup(JsonNode logging) {
        return BusRules.logicalId(logging.path("Destinations")
                .path(0)
                .path("CloudWatchLogsLogGroup")
                .path("LogGroupArn"));
    }

    private void states(JsonNode states) {
        states.properties().forEach(state -> {
            JsonNode body = state.getValue();
            if (body.path("Type").asText().equals("Task")) {
                must(
                        state.getKey() + " that is tried again",
                        !body.path("Retry").isEmpty());
                must(
                        state.getKey() + " whose result is the function's answer, a part of it, or nothing",
                        body.has("OutputPath")
                                || body.has("ResultSelector")
                                || (body.has("ResultPath")
                                        && body.path("ResultPath").isNull()));
                must(
                        state.getKey() + " that calls a function by its alias",
                        body.path("Parameters").path("FunctionName").asText().equals("${HealthSweepLive}"));
            }
            states(body.path("ItemProcessor").path("States"));
        });
    }

    private void rights(JsonNode policies) {
        policies.forEach(policy -> policy.path("Statement")
                .forEach(statement -> statement.path("Action").forEach(action -> {
                    boolean isCall = action.asText().equals("lambda:InvokeFunction")
                            && called(machine).contains(BusRules.logicalId(statement.path("Resource")));
                    must(
                            "no right to " + action.asText(),
                            isCall || OWN_RIGHTS.matcher(action.asText()).matches());
                })));
    }

    private void events(JsonNode events) {
        events.properties().forEach(event -> {
            JsonNode declared = event.getValue().path("Properties");
            must(event.getKey() + " with a time zone", declared.has("ScheduleExpressionTimezone"));
            must(
                    event.getKey() + " with a RetryPolicy of both limits",
                    LIMITS.stream().allMatch(declared.path("RetryPolicy")::has));
            String queue = BusRules.logicalId(declared.path("DeadLetterConfig").path("Arn"));
            must(
                    event.getKey() + " with a DeadLetterConfig that is a queue here",
                    template.resources().containsKey(queue)
                            && template.resource(queue).type().equals("AWS::SQS::Queue"));
            must(
                    event.getKey() + " with a name of this deployment",
                    declared.path("Name").toString().contains("${Stage}"));
        });
    }

    private void must(String rule, boolean holds) {
        if (!holds) {
            faults.add(machine.logicalId() + " must have: " + rule);
        }
    }
}

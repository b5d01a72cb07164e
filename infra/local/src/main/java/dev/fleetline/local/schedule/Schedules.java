package dev.fleetline.local.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.functions.HostedFunction;
import dev.fleetline.local.functions.HostedFunctions;
import dev.fleetline.testing.template.Resolver;
import dev.fleetline.testing.template.Resource;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The template's schedules and when each is due next. */
public final class Schedules {

    /** A schedule that has come due: whom it wakes and with what. */
    public record Call(String name, HostedFunction function, JsonNode input, Instant due) {}

    private static final class Schedule {
        private final String name;
        private final HostedFunction function;
        private final JsonNode input;
        private final Due rhythm;
        private Instant next;

        Schedule(String name, HostedFunction function, JsonNode input, Due rhythm, Instant began) {
            this.name = name;
            this.function = function;
            this.input = input;
            this.rhythm = rhythm;
            this.next = rhythm.after(began);
        }

        Call call() {
            return new Call(name, function, input, next);
        }
    }

    private final List<Schedule> schedules;

    private Schedules(List<Schedule> schedules) {
        this.schedules = schedules;
    }

    /** Those of functions (SAM) and of resources of their own, counted from {@code began}. */
    public static Schedules of(Resolver resolver, HostedFunctions functions, Instant began) {
        var schedules = new ArrayList<Schedule>();
        for (HostedFunction function : functions.all()) {
            function.properties().path("Events").properties().forEach(event -> {
                String expression = expression(event.getValue());
                if (!expression.isEmpty()) {
                    String name = "Resources." + function.logicalId() + ".Events." + event.getKey();
                    schedules.add(new Schedule(
                            name,
                            function,
                            input(name, event.getValue().path("Properties").path("Input")),
                            Due.parse(expression, began),
                            began));
                }
            });
        }
        for (Resource resource : resolver.template().resources().values()) {
            if (resolver.exists(resource)) {
                ofResource(resource, resolver, functions, began).forEach(schedules::add);
            }
        }
        return new Schedules(schedules);
    }

    /**
     * Everything that came due by now, each once however often it would have been due, in the order in which it was
     * due first; from then on each is due again after {@code now}.
     */
    public synchronized List<Call> due(Instant now) {
        var calls = new ArrayList<Call>();
        for (Schedule schedule : schedules) {
            if (!schedule.next.isAfter(now)) {
                calls.add(schedule.call());
                schedule.next = schedule.rhythm.after(now);
            }
        }
        calls.sort(Comparator.comparing(Call::due));
        return List.copyOf(calls);
    }

    /** Lets everything that came due by now pass in silence. */
    public void skip(Instant now) {
        due(now);
    }

    /** The input of a function's first schedule, if it has one. */
    public Optional<JsonNode> firstInput(HostedFunction function) {
        return schedules.stream()
                .filter(schedule -> schedule.function.module().equals(function.module()))
                .map(schedule -> schedule.input)
                .findFirst();
    }

    private static List<Schedule> ofResource(
            Resource resource, Resolver resolver, HostedFunctions functions, Instant began) {
        var schedules = new ArrayList<Schedule>();
        switch (resource.type()) {
            case "AWS::Scheduler::Schedule" -> {
                JsonNode properties = resolver.properties(resource);
                JsonNode target = properties.path("Target");
                functions
                        .withArn(target.path("Arn").asText())
                        .ifPresent(function -> schedules.add(new Schedule(
                                resource.place(),
                                function,
                                input(resource.place(), target.path("Input")),
                                Due.parse(properties.path("ScheduleExpression").asText(), began),
                                began)));
            }
            case "AWS::Serverless::StateMachine" ->
                schedules.addAll(inOneInvocation(resource, resolver, functions, began));
            case "AWS::Events::Rule" -> {
                JsonNode properties = resolver.properties(resource);
                if (properties.has("ScheduleExpression")) {
                    for (JsonNode target : properties.path("Targets")) {
                        functions
                                .withArn(target.path("Arn").asText())
                                .ifPresent(function -> schedules.add(new Schedule(
                                        resource.place(),
                                        function,
                                        input(resource.place(), target.path("Input")),
                                        Due.parse(
                                                properties
                                                        .path("ScheduleExpression")
                                                        .asText(),
                                                began),
                                        began)));
                    }
                }
            }
            default -> {
                // nothing that wakes by time
            }
        }
        return schedules;
    }

    /** What a state machine does step by step, a function does here at once; the machine's metadata says which. */
    private static List<Schedule> inOneInvocation(
            Resource machine, Resolver resolver, HostedFunctions functions, Instant began) {
        JsonNode instead = machine.body().path("Metadata").path("InOneInvocation");
        var schedules = new ArrayList<Schedule>();
        for (JsonNode event : resolver.properties(machine).path("Events")) {
            JsonNode properties = event.path("Properties");
            Due rhythm = Due.parse(
                    expression(event),
                    ZoneId.of(properties.path("ScheduleExpressionTimezone").asText("UTC")),
                    began);
            functions.all().stream()
                    .filter(function ->
                            function.logicalId().equals(instead.path("Function").asText()))
                    .forEach(function -> schedules.add(new Schedule(
                            machine.place(), function, input(machine.place(), instead.path("Input")), rhythm, began)));
        }
        return schedules;
    }

    private static String expression(JsonNode event) {
        JsonNode properties = event.path("Properties");
        boolean off = properties.path("State").asText().equals("DISABLED")
                || (properties.has("Enabled") && !properties.path("Enabled").asBoolean());
        if (off) {
            return "";
        }
        return switch (event.path("Type").asText()) {
            case "Schedule" -> properties.path("Schedule").asText();
            case "ScheduleV2" -> properties.path("ScheduleExpression").asText();
            default -> "";
        };
    }

    private static JsonNode input(String name, JsonNode input) {
        if (input.isMissingNode()) {
            // what a schedule without input sends says nothing that Fleetline reads
            return EdgeJson.JSON.createObjectNode();
        }
        try {
            return input.isTextual() ? EdgeJson.JSON.readTree(input.asText()) : input;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(name + ".Input must be JSON: " + e.getOriginalMessage(), e);
        }
    }
}

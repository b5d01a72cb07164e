package dev.fleetline.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.local.bus.BusRule;
import dev.fleetline.local.bus.TargetInput;
import dev.fleetline.local.functions.HostedFunction;
import dev.fleetline.local.functions.HostedFunctions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes every event that the bus accepted, keeps it, and brings it to the targets of each rule that matches. */
final class EventBus {

    private static final Logger LOG = LoggerFactory.getLogger(EventBus.class);

    private final List<BusRule> rules;
    private final HostedFunctions functions;
    private final Invocations invocations;
    private final BiConsumer<String, String> send;
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();

    /** {@code send} takes the ARN of a queue or a topic, and a message. */
    EventBus(List<BusRule> rules, HostedFunctions functions, Invocations invocations, BiConsumer<String, String> send) {
        this.rules = rules;
        this.functions = functions;
        this.invocations = invocations;
        this.send = send;
    }

    void deliver(JsonNode event) {
        events.add(event);
        for (BusRule rule : rules) {
            if (rule.matches(event)) {
                rule.targets().forEach(target -> deliver(event, rule, target));
            }
        }
    }

    /** Every event since the start, the oldest first. */
    List<JsonNode> events() {
        return List.copyOf(events);
    }

    private void deliver(JsonNode event, BusRule rule, BusRule.Target target) {
        try {
            String input = target.input().of(event);
            Optional<HostedFunction> function = functions.withArn(target.arn());
            if (function.isPresent()) {
                invocations.start(function.get(), TargetInput.json(input));
            } else {
                send.accept(target.arn(), input);
            }
        } catch (RuntimeException e) {
            LOG.error(
                    "{} could not deliver a {}",
                    rule.name(),
                    event.path("detail-type").asText(),
                    e);
            target.deadLetters().ifPresent(queue -> send.accept(queue, event.toString()));
        }
    }
}

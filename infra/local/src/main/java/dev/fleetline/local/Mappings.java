package dev.fleetline.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.local.functions.HostedFunction;
import dev.fleetline.local.functions.HostedFunctions;
import dev.fleetline.local.sources.Pump;
import dev.fleetline.local.sources.QueuePump;
import dev.fleetline.local.sources.TableStreamPump;
import java.util.ArrayList;
import java.util.List;

/** The event source mappings that the template's functions declare. */
final class Mappings {

    private static final int DEFAULT_QUEUE_BATCH = 10;
    private static final int DEFAULT_STREAM_BATCH = 100;
    private static final int AS_LONG_AS_IT_TAKES = -1;

    private Mappings() {}

    static List<Pump> of(LocalAws aws, HostedFunctions functions) {
        var pumps = new ArrayList<Pump>();
        for (HostedFunction function : functions.all()) {
            for (JsonNode event : function.properties().path("Events")) {
                JsonNode properties = event.path("Properties");
                switch (event.path("Type").asText()) {
                    case "SQS" -> pumps.add(queue(aws, function, properties));
                    case "DynamoDB" -> pumps.addAll(tableStream(aws, function, properties));
                    default -> {
                        // rules, schedules and routes are not polled
                    }
                }
            }
        }
        return List.copyOf(pumps);
    }

    private static Pump queue(LocalAws aws, HostedFunction function, JsonNode properties) {
        String arn = properties.path("Queue").asText();
        String url = aws.queueUrl(arn)
                .orElseThrow(() -> new IllegalStateException("Resources." + function.logicalId()
                        + ": its queue must be one of this template but is " + arn));
        return new QueuePump(
                aws.queues().client(),
                url,
                arn,
                function,
                properties.path("BatchSize").asInt(DEFAULT_QUEUE_BATCH));
    }

    private static List<Pump> tableStream(LocalAws aws, HostedFunction function, JsonNode properties) {
        List<String> patterns = properties
                .path("FilterCriteria")
                .path("Filters")
                .valueStream()
                .map(filter -> filter.path("Pattern").asText())
                .toList();
        String deadLetters = properties
                .path("DestinationConfig")
                .path("OnFailure")
                .path("Destination")
                .asText();
        return TableStreamPump.of(
                aws.dynamo().streams(),
                new TableStreamPump.Mapping(
                        properties.path("Stream").asText(),
                        properties.path("BatchSize").asInt(DEFAULT_STREAM_BATCH),
                        properties.path("ParallelizationFactor").asInt(1),
                        patterns,
                        properties.path("MaximumRetryAttempts").asInt(AS_LONG_AS_IT_TAKES)),
                function,
                givenUp -> {
                    if (!deadLetters.isEmpty()) {
                        aws.send(deadLetters, givenUp.toString());
                    }
                });
    }
}

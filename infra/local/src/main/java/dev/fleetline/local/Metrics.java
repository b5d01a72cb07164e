package dev.fleetline.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.functions.HostedFunctions;
import java.util.TreeMap;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Counts what there is, by the kind that it is of. */
final class Metrics {

    private final LocalAws aws;
    private final HostedFunctions functions;
    private final FleetView view;
    private final EventBus bus;

    Metrics(LocalAws aws, HostedFunctions functions, FleetView view, EventBus bus) {
        this.aws = aws;
        this.functions = functions;
        this.view = view;
        this.bus = bus;
    }

    ObjectNode toJson() {
        ObjectNode metrics = EdgeJson.JSON.createObjectNode();
        counts(metrics.putObject("devices"), view.devices(), "state");
        counts(metrics.putObject("callbacks"), view.callbacks(), "status");
        counts(metrics.putObject("alerts"), view.alerts(), "condition");
        counts(metrics.putObject("events"), bus.events(), "detail-type");
        ObjectNode invoked = metrics.putObject("invocations");
        functions.all().forEach(function -> invoked.putObject(function.module())
                .put("count", function.invocations())
                .put("failed", function.failures()));
        ObjectNode waiting = metrics.putObject("queues");
        aws.queueUrlsByArn().forEach((arn, url) -> waiting.put(arn.substring(arn.lastIndexOf(':') + 1), messages(url)));
        metrics.put("messagesToPeople", aws.messagesToPeople().size());
        return metrics;
    }

    private int messages(String queueUrl) {
        return Integer.parseInt(aws.queues()
                .client()
                .getQueueAttributes(request -> request.queueUrl(queueUrl)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes()
                .getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0"));
    }

    private static void counts(ObjectNode into, Iterable<? extends JsonNode> list, String field) {
        var counts = new TreeMap<String, Integer>();
        list.forEach(one -> counts.merge(one.path(field).asText(), 1, Integer::sum));
        counts.forEach(into::put);
    }
}

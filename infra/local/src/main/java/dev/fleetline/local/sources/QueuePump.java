package dev.fleetline.local.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.functions.HostedFunction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Hands the messages of a queue to a function and deletes those that it has done. The others come again when their
 * visibility time-out has passed; the queue's redrive policy ends it.
 */
public final class QueuePump implements Pump {

    private static final Logger LOG = LoggerFactory.getLogger(QueuePump.class);

    private final SqsClient sqs;
    private final String queueUrl;
    private final String queueArn;
    private final HostedFunction function;
    private final int batchSize;

    /** {@code batchSize} as the mapping says. */
    public QueuePump(SqsClient sqs, String queueUrl, String queueArn, HostedFunction function, int batchSize) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        this.queueArn = queueArn;
        this.function = function;
        this.batchSize = batchSize;
    }

    @Override
    public Found round() {
        List<Message> messages = sqs.receiveMessage(request -> request.queueUrl(queueUrl)
                        .maxNumberOfMessages(Math.min(batchSize, 10))
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                        .waitTimeSeconds(0))
                .messages();
        if (messages.isEmpty()) {
            return Found.NOTHING;
        }
        Set<String> notDone = notDone(messages);
        for (Message message : messages) {
            if (!notDone.contains(message.messageId())) {
                sqs.deleteMessage(request -> request.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
            }
        }
        return Found.WORK;
    }

    private Set<String> notDone(List<Message> messages) {
        var notDone = new HashSet<String>();
        try {
            JsonNode reply = function.invoke(event(messages));
            for (JsonNode failure : reply.path("batchItemFailures")) {
                notDone.add(failure.path("itemIdentifier").asText());
            }
        } catch (HostedFunction.Failed e) {
            LOG.error("{}; its {} messages will come again", e.getMessage(), messages.size(), e);
            messages.forEach(message -> notDone.add(message.messageId()));
        }
        return notDone;
    }

    private ObjectNode event(List<Message> messages) {
        ObjectNode event = EdgeJson.JSON.createObjectNode();
        ArrayNode records = event.putArray("Records");
        for (Message message : messages) {
            ObjectNode record = records.addObject()
                    .put("messageId", message.messageId())
                    .put("receiptHandle", message.receiptHandle())
                    .put("body", message.body());
            ObjectNode attributes = record.putObject("attributes");
            message.attributesAsStrings().forEach(attributes::put);
            record.putObject("messageAttributes");
            record.put("md5OfBody", message.md5OfBody())
                    .put("eventSource", "aws:sqs")
                    .put("eventSourceARN", queueArn)
                    .put("awsRegion", "us-east-1");
        }
        return event;
    }
}

package dev.fleetline.lambda;

import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** The two things that a loop asks of SQS: keep a dead letter, and hand a message back until later. */
public final class SqsEdge implements DeadLetters {

    /** SQS takes no longer delay than this. */
    private static final Duration LONGEST = Duration.ofHours(12);

    private static final int LONGEST_REASON = 1_000;

    private final SqsClient sqs;
    private final String queueUrl;
    private final String deadLetterQueueUrl;

    /** {@code queueUrl} may be empty for a loop that reads no queue. */
    public SqsEdge(SqsClient sqs, String queueUrl, String deadLetterQueueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        this.deadLetterQueueUrl = deadLetterQueueUrl;
    }

    @Override
    public void send(String body, String reason) {
        var why = MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason)
                .build();
        sqs.sendMessage(message ->
                message.queueUrl(deadLetterQueueUrl).messageBody(body).messageAttributes(Map.of("reason", why)));
    }

    void handBack(String receiptHandle, Duration notBefore) {
        Duration delay = notBefore.compareTo(LONGEST) > 0 ? LONGEST : notBefore;
        sqs.changeMessageVisibility(change ->
                change.queueUrl(queueUrl).receiptHandle(receiptHandle).visibilityTimeout((int) delay.toSeconds()));
    }
}

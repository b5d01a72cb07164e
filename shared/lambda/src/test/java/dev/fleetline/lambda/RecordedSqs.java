package dev.fleetline.lambda;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** An SQS that remembers the two things it is asked, and can be down. */
final class RecordedSqs implements SqsClient {

    final List<SendMessageRequest> sent = new ArrayList<>();
    final List<ChangeMessageVisibilityRequest> handedBack = new ArrayList<>();
    boolean isDown;

    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
        refuseWhenDown();
        sent.add(request);
        return SendMessageResponse.builder().messageId("dead-1").build();
    }

    @Override
    public ChangeMessageVisibilityResponse changeMessageVisibility(ChangeMessageVisibilityRequest request) {
        refuseWhenDown();
        handedBack.add(request);
        return ChangeMessageVisibilityResponse.builder().build();
    }

    private void refuseWhenDown() {
        if (isDown) {
            throw SqsException.builder().message("down").build();
        }
    }

    @Override
    public String serviceName() {
        return "sqs";
    }

    @Override
    public void close() {}
}

package dev.fleetline.localstack;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.fleetline.fleetevents.FleetEvents;
import dev.fleetline.fleeteventseventbridge.EventBridgeFleetEvents;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.testing.FleetEventsContract;
import dev.fleetline.testing.RecordingPause;
import dev.fleetline.testing.aws.LoopbackAws;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Publishing on LocalStack's EventBridge; what is on the bus is what a rule brings into a queue. */
@Tag("localstack")
@ExtendWith(OneLocalStack.class)
class BusOnLocalStackIT extends FleetEventsContract {

    private final String name = "fleetline-" + UUID.randomUUID();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final List<String> arrived = new CopyOnWriteArrayList<>();
    private final RecordingPause pause = new RecordingPause();
    private final SqsClient sqs;
    private final EventBridgeClient client;
    private final String queue;
    private volatile boolean isDown;

    BusOnLocalStackIT(URI localstack) {
        sqs = LoopbackAws.aim(SqsClient.builder(), localstack).build();
        client = LoopbackAws.aim(EventBridgeClient.builder(), localstack)
                .overrideConfiguration(settings ->
                        settings.retryStrategy(AwsRetryStrategy.doNotRetry()).addExecutionInterceptor(new Trouble()))
                .build();
        queue = sqs.createQueue(create -> create.queueName(name)).queueUrl();
        String queueArn = sqs.getQueueAttributes(
                        get -> get.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        client.createEventBus(create -> create.name(name));
        client.putRule(
                put -> put.name(name).eventBusName(name).eventPattern("{\"source\":[{\"prefix\":\"fleetline.\"}]}"));
        Target target = Target.builder().id("queue").arn(queueArn).build();
        client.putTargets(put -> put.rule(name).eventBusName(name).targets(target));
    }

    /** What LocalStack cannot be asked to do: an entry that the bus does not take, and a bus that nobody reaches. */
    private final class Trouble implements ExecutionInterceptor {
        @Override
        public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
            if (!(context.request() instanceof PutEventsRequest put)) {
                return context.request();
            }
            if (isDown) {
                throw SdkClientException.create("down, as the test asked");
            }
            return put.toBuilder()
                    .entries(put.entries().stream().map(this::spoiled).toList())
                    .build();
        }

        private PutEventsRequestEntry spoiled(PutEventsRequestEntry entry) {
            boolean isRefused = refused.stream().anyMatch(id -> entry.detail().contains("\"" + id + "\""));
            return isRefused ? entry.toBuilder().detail("{").build() : entry;
        }
    }

    @AfterEach
    void stop() {
        client.close();
        sqs.close();
    }

    @Override
    protected FleetEvents bus() {
        return new EventBridgeFleetEvents(client, name, pause::of);
    }

    /** In the order of their numbers: neither a bus nor a queue promises another. */
    @Override
    protected List<String> onTheBus() {
        // over when a look of two seconds finds nothing new
        await().atMost(60, SECONDS).until(this::nothingNew);
        return arrived.stream()
                .sorted(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private boolean nothingNew() {
        var messages = sqs.receiveMessage(receive ->
                        receive.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(2))
                .messages();
        messages.forEach(message -> {
            arrived.add(eventId(message.body()));
            sqs.deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(message.receiptHandle()));
        });
        return messages.isEmpty();
    }

    private static String eventId(String body) {
        try {
            return EdgeJson.JSON.readTree(body).path("detail").path("eventId").asText();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the bus delivered what is no JSON", e);
        }
    }

    @Override
    protected void refuse(String eventId) {
        refused.add(eventId);
    }

    @Override
    protected void goDown() {
        isDown = true;
    }
}

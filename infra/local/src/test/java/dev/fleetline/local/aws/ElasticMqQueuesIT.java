package dev.fleetline.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fleetline.testing.template.Resolver;
import dev.fleetline.testing.template.ResourceAnswers;
import dev.fleetline.testing.template.Template;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Redelivery and dead-lettering on a clock that stands, as the real SDK client sees them. */
class ElasticMqQueuesIT {

    private static final String TEMPLATE = """
            Resources:
              Orders:
                Type: AWS::SQS::Queue
                Properties:
                  QueueName: orders
                  VisibilityTimeout: 60
                  MessageRetentionPeriod: 345600
                  RedrivePolicy: {deadLetterTargetArn: !GetAtt OrdersDead.Arn, maxReceiveCount: 2}
              OrdersDead: {Type: "AWS::SQS::Queue", Properties: {QueueName: orders-dead}}
              Later: {Type: "AWS::SQS::Queue", Properties: {QueueName: later, DelaySeconds: 30}}
            """;

    // far behind the machine's clock, as it is with `fleetline up --clock`
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2021-03-02T15:00:00Z"));
    private final InstantSource clock = now::get;
    private final ElasticMqQueues queues = ElasticMqQueues.start(clock);
    private final SqsClient sqs = queues.client();
    private Map<String, String> urls = Map.of();

    @BeforeEach
    void create_the_queues_of_the_template() {
        urls = create(TEMPLATE);
    }

    @AfterEach
    void stop() {
        queues.close();
    }

    @Test
    void a_queue_has_the_url_that_the_template_resolves_to() {
        Template template = Template.parse(TEMPLATE);
        Resolver resolver = Resolver.of(template, "stack", Map.of(), ResourceAnswers.onLoopback(queues.endpoint()));

        assertThat(urls)
                .containsEntry("Orders", resolver.ref("Orders"))
                .containsOnlyKeys("Orders", "OrdersDead", "Later");
        assertThat(sqs.getQueueUrl(r -> r.queueName("orders")).queueUrl()).isEqualTo(resolver.ref("Orders"));
        assertThat(sqs.getQueueAttributes(r -> r.queueUrl(url("Orders")).attributeNames(QueueAttributeName.ALL))
                        .attributes())
                .containsEntry(QueueAttributeName.QUEUE_ARN, resolver.getAtt("Orders", "Arn"))
                .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "60");
    }

    @Test
    void a_message_is_there_at_once_although_the_clock_stands_in_the_past() {
        send("Orders", "one");

        assertThat(receive("Orders")).extracting(Message::body).containsExactly("one");
    }

    @Test
    void a_receive_that_waits_is_waked_by_a_message_that_is_sent() {
        var waiting = CompletableFuture.supplyAsync(
                () -> sqs.receiveMessage(r -> r.queueUrl(url("Orders")).waitTimeSeconds(20)));

        send("Orders", "one");

        assertThat(waiting).succeedsWithin(Duration.ofSeconds(10)).satisfies(answer -> assertThat(answer.messages())
                .hasSize(1));
    }

    @Test
    void a_received_message_comes_again_when_the_clock_passes_its_time_out_and_not_before() {
        send("Orders", "one");
        receive("Orders");

        assertThat(receive("Orders")).isEmpty();
        forward(Duration.ofSeconds(59));
        assertThat(receive("Orders")).isEmpty();
        forward(Duration.ofSeconds(1));

        assertThat(receive("Orders")).singleElement().satisfies(message -> {
            assertThat(message.body()).isEqualTo("one");
            assertThat(message.attributes()).containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2");
        });
    }

    @Test
    void a_message_handed_back_with_a_visibility_of_its_own_waits_that_long() {
        send("Orders", "one");
        String receipt = receive("Orders").getFirst().receiptHandle();
        sqs.changeMessageVisibility(
                r -> r.queueUrl(url("Orders")).receiptHandle(receipt).visibilityTimeout(900));

        forward(Duration.ofMinutes(14));
        assertThat(receive("Orders")).isEmpty();
        forward(Duration.ofMinutes(1));

        assertThat(receive("Orders")).hasSize(1);
    }

    @Test
    void a_deleted_message_does_not_come_again() {
        send("Orders", "one");
        String receipt = receive("Orders").getFirst().receiptHandle();
        sqs.deleteMessage(r -> r.queueUrl(url("Orders")).receiptHandle(receipt));

        forward(Duration.ofDays(1));

        assertThat(receive("Orders")).isEmpty();
    }

    @Test
    void a_message_that_was_received_too_often_is_in_the_dead_letter_queue() {
        send("Orders", "poison");
        for (int tries = 0; tries < 2; tries++) {
            assertThat(receive("Orders")).hasSize(1);
            forward(Duration.ofSeconds(60));
        }

        assertThat(receive("Orders")).isEmpty();
        assertThat(receive("OrdersDead")).extracting(Message::body).containsExactly("poison");
    }

    @Test
    void a_delayed_message_comes_when_the_clock_has_passed_its_delay() {
        send("Later", "by the queue");
        sqs.sendMessage(
                r -> r.queueUrl(url("Orders")).messageBody("by the message").delaySeconds(10));

        assertThat(receive("Later")).isEmpty();
        assertThat(receive("Orders")).isEmpty();
        forward(Duration.ofSeconds(10));
        assertThat(receive("Orders")).extracting(Message::body).containsExactly("by the message");
        forward(Duration.ofSeconds(20));
        assertThat(receive("Later")).extracting(Message::body).containsExactly("by the queue");
    }

    @Test
    void messages_are_counted_on_our_clock() {
        send("Orders", "one");
        send("Orders", "two");
        sqs.receiveMessage(r -> r.queueUrl(url("Orders")).maxNumberOfMessages(1));

        assertThat(sqs.getQueueAttributes(r -> r.queueUrl(url("Orders")).attributeNames(QueueAttributeName.ALL))
                        .attributes())
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "1")
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "1");
    }

    @Test
    void what_the_template_says_and_nobody_understands_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create("Resources: {Q: {Type: 'AWS::SQS::Queue', Properties: {Moon: 1}}}"))
                .withMessageContaining("Resources.Q.Properties.Moon is not known here");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create("""
                        Resources:
                          Q:
                            Type: AWS::SQS::Queue
                            Properties:
                              RedrivePolicy:
                                deadLetterTargetArn: arn:aws:sqs:us-east-1:000000000000:elsewhere
                                maxReceiveCount: 2
                        """))
                .withMessageContaining("must be a queue of this template");
    }

    private Map<String, String> create(String yaml) {
        Template template = Template.parse(yaml);
        return queues.create(
                template, Resolver.of(template, "stack", Map.of(), ResourceAnswers.onLoopback(queues.endpoint())));
    }

    private void forward(Duration by) {
        now.updateAndGet(before -> before.plus(by));
    }

    private void send(String queue, String body) {
        sqs.sendMessage(r -> r.queueUrl(url(queue)).messageBody(body));
    }

    private List<Message> receive(String queue) {
        return sqs.receiveMessage(r -> r.queueUrl(url(queue))
                        .maxNumberOfMessages(10)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages();
    }

    private String url(String queue) {
        return urls.getOrDefault(queue, "no such queue: " + queue);
    }
}

package dev.fleetline.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.SnsException;

/** What a topic takes and refuses, as the real SDK client sees it. */
class SnsStandInIT {

    private static final String ALERTS = SnsStandIn.topicArn("fleetline-test-alerts");
    private static final String OTHER = SnsStandIn.topicArn("fleetline-test-other");

    private final AtomicLong ids = new AtomicLong();
    private final SnsStandIn standIn =
            SnsStandIn.start(Set.of(ALERTS, OTHER), () -> new UUID(0, ids.incrementAndGet()));
    private final SnsClient client = LoopbackAws.aim(SnsClient.builder(), standIn.endpoint())
            .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();

    @AfterEach
    void stop() {
        client.close();
        standIn.close();
    }

    @Test
    void a_message_is_kept_with_its_subject_and_attributes() {
        String text = "Battery 8 % & falling: <charge it> – 100 %25 + more\nsecond line";
        String id = client.publish(r -> r.topicArn(ALERTS)
                        .subject("BATTERY_LOW")
                        .message(text)
                        .messageAttributes(
                                Map.of("severity", attribute("HIGH"), "condition", attribute("BATTERY_LOW"))))
                .messageId();

        assertThat(standIn.messages())
                .containsExactly(new SnsStandIn.Message(
                        id,
                        ALERTS,
                        Optional.of("BATTERY_LOW"),
                        text,
                        Map.of("severity", "HIGH", "condition", "BATTERY_LOW")));
    }

    @Test
    void messages_are_told_apart_by_their_topic() {
        client.publish(r -> r.topicArn(ALERTS).message("one"));
        client.publish(r -> r.topicArn(OTHER).message("two"));
        client.publish(r -> r.topicArn(ALERTS).message("three"));

        assertThat(standIn.messages(ALERTS))
                .extracting(SnsStandIn.Message::text)
                .containsExactly("one", "three");
        assertThat(standIn.messages()).extracting(SnsStandIn.Message::text).containsExactly("one", "two", "three");
    }

    @Test
    void a_topic_that_does_not_exist_is_refused() {
        assertThatThrownBy(() -> client.publish(
                        r -> r.topicArn(SnsStandIn.topicArn("unknown")).message("one")))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void a_message_that_sns_would_not_take_is_refused() {
        assertThatThrownBy(() -> client.publish(r -> r.topicArn(ALERTS).message("")))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> client.publish(r -> r.topicArn(ALERTS).message("x".repeat(256 * 1024 + 1))))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() ->
                        client.publish(r -> r.topicArn(ALERTS).message("one").subject("x".repeat(101))))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() ->
                        client.publish(r -> r.topicArn(ALERTS).message("one").subject("two\nlines")))
                .isInstanceOf(InvalidParameterException.class);
        assertThat(standIn.messages()).isEmpty();
    }

    @Test
    void what_nobody_uses_is_refused_by_name() {
        assertThatThrownBy(() -> client.createTopic(r -> r.name("another")))
                .hasMessageContaining("UnsupportedOperation: CreateTopic")
                .hasMessageContaining("add it to SnsStandIn");
        assertThatThrownBy(() -> client.publish(r -> r.phoneNumber("+15550100").message("one")))
                .hasMessageContaining("Publish with PhoneNumber");
    }

    @Test
    void calls_fail_as_armed_and_then_work_again() {
        standIn.failNext(1);

        assertThatThrownBy(() -> client.publish(r -> r.topicArn(ALERTS).message("one")))
                .isInstanceOfSatisfying(
                        SnsException.class, e -> assertThat(e.statusCode()).isEqualTo(500));
        client.publish(r -> r.topicArn(ALERTS).message("two"));

        assertThat(standIn.messages()).extracting(SnsStandIn.Message::text).containsExactly("two");
    }

    private static MessageAttributeValue attribute(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }
}

package dev.fleetline.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.lambda.BatchReply.Failure;
import dev.fleetline.lambda.BatchWork.Step;
import dev.fleetline.lambda.SqsEvent.Message;
import dev.fleetline.lambda.Verdict.Again;
import dev.fleetline.lambda.Verdict.Dead;
import dev.fleetline.lambda.Verdict.Done;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class QueueLoopTest {

    private static final String QUEUE = "https://sqs.example.test/requests";
    private static final String DEAD_LETTERS = "https://sqs.example.test/requests-dead";

    private final RecordedSqs sqs = new RecordedSqs();
    private final QueueLoop loop = new QueueLoop(new SqsEdge(sqs, QUEUE, DEAD_LETTERS));

    @AfterEach
    void forget() {
        MDC.clear();
    }

    @Test
    void what_is_done_does_not_come_again() {
        assertThat(run(batch("a", "b"), _ -> new Done("fine")).batchItemFailures())
                .isEmpty();
    }

    @Test
    void a_message_that_time_may_not_be_left_for_is_handed_back_and_not_begun() {
        List<String> worked = new ArrayList<>();
        Deadline deadline = () -> Duration.ofSeconds(worked.size() < 2 ? 60 : 59);

        BatchReply reply = loop.run(
                batch("a", "b", "c", "d"),
                eachByItself(body -> {
                    worked.add(body);
                    return new Done("fine");
                }),
                deadline,
                Duration.ofSeconds(60));

        assertThat(worked).containsExactly("a", "b");
        assertThat(reply.batchItemFailures()).containsExactly(new Failure("id-c"), new Failure("id-d"));
        assertThat(sqs.handedBack).hasSize(2).allSatisfy(change -> assertThat(change.visibilityTimeout())
                .isZero());
    }

    @Test
    void the_first_message_is_begun_however_little_time_there_is() {
        BatchReply reply =
                loop.run(batch("a"), eachByItself(_ -> new Done("fine")), () -> Duration.ZERO, Duration.ofSeconds(60));

        assertThat(reply.batchItemFailures()).isEmpty();
    }

    @Test
    void one_bad_message_is_its_own_trouble_and_nobody_elses() {
        List<String> worked = new ArrayList<>();

        BatchReply reply = run(batch("a", "bad", "c"), body -> {
            worked.add(body);
            if (body.equals("bad")) {
                throw new IllegalStateException("bad");
            }
            return new Done("fine");
        });

        assertThat(worked).containsExactly("a", "bad", "c");
        assertThat(reply.batchItemFailures()).containsExactly(new Failure("id-bad"));
    }

    @Test
    void what_will_never_succeed_goes_to_the_dead_letters_with_its_reason() {
        BatchReply reply = run(batch("nonsense"), _ -> new Dead("not JSON"));

        assertThat(reply.batchItemFailures()).isEmpty();
        assertThat(sqs.sent).singleElement().satisfies(sent -> {
            assertThat(sent.queueUrl()).isEqualTo(DEAD_LETTERS);
            assertThat(sent.messageBody()).isEqualTo("nonsense");
            assertThat(sent.messageAttributes().get("reason"))
                    .isNotNull()
                    .extracting("stringValue")
                    .isEqualTo("not JSON");
        });
    }

    @Test
    void while_the_dead_letter_queue_is_down_a_dead_message_comes_again() {
        sqs.isDown = true;

        BatchReply reply = run(batch("nonsense", "c"), body -> body.equals("c") ? new Done("fine") : new Dead("no"));

        assertThat(reply.batchItemFailures()).containsExactly(new Failure("id-nonsense"));
    }

    @Test
    void what_cannot_be_done_now_is_handed_back_for_as_long_as_it_says() {
        BatchReply reply = run(batch("a"), _ -> new Again("waits for a token", Optional.of(Duration.ofMinutes(15))));

        assertThat(reply.batchItemFailures()).containsExactly(new Failure("id-a"));
        assertThat(sqs.handedBack).singleElement().satisfies(change -> {
            assertThat(change.queueUrl()).isEqualTo(QUEUE);
            assertThat(change.receiptHandle()).isEqualTo("receipt-a");
            assertThat(change.visibilityTimeout()).isEqualTo(900);
        });
    }

    @Test
    void nothing_is_handed_back_for_longer_than_the_queue_allows() {
        run(batch("a"), _ -> new Again("later", Optional.of(Duration.ofDays(2))));

        assertThat(sqs.handedBack.getFirst().visibilityTimeout()).isEqualTo(12 * 60 * 60);
    }

    @Test
    void what_says_no_time_comes_when_its_visibility_ends() {
        BatchReply reply = run(batch("a"), _ -> new Again("busy"));

        assertThat(reply.batchItemFailures()).containsExactly(new Failure("id-a"));
        assertThat(sqs.handedBack).isEmpty();
    }

    @Test
    void not_being_able_to_hand_back_only_means_that_it_comes_sooner() {
        sqs.isDown = true;

        BatchReply reply = run(batch("a", "b"), _ -> new Again("later", Optional.of(Duration.ofMinutes(1))));

        assertThat(reply.batchItemFailures()).containsExactly(new Failure("id-a"), new Failure("id-b"));
    }

    @Test
    void a_reason_longer_than_an_attribute_may_be_is_cut() {
        run(batch("a"), _ -> new Dead("x".repeat(5_000)));

        assertThat(sqs.sent.getFirst().messageAttributes().get("reason"))
                .isNotNull()
                .extracting("stringValue")
                .asString()
                .hasSize(1_000);
    }

    @Test
    void each_message_is_named_in_the_logging_context_and_only_while_it_is_worked_on() {
        List<Map<String, String>> contexts = new ArrayList<>();

        run(batch("a", "b"), _ -> {
            contexts.add(MDC.getCopyOfContextMap());
            MDC.put(LogKey.DEVICE.key(), "…0014");
            return new Done("fine");
        });

        assertThat(contexts).containsExactly(Map.of("eventId", "id-a"), Map.of("eventId", "id-b"));
        assertThat(MDC.get("eventId")).isNull();
        assertThat(MDC.get("device")).isNull();
    }

    @Test
    void the_last_step_is_taken_together_and_each_message_has_its_own_verdict() {
        List<List<String>> together = new ArrayList<>();

        BatchReply reply = loop.run(
                batch("a", "b", "c", "d"),
                together(
                        body -> body.equals("b")
                                ? new Step.Over<>(new Done("nothing to do"))
                                : new Step.Ready<>(body.toUpperCase(Locale.ROOT)),
                        ready -> {
                            together.add(ready);
                            return List.of(
                                    new Done("fine"),
                                    new Again("later", Optional.of(Duration.ofMinutes(1))),
                                    new Dead("no"));
                        }),
                () -> Duration.ofMinutes(2),
                Duration.ofSeconds(1));

        assertThat(together).containsExactly(List.of("A", "C", "D"));
        assertThat(reply.batchItemFailures()).containsExactly(new Failure("id-c"));
        assertThat(sqs.handedBack).singleElement().satisfies(change -> assertThat(change.receiptHandle())
                .isEqualTo("receipt-c"));
        assertThat(sqs.sent).singleElement().satisfies(sent -> assertThat(sent.messageBody())
                .isEqualTo("d"));
    }

    @Test
    void nobody_takes_the_last_step_when_none_is_left() {
        BatchReply reply = loop.run(
                batch("a"),
                together(_ -> new Step.Over<>(new Done("fine")), _ -> {
                    throw new AssertionError("nothing is left");
                }),
                () -> Duration.ofMinutes(2),
                Duration.ofSeconds(1));

        assertThat(reply.batchItemFailures()).isEmpty();
    }

    @Test
    void a_last_step_that_breaks_brings_those_that_took_it_again_and_not_the_others() {
        BatchReply reply = loop.run(
                batch("a", "b", "c"),
                together(body -> body.equals("b") ? new Step.Over<>(new Done("fine")) : new Step.Ready<>(body), _ -> {
                    throw new IllegalStateException("broken");
                }),
                () -> Duration.ofMinutes(2),
                Duration.ofSeconds(1));

        assertThat(reply.batchItemFailures()).containsExactly(new Failure("id-a"), new Failure("id-c"));
    }

    @Test
    void verdicts_that_are_fewer_than_the_messages_are_none() {
        BatchReply reply = loop.run(
                batch("a", "b"),
                together(Step.Ready::new, _ -> List.of(new Done("fine"))),
                () -> Duration.ofMinutes(2),
                Duration.ofSeconds(1));

        assertThat(reply.batchItemFailures()).containsExactly(new Failure("id-a"), new Failure("id-b"));
    }

    @Test
    void the_last_step_is_told_how_much_time_is_left() {
        List<Duration> left = new ArrayList<>();

        loop.run(
                batch("a"),
                new BatchWork<String>() {
                    @Override
                    public Step<String> begin(String body) {
                        return new Step.Ready<>(body);
                    }

                    @Override
                    public List<Verdict> end(List<String> ready, Deadline deadline) {
                        left.add(deadline.left());
                        return List.of(new Done("fine"));
                    }
                },
                () -> Duration.ofSeconds(17),
                Duration.ofSeconds(1));

        assertThat(left).containsExactly(Duration.ofSeconds(17));
    }

    private static BatchWork<String> eachByItself(Function<String, Verdict> work) {
        return together(body -> new Step.Over<>(work.apply(body)), _ -> List.of());
    }

    private static BatchWork<String> together(
            Function<String, Step<String>> begin, Function<List<String>, List<Verdict>> end) {
        return new BatchWork<>() {
            @Override
            public Step<String> begin(String body) {
                return begin.apply(body);
            }

            @Override
            public List<Verdict> end(List<String> ready, Deadline deadline) {
                return end.apply(ready);
            }
        };
    }

    private BatchReply run(SqsEvent event, Function<String, Verdict> work) {
        return loop.run(event, eachByItself(work), () -> Duration.ofMinutes(2), Duration.ofSeconds(1));
    }

    private static SqsEvent batch(String... bodies) {
        List<Message> messages = new ArrayList<>();
        for (String body : bodies) {
            messages.add(new Message("id-" + body, "receipt-" + body, body));
        }
        return new SqsEvent(messages);
    }
}

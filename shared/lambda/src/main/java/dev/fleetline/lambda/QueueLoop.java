package dev.fleetline.lambda;

import dev.fleetline.lambda.BatchReply.Failure;
import dev.fleetline.lambda.BatchWork.Step;
import dev.fleetline.lambda.SqsEvent.Message;
import dev.fleetline.lambda.Verdict.Again;
import dev.fleetline.lambda.Verdict.Dead;
import dev.fleetline.lambda.Verdict.Done;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Works through a batch of a queue, each message by itself: one bad message is its own trouble and nobody else's. */
public final class QueueLoop {

    private static final Logger LOG = LoggerFactory.getLogger(QueueLoop.class);

    private final SqsEdge sqs;

    public QueueLoop(SqsEdge sqs) {
        this.sqs = sqs;
    }

    /**
     * Gives every message's body to {@code work}; an exception of it is "again", and never ends the batch. A message that
     * may take {@code longest} is not begun with less time left, since being killed half-way is worse than coming again:
     * it is handed back at once. The first one is always begun. When all are begun, those that came to their last step
     * take it together.
     */
    public <T> BatchReply run(SqsEvent event, BatchWork<T> work, Deadline deadline, Duration longest) {
        List<Failure> failures = new ArrayList<>();
        List<Waiting<T>> waiting = new ArrayList<>();
        boolean isBegun = false;
        for (Message message : event.messages()) {
            if (isBegun && deadline.isNear(longest)) {
                LOG.warn("again: not begun, because less than {} is left", longest);
                handBack(message, Duration.ZERO);
                failures.add(new Failure(message.messageId()));
                continue;
            }
            isBegun = true;
            MDC.put(LogKey.EVENT_ID.key(), message.messageId());
            switch (begun(message, work)) {
                case Step.Over<T>(var verdict) -> end(message, verdict, failures);
                case Step.Ready<T>(var what) ->
                    waiting.add(new Waiting<>(message, what, Optional.ofNullable(MDC.get(LogKey.DEVICE.key()))));
            }
            forget();
        }
        if (!waiting.isEmpty()) {
            endTogether(waiting, work, deadline, failures);
        }
        return new BatchReply(failures);
    }

    /** A message that waits for its last step, and the device that it is about, for the logging context. */
    private record Waiting<T>(Message message, T what, Optional<String> device) {}

    private static <T> Step<T> begun(Message message, BatchWork<T> work) {
        try {
            return work.begin(message.body());
        } catch (RuntimeException e) {
            return new Step.Over<>(failed(e));
        }
    }

    private <T> void endTogether(
            List<Waiting<T>> waiting, BatchWork<T> work, Deadline deadline, List<Failure> failures) {
        List<Verdict> verdicts = together(waiting.stream().map(Waiting::what).toList(), work, deadline);
        for (int place = 0; place < waiting.size(); place++) {
            Waiting<T> one = waiting.get(place);
            MDC.put(LogKey.EVENT_ID.key(), one.message().messageId());
            one.device().ifPresent(device -> MDC.put(LogKey.DEVICE.key(), device));
            end(one.message(), verdicts.get(place), failures);
            forget();
        }
    }

    private static <T> List<Verdict> together(List<T> ready, BatchWork<T> work, Deadline deadline) {
        try {
            List<Verdict> verdicts = work.end(ready, deadline);
            if (verdicts.size() == ready.size()) {
                return verdicts;
            }
            throw new IllegalStateException(verdicts.size() + " verdicts for " + ready.size() + " messages");
        } catch (RuntimeException e) {
            return Collections.nCopies(ready.size(), failed(e));
        }
    }

    private static Verdict failed(RuntimeException e) {
        LOG.error("failed, will be tried again", e);
        return new Again(e.getClass().getSimpleName());
    }

    private void end(Message message, Verdict verdict, List<Failure> failures) {
        if (!isFinished(message, verdict)) {
            failures.add(new Failure(message.messageId()));
        }
    }

    private static void forget() {
        MDC.remove(LogKey.EVENT_ID.key());
        MDC.remove(LogKey.DEVICE.key());
    }

    private boolean isFinished(Message message, Verdict verdict) {
        return switch (verdict) {
            case Done(var outcome) -> {
                LOG.info("done: {}", outcome);
                yield true;
            }
            case Dead(var reason) -> isBuried(message, reason);
            case Again(var reason, var notBefore) -> {
                LOG.warn("again: {}", reason);
                notBefore.ifPresent(delay -> handBack(message, delay));
                yield false;
            }
        };
    }

    private boolean isBuried(Message message, String reason) {
        try {
            sqs.send(message.body(), reason);
            LOG.error("dead: {}", reason);
            return true;
        } catch (RuntimeException e) {
            LOG.error("dead, but the dead-letter queue did not take it; will be tried again: {}", reason, e);
            return false;
        }
    }

    /** Not being able to only means that it comes back sooner. */
    private void handBack(Message message, Duration delay) {
        try {
            sqs.handBack(message.receiptHandle(), delay);
        } catch (RuntimeException e) {
            LOG.warn("could not be handed back for {}", delay, e);
        }
    }
}

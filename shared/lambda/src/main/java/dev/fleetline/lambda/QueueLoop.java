package dev.fleetline.lambda;

import dev.fleetline.lambda.BatchReply.Failure;
import dev.fleetline.lambda.SqsEvent.Message;
import dev.fleetline.lambda.Verdict.Again;
import dev.fleetline.lambda.Verdict.Dead;
import dev.fleetline.lambda.Verdict.Done;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
     * it is handed back at once. The first one is always begun.
     */
    public BatchReply run(SqsEvent event, Function<String, Verdict> work, Deadline deadline, Duration longest) {
        List<Failure> failures = new ArrayList<>();
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
            if (!isFinished(message, verdict(message, work))) {
                failures.add(new Failure(message.messageId()));
            }
            MDC.remove(LogKey.EVENT_ID.key());
            MDC.remove(LogKey.DEVICE.key());
        }
        return new BatchReply(failures);
    }

    private static Verdict verdict(Message message, Function<String, Verdict> work) {
        try {
            return work.apply(message.body());
        } catch (RuntimeException e) {
            LOG.error("failed, will be tried again", e);
            return new Again(e.getClass().getSimpleName());
        }
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

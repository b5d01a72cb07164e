package dev.fleetline.lambda;

import dev.fleetline.lambda.BatchReply.Failure;
import dev.fleetline.lambda.TableStreamEvent.Change;
import dev.fleetline.lambda.Verdict.Again;
import dev.fleetline.lambda.Verdict.Dead;
import dev.fleetline.lambda.Verdict.Done;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Works through a batch of a table's stream in order. The first record that must come again ends the batch there: the
 * stream's checkpoint moves up to it, and it comes again with all that follow.
 */
public final class StreamLoop {

    private static final Logger LOG = LoggerFactory.getLogger(StreamLoop.class);

    private final DeadLetters deadLetters;

    public StreamLoop(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    /** Gives every change to {@code work}; an exception of it is "again". */
    public BatchReply run(TableStreamEvent event, Function<Change, Verdict> work) {
        for (Change change : event.changes()) {
            MDC.put(LogKey.EVENT_ID.key(), change.eventId());
            boolean finished = isFinished(change, verdict(change, work));
            MDC.remove(LogKey.EVENT_ID.key());
            MDC.remove(LogKey.DEVICE.key());
            if (!finished) {
                return new BatchReply(List.of(new Failure(change.dynamodb().sequenceNumber())));
            }
        }
        return new BatchReply(List.of());
    }

    private static Verdict verdict(Change change, Function<Change, Verdict> work) {
        try {
            return work.apply(change);
        } catch (RuntimeException e) {
            LOG.error("failed, will be tried again", e);
            return new Again(e.getClass().getSimpleName());
        }
    }

    private boolean isFinished(Change change, Verdict verdict) {
        return switch (verdict) {
            case Done(var outcome) -> {
                LOG.info("done: {}", outcome);
                yield true;
            }
            case Dead(var reason) -> isBuried(change, reason);
            case Again(var reason, var _) -> {
                LOG.warn("again: {}", reason);
                yield false;
            }
        };
    }

    private boolean isBuried(Change change, String reason) {
        try {
            deadLetters.send(change.dynamodb().keys().toString(), reason);
            LOG.error("dead: {}", reason);
            return true;
        } catch (RuntimeException e) {
            LOG.error("dead, but the dead-letter queue did not take it; will be tried again: {}", reason, e);
            return false;
        }
    }
}

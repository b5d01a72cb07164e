package dev.fleetline.callbackreplay;

import com.amazonaws.services.lambda.runtime.Context;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.lambda.StreamHandler;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import io.micronaut.context.ApplicationContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays kept deliveries again: for people who ask for it, and by itself when a device has become known. */
public final class CallbackReplayHandler extends StreamHandler<ReplayTask, ReplayReply> {

    static final String NAME = "callback-replay";

    private static final Logger LOG = LoggerFactory.getLogger(CallbackReplayHandler.class);

    private final PlayAgain playAgain;

    /** As AWS starts it. */
    public CallbackReplayHandler() {
        this(Surroundings.ofProcess());
    }

    /** As the local runner and tests start it. */
    public CallbackReplayHandler(Surroundings surroundings) {
        this(Wired.start(NAME, surroundings));
    }

    CallbackReplayHandler(ApplicationContext wiring) {
        this(wiring.getBean(PlayAgain.class));
    }

    CallbackReplayHandler(PlayAgain playAgain) {
        super(NAME, ReplayTask.class);
        this.playAgain = playAgain;
    }

    @Override
    protected ReplayReply handle(ReplayTask task, Context context) {
        ReplayReply reply = playAgain.run(task, Deadline.of(context));
        LOG.info(
                "{}: {} played, {} applied, {} unchanged, {} taken apart, {} unhandled, {} left, set aside {}",
                reply.outcome(),
                reply.played(),
                reply.applied(),
                reply.unchanged(),
                reply.takenApart(),
                reply.unhandled(),
                reply.left(),
                reply.setAside());
        if (task instanceof ReplayTask.Bound && (reply.startAfter().isPresent() || reply.left() > 0)) {
            // nobody reads the reply of what a rule woke
            throw new IllegalStateException(
                    "not all that waited for its device could be played; the next try goes on, since what is applied waits no more");
        }
        return reply;
    }
}

package dev.fleetline.bulkonboarding;

import com.amazonaws.services.lambda.runtime.Context;
import dev.fleetline.bulkonboarding.BulkTask.Uploaded;
import dev.fleetline.lambda.StreamHandler;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Takes the spreadsheets that people upload. */
public final class BulkOnboardingHandler extends StreamHandler<BulkTask, BulkReply> {

    static final String NAME = "bulk-onboarding";

    private static final Logger LOG = LoggerFactory.getLogger(BulkOnboardingHandler.class);

    private final TakeFile takeFile;

    /** As AWS starts it. */
    public BulkOnboardingHandler() {
        this(Surroundings.ofProcess());
    }

    /** As the local runner and tests start it. */
    public BulkOnboardingHandler(Surroundings surroundings) {
        this(Wired.start(NAME, surroundings));
    }

    BulkOnboardingHandler(ApplicationContext wiring) {
        this(wiring.getBean(TakeFile.class));
    }

    BulkOnboardingHandler(TakeFile takeFile) {
        super(NAME, BulkTask.class);
        this.takeFile = takeFile;
    }

    @Override
    protected BulkReply handle(BulkTask task, Context context) {
        return switch (task) {
            case Uploaded uploaded ->
                uploaded.upload()
                        .map(this::take)
                        .orElseGet(() ->
                                BulkReply.passedOver(uploaded.event().object().key()));
        };
    }

    private BulkReply take(Upload upload) {
        try {
            BulkReply reply = takeFile.run(upload);
            // people are told by the rule on the event; this line has nothing of what somebody wrote
            LOG.atLevel(reply.isLoud() ? Level.ERROR : Level.INFO)
                    .log(
                            "{} of a file: {}, {} {}",
                            reply.mode(),
                            reply.outcome(),
                            reply.counts(),
                            reply.code().orElse(""));
            return reply;
        } catch (IOException e) {
            throw new UncheckedIOException("the file could not be taken to its end; the next try begins anew", e);
        }
    }
}

package dev.fleetline.callbacksecretrotation;

import com.amazonaws.services.lambda.runtime.Context;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.lambda.LogKey;
import dev.fleetline.lambda.StreamHandler;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import io.micronaut.context.ApplicationContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Does the step that Secrets Manager asks for. A step that cannot be done fails, and the message says why. */
public final class CallbackSecretRotationHandler extends StreamHandler<RotationStep, RotationReply> {

    static final String FUNCTION = "callback-secret-rotation";

    private static final Logger LOG = LoggerFactory.getLogger(CallbackSecretRotationHandler.class);

    private final RotateCallbackSecret rotateCallbackSecret;

    /** As AWS starts it. */
    public CallbackSecretRotationHandler() {
        this(Surroundings.ofProcess());
    }

    /** In other surroundings than the process's own. */
    public CallbackSecretRotationHandler(Surroundings surroundings) {
        this(Wired.start(FUNCTION, surroundings));
    }

    CallbackSecretRotationHandler(ApplicationContext wiring) {
        this(wiring.getBean(RotateCallbackSecret.class));
    }

    CallbackSecretRotationHandler(RotateCallbackSecret rotateCallbackSecret) {
        super(FUNCTION, RotationStep.class);
        this.rotateCallbackSecret = rotateCallbackSecret;
    }

    @Override
    protected RotationReply handle(RotationStep step, Context context) {
        MDC.put(LogKey.EVENT_ID.key(), step.versionId());
        String outcome = rotateCallbackSecret.run(step, Deadline.of(context));
        LOG.info("{}: {}", step.word(), outcome);
        return new RotationReply(step.word(), outcome);
    }
}

package dev.fleetline.local.functions;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one invocation knows of itself. Its time limit runs in real time, whatever clock the fleet lives by. */
public final class InvocationContext implements Context {

    private static final Logger LOG = LoggerFactory.getLogger(InvocationContext.class);

    private final String function;
    private final String requestId;
    private final int memoryMegabytes;
    private final long endsAtNanos;

    /** As of one that begins now. */
    public InvocationContext(String function, UUID requestId, int memoryMegabytes, Duration timeout) {
        this.function = function;
        this.requestId = requestId.toString();
        this.memoryMegabytes = memoryMegabytes;
        this.endsAtNanos = System.nanoTime() + timeout.toNanos();
    }

    @Override
    public String getAwsRequestId() {
        return requestId;
    }

    @Override
    public String getLogGroupName() {
        return "/aws/lambda/" + function;
    }

    @Override
    public String getLogStreamName() {
        return "local";
    }

    @Override
    public String getFunctionName() {
        return function;
    }

    @Override
    public String getFunctionVersion() {
        return "$LATEST";
    }

    @Override
    public String getInvokedFunctionArn() {
        return "arn:aws:lambda:us-east-1:000000000000:function:" + function;
    }

    @Override
    public CognitoIdentity getIdentity() {
        throw new UnsupportedOperationException("no caller of Fleetline has a Cognito identity");
    }

    @Override
    public ClientContext getClientContext() {
        throw new UnsupportedOperationException("no caller of Fleetline is a mobile client");
    }

    @Override
    public int getRemainingTimeInMillis() {
        return (int) Math.max(0, (endsAtNanos - System.nanoTime()) / 1_000_000);
    }

    @Override
    public int getMemoryLimitInMB() {
        return memoryMegabytes;
    }

    @Override
    public LambdaLogger getLogger() {
        return new LambdaLogger() {
            @Override
            public void log(String message) {
                LOG.info("{}", message);
            }

            @Override
            public void log(byte[] message) {
                LOG.info("{}", new String(message, StandardCharsets.UTF_8));
            }
        };
    }
}

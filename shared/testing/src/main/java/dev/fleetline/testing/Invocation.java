package dev.fleetline.testing;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.util.UUID;

/** Lambda's context of an invocation, as far as functions ask for it; each has a request id of its own. */
public record Invocation(String requestId, int millisLeft) implements Context {

    /** With so much time left. */
    public static Invocation withLeft(int millis) {
        return new Invocation(UUID.randomUUID().toString(), millis);
    }

    @Override
    public String getAwsRequestId() {
        return requestId;
    }

    @Override
    public int getRemainingTimeInMillis() {
        return millisLeft;
    }

    @Override
    public String getLogGroupName() {
        throw new UnsupportedOperationException("logGroupName");
    }

    @Override
    public String getLogStreamName() {
        throw new UnsupportedOperationException("logStreamName");
    }

    @Override
    public String getFunctionName() {
        throw new UnsupportedOperationException("functionName");
    }

    @Override
    public String getFunctionVersion() {
        throw new UnsupportedOperationException("functionVersion");
    }

    @Override
    public String getInvokedFunctionArn() {
        throw new UnsupportedOperationException("invokedFunctionArn");
    }

    @Override
    public CognitoIdentity getIdentity() {
        throw new UnsupportedOperationException("identity");
    }

    @Override
    public ClientContext getClientContext() {
        throw new UnsupportedOperationException("clientContext");
    }

    @Override
    public int getMemoryLimitInMB() {
        throw new UnsupportedOperationException("memoryLimitInMB");
    }

    @Override
    public LambdaLogger getLogger() {
        throw new UnsupportedOperationException("logger");
    }
}

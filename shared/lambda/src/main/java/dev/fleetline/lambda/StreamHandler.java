package dev.fleetline.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.MDC;

/**
 * The base of every function's handler: reads the event, sets the logging context, writes the reply.
 *
 * <p>A stream handler and not a typed one: the runtime's own event classes cost a fifth of a cold start, and the
 * handler string of a typed one can be wrong in a way that only AWS shows.
 *
 * @param <I> the event, a record with the fields that the function uses
 * @param <O> the reply
 */
public abstract class StreamHandler<I, O> implements RequestStreamHandler {

    private final Class<I> input;
    private final String function;

    protected StreamHandler(String function, Class<I> input) {
        this.function = function;
        this.input = input;
    }

    /** Does the work. An exception reaches Lambda: it means a bug or a store that is down. */
    protected abstract O handle(I event, Context context);

    @Override
    public final void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        MDC.put(LogKey.FUNCTION.key(), function);
        MDC.put(LogKey.REQUEST_ID.key(), context.getAwsRequestId());
        try {
            EdgeJson.JSON.writeValue(out, handle(EdgeJson.JSON.readValue(in, input), context));
        } finally {
            MDC.clear();
        }
    }
}

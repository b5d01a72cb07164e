package dev.fleetline.thingspacesimulator.web;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a request enters one of the simulator's worlds: turns it into a call, a refusal into its answer, and leaves one line
 * in the log. The line has the path alone: queries, headers and bodies carry tokens, codes and keys.
 */
public final class Doorway {

    private static final Logger LOG = LoggerFactory.getLogger(Doorway.class);

    private final UnaryOperator<Endpoint> around;

    /** A doorway that does {@code around} with each of its endpoints, refusals included. */
    public Doorway(UnaryOperator<Endpoint> around) {
        this.around = around;
    }

    /** The web server's view of an endpoint. */
    public Handler to(Endpoint endpoint) {
        Endpoint surrounded = around.apply(call -> answerOf(endpoint, call));
        return (request, response) -> handle(surrounded, request, response);
    }

    private static Answer answerOf(Endpoint endpoint, Call call) {
        try {
            return endpoint.answer(call);
        } catch (Refusal refusal) {
            return refusal.answer();
        }
    }

    private static void handle(Endpoint endpoint, ServerRequest request, ServerResponse response) {
        long start = System.nanoTime();
        Answer answer;
        try {
            answer = endpoint.answer(new Call(request));
        } catch (CloseConnectionException e) {
            log(request, "connection closed without an answer", start);
            throw e;
        } catch (RuntimeException e) {
            LOG.error("the simulator itself failed", e);
            answer = new Answer(500, Map.of("content-type", "text/plain"), "the simulator itself failed: " + e);
        }
        response.status(answer.status());
        answer.headers().forEach(response::header);
        // before it leaves, so that whoever has the answer finds the line
        log(request, Integer.toString(answer.status()), start);
        if (answer.body().isEmpty()) {
            response.send();
        } else {
            response.send(answer.body().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void log(ServerRequest request, String outcome, long start) {
        if (LOG.isInfoEnabled()) {
            LOG.info(
                    "{} {} {} {} ms",
                    request.prologue().method().text(),
                    request.prologue().uriPath().rawPath(),
                    outcome,
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
        }
    }
}

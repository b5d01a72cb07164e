package dev.fleetline.alertdesk;

import com.amazonaws.services.lambda.runtime.Context;
import dev.fleetline.lambda.LogKey;
import dev.fleetline.lambda.StreamHandler;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import io.micronaut.context.ApplicationContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Lists alerts and does what people want done about them, for those who logged in and for those who have a link. */
public final class AlertDeskHandler extends StreamHandler<HttpRequest, HttpReply> {

    static final String FUNCTION = "alert-desk";

    private static final Logger LOG = LoggerFactory.getLogger(AlertDeskHandler.class);

    private final ByLogin byLogin;
    private final ByLink byLink;

    /** As AWS starts it. */
    public AlertDeskHandler() {
        this(Surroundings.ofProcess());
    }

    /** In other surroundings than the process's own. */
    public AlertDeskHandler(Surroundings surroundings) {
        this(Wired.start(FUNCTION, surroundings));
    }

    AlertDeskHandler(ApplicationContext wiring) {
        super(FUNCTION, HttpRequest.class);
        byLogin = wiring.getBean(ByLogin.class);
        byLink = wiring.getBean(ByLink.class);
    }

    /** No line of the log has a path or a query: a link is in them. */
    @Override
    protected HttpReply handle(HttpRequest request, Context context) {
        boolean isLink = request.path().startsWith("/alert-links/");
        HttpReply reply;
        try {
            reply = isLink
                    ? byLink.answer(request, context.getAwsRequestId())
                    : byLogin.answer(request, context.getAwsRequestId());
        } catch (RuntimeException e) {
            LOG.error("could not be answered, who asked is told to try again", e);
            reply = isLink
                    ? DeskPage.broken()
                    : HttpReply.complaint(503, "something of our own did not answer; try again");
        }
        MDC.put(LogKey.OUTCOME.key(), Integer.toString(reply.statusCode()));
        LOG.info("{} by {}: {}", request.method(), isLink ? "link" : "login", reply.statusCode());
        return reply;
    }
}

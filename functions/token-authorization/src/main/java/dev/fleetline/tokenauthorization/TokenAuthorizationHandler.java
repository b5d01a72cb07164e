package dev.fleetline.tokenauthorization;

import com.amazonaws.services.lambda.runtime.Context;
import dev.fleetline.lambda.LogKey;
import dev.fleetline.lambda.StreamHandler;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import dev.fleetline.tokenauthorization.AskForConsent.Asked;
import io.micronaut.context.ApplicationContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/** Sends a person to ThingSpace, and shows what came of it when ThingSpace sends the person back. */
public final class TokenAuthorizationHandler extends StreamHandler<HttpRequest, HttpReply> {

    static final String FUNCTION = "token-authorization";

    private static final Logger LOG = LoggerFactory.getLogger(TokenAuthorizationHandler.class);

    private final AskForConsent askForConsent;
    private final TakeToken takeToken;

    /** As AWS starts it. */
    public TokenAuthorizationHandler() {
        this(Surroundings.ofProcess());
    }

    /** In other surroundings than the process's own. */
    public TokenAuthorizationHandler(Surroundings surroundings) {
        this(Wired.start(FUNCTION, surroundings));
    }

    TokenAuthorizationHandler(ApplicationContext wiring) {
        super(FUNCTION, HttpRequest.class);
        askForConsent = wiring.getBean(AskForConsent.class);
        takeToken = wiring.getBean(TakeToken.class);
    }

    @Override
    protected HttpReply handle(HttpRequest request, Context context) {
        String path = request.rawPath().orElse("");
        boolean isBegin = path.endsWith("/oauth2/authorize");
        if (!isBegin && !path.endsWith("/oauth2/callback")) {
            return Page.notFound();
        }
        if (!request.method().equals("GET")) {
            return Page.onlyToBeRead();
        }
        try {
            return isBegin
                    ? asked(askForConsent.run())
                    : cameBack(
                            takeToken.run(CameBack.in(request.rawQueryString().orElse("")), context.getAwsRequestId()));
        } catch (RuntimeException e) {
            LOG.error("authorisation failed, the person is asked to begin again", e);
            return Page.broken();
        }
    }

    private static HttpReply asked(Asked asked) {
        return switch (asked) {
            case Asked.At(var address) -> {
                LOG.info("a person is sent to {} to consent", address.getHost());
                yield HttpReply.redirect(address);
            }
            case Asked.NotFilledIn(var complaint) -> {
                LOG.error("nobody can authorise: {}", complaint);
                yield Page.notFilledIn(complaint);
            }
        };
    }

    private static HttpReply cameBack(Outcome outcome) {
        MDC.put(LogKey.OUTCOME.key(), outcome.word());
        LOG.atLevel(outcome.isOurTrouble() ? Level.ERROR : Level.INFO).log("core token: {}", outcome);
        return Page.of(outcome);
    }
}

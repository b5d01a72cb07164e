package dev.fleetline.tokenrefresh;

import com.amazonaws.services.lambda.runtime.Context;
import dev.fleetline.lambda.LogKey;
import dev.fleetline.lambda.Metrics;
import dev.fleetline.lambda.StreamHandler;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import dev.fleetline.tokenrefresh.TokenTask.Refresh;
import dev.fleetline.tokenrefresh.TokenTask.Rejected;
import dev.fleetline.tokens.TokenRealm;
import io.micronaut.context.ApplicationContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Looks after the Core token at each tick of the schedule, and at once when it was refused. */
public final class TokenRefreshHandler extends StreamHandler<TokenTask, TokenReply> {

    static final String FUNCTION = "token-refresh";

    private static final Logger LOG = LoggerFactory.getLogger(TokenRefreshHandler.class);

    private final RefreshToken refreshToken;
    private final Metrics metrics;

    /** As AWS starts it. */
    public TokenRefreshHandler() {
        this(Surroundings.ofProcess());
    }

    /** In other surroundings than the process's own. */
    public TokenRefreshHandler(Surroundings surroundings) {
        this(Wired.start(FUNCTION, surroundings));
    }

    TokenRefreshHandler(ApplicationContext wiring) {
        super(FUNCTION, TokenTask.class);
        refreshToken = wiring.getBean(RefreshToken.class);
        metrics = wiring.getBean(Metrics.class);
    }

    @Override
    protected TokenReply handle(TokenTask task, Context context) {
        String holder = context.getAwsRequestId();
        return switch (task) {
            case Refresh() -> {
                Outcome outcome = refreshToken.ifDue(TokenRealm.CORE, holder);
                refreshToken
                        .left(TokenRealm.CORE, outcome)
                        .ifPresent(left -> metrics.seconds("TokenSecondsLeft", left));
                yield reply(TokenRealm.CORE, outcome);
            }
            case Rejected(var event) -> {
                TokenRealm realm = realm(event.realm());
                yield reply(realm, refreshToken.ifStillCurrent(realm, event.versionId(), holder));
            }
        };
    }

    private static TokenReply reply(TokenRealm realm, Outcome outcome) {
        MDC.put(LogKey.OUTCOME.key(), outcome.word());
        switch (outcome) {
            case Outcome.Failed _, Outcome.NeedsPerson _ -> LOG.error("{} token: {}", realm.code(), outcome);
            case Outcome.Renewed _, Outcome.LostRace _ -> LOG.info("{} token: {}", realm.code(), outcome);
            case Outcome.NotDue _, Outcome.NewerIsCurrent _, Outcome.AlreadyAtIt _ ->
                LOG.debug("{} token: {}", realm.code(), outcome);
        }
        return new TokenReply(outcome.word(), realm.code());
    }

    private static TokenRealm realm(String code) {
        for (TokenRealm realm : TokenRealm.values()) {
            if (realm.code().equals(code)) {
                return realm;
            }
        }
        throw new IllegalArgumentException(
                "TokenRejected names a realm that is not spoken: " + code + "; only core is");
    }
}

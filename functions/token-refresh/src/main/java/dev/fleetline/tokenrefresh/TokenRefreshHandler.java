package dev.fleetline.tokenrefresh;

import com.amazonaws.services.lambda.runtime.Context;
import dev.fleetline.lambda.StreamHandler;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import dev.fleetline.tokenrefresh.TokenTask.Refresh;
import dev.fleetline.tokenrefresh.TokenTask.Rejected;
import io.micronaut.context.ApplicationContext;

/** Looks after every realm's token at each tick of the schedule, and at once after one that was refused. */
public final class TokenRefreshHandler extends StreamHandler<TokenTask, TokenReply> {

    static final String FUNCTION = "token-refresh";

    private final EveryRealm everyRealm;

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
        everyRealm = wiring.getBean(EveryRealm.class);
    }

    @Override
    protected TokenReply handle(TokenTask task, Context context) {
        String holder = context.getAwsRequestId();
        return switch (task) {
            case Refresh() -> everyRealm.tick(holder);
            case Rejected(var event) -> everyRealm.rejected(event, holder);
        };
    }
}

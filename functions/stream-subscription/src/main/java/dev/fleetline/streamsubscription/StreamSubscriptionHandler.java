package dev.fleetline.streamsubscription;

import com.amazonaws.services.lambda.runtime.Context;
import dev.fleetline.lambda.StreamHandler;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import dev.fleetline.tokens.TokenRealm;
import io.micronaut.context.ApplicationContext;
import java.util.List;

/** Keeps streams and listeners as they should be, and says when one is not. */
public final class StreamSubscriptionHandler extends StreamHandler<SubscriptionTask, SubscriptionReply> {

    static final String FUNCTION = "stream-subscription";

    private final KeepSubscribed keepSubscribed;
    private final WatchStreams watchStreams;

    /** As AWS starts it. */
    public StreamSubscriptionHandler() {
        this(Surroundings.ofProcess());
    }

    /** In other surroundings than the process's own. */
    public StreamSubscriptionHandler(Surroundings surroundings) {
        this(Wired.start(FUNCTION, surroundings));
    }

    private StreamSubscriptionHandler(ApplicationContext wiring) {
        super(FUNCTION, SubscriptionTask.class);
        keepSubscribed = wiring.getBean(KeepSubscribed.class);
        watchStreams = wiring.getBean(WatchStreams.class);
    }

    @Override
    protected SubscriptionReply handle(SubscriptionTask task, Context context) {
        String holder = context.getAwsRequestId();
        return switch (task) {
            case SubscriptionTask.Repair() -> new SubscriptionReply("repair", keepSubscribed.repair(holder));
            case SubscriptionTask.Nightly() -> new SubscriptionReply("nightly", keepSubscribed.repairByItself(holder));
            case SubscriptionTask.DryRun() -> new SubscriptionReply("dry-run", keepSubscribed.difference());
            case SubscriptionTask.Watch() -> new SubscriptionReply("watch", watchStreams.run(holder));
            case SubscriptionTask.Refreshed(var event) ->
                new SubscriptionReply(
                        "refreshed",
                        TokenRealm.of(event.realm())
                                .map(realm -> keepSubscribed.refreshed(realm, holder))
                                .orElse(List.of()));
            case SubscriptionTask.TearDown() -> new SubscriptionReply("tear-down", keepSubscribed.tearDown(holder));
        };
    }
}

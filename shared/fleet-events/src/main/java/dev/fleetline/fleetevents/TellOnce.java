package dev.fleetline.fleetevents;

import dev.fleetline.claims.Claims;
import dev.fleetline.claims.Claims.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Says a thing once although it is true at every tick.
 *
 * <p>The claim is a lease that is short until the event is stored and long afterwards: who dies in between loses
 * nothing, because the next tick finds the short lease expired and says it (again, under the same event id).
 */
public final class TellOnce {

    private static final Duration LONG_ENOUGH_TO_STORE_IT = Duration.ofMinutes(4);

    private final String module;
    private final Claims claims;
    private final Announcer announcer;

    /** For what {@code module} ({@code token-refresh}) tells. */
    public TellOnce(String module, Claims claims, Announcer announcer) {
        this.module = module;
        this.claims = claims;
        this.announcer = announcer;
    }

    /** Tells unless {@code topic} was told already; does not tell it again before {@code until}. */
    public void tell(String topic, FleetEvent event, String holder, Instant now, Instant until) {
        String claim = "told#" + topic;
        switch (claims.lease(claim, holder, now, LONG_ENOUGH_TO_STORE_IT)) {
            case Lease.Taken _ -> {}
            case Lease.Granted _ -> {
                announcer.announce(List.of(Outgoing.of(module, now, event)));
                claims.lease(claim, holder, now, Duration.between(now, until));
            }
        }
    }

    /**
     * Tells how something is, unless just that was told of it last. Said once more, under the same event id, by who dies
     * between saying and noting it.
     *
     * @param state in a word or two; what {@code event} tells of it besides may differ without being news
     */
    public void tellState(String topic, String state, FleetEvent event, String holder, Instant now, Instant until) {
        String claim = "told#" + topic;
        String mine = state + "#" + holder;
        Lease lease = claims.lease(claim, mine, now, LONG_ENOUGH_TO_STORE_IT);
        if (lease instanceof Lease.Taken(var by, var _) && by.startsWith(state + "#")) {
            return;
        }
        announcer.announce(List.of(Outgoing.of(module, now, event)));
        if (lease instanceof Lease.Taken(var by, var _)) {
            claims.release(claim, by);
        }
        claims.lease(claim, mine, now, Duration.between(now, until));
    }

    /**
     * Says that what was told of a topic is over, if it was told; after that it may be told anew.
     *
     * @param event made of an id of the telling that it ends, so that it is the same event should it be told again
     */
    public void tellOver(String topic, Function<String, FleetEvent> event, String holder, Instant now) {
        String claim = "told#" + topic;
        // another name, because a retry may find what its own first try has told
        String asker = "over#" + holder;
        switch (claims.lease(claim, asker, now, LONG_ENOUGH_TO_STORE_IT)) {
            case Lease.Granted _ -> claims.release(claim, asker);
            case Lease.Taken(var by, var _) -> {
                announcer.announce(List.of(Outgoing.of(module, now, event.apply(by))));
                claims.release(claim, by);
            }
        }
    }
}

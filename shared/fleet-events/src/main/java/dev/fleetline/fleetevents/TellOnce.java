package dev.fleetline.fleetevents;

import dev.fleetline.claims.Claims;
import dev.fleetline.claims.Claims.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

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
}

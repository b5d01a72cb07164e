package dev.fleetline.carrier;

import dev.fleetline.carrier.CarrierStreams.Target;
import dev.fleetline.claims.Claims;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * How we called the targets that are ours. A target's name says which key it has, and a platform may write something
 * else over it: then what we remember by its id counts, and nothing is made anew. Whoever makes or looks for a target of
 * ours does it through here, so that all know of each other's.
 */
public final class TargetNames {

    private static final Duration FOR_GOOD = Duration.ofDays(3_650);

    private final Claims claims;
    private final InstantSource clock;

    /** Remembered in these claims. */
    public TargetNames(Claims claims, InstantSource clock) {
        this.claims = claims;
        this.clock = clock;
    }

    /** A target was made under that name. */
    public void isMade(String id, String name) {
        claims.keepAnswer(claim(id), name, clock.instant().plus(FOR_GOOD));
    }

    /** Targets of ours under the names that we gave them; remembers those that still show theirs. */
    public List<Target> asMade(List<Target> ours) {
        return ours.stream().map(this::asMade).toList();
    }

    private Target asMade(Target shown) {
        Optional<String> made = claims.answer(claim(shown.id()), clock.instant());
        if (made.isEmpty() && OurStreams.isName(shown.name())) {
            isMade(shown.id(), shown.name());
        }
        return made.map(name -> new Target(shown.id(), name, shown.address(), shown.createdAt()))
                .orElse(shown);
    }

    private static String claim(String id) {
        return "stream-target#" + id;
    }
}

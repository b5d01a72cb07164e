package dev.fleetline.streamsubscription;

import dev.fleetline.carrier.CarrierStreams.Target;
import dev.fleetline.carrier.OurStreams;
import dev.fleetline.claims.Claims;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How we called the targets that are ours. A target's name says which key it has, and a platform may write something
 * else over it: then what we remember by its id counts, and nothing is made anew.
 */
final class TargetNames {

    private static final Duration FOR_GOOD = Duration.ofDays(3_650);

    private final Claims claims;
    private final InstantSource clock;

    TargetNames(Claims claims, InstantSource clock) {
        this.claims = claims;
        this.clock = clock;
    }

    /** A target was made under that name. */
    void isMade(String id, String name) {
        claims.keepAnswer(claim(id), name, clock.instant().plus(FOR_GOOD));
    }

    /** The target as it was made; remembers one that somebody else of ours has made. */
    Target asMade(Target shown) {
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

package dev.fleetline.streamsubscription;

import dev.fleetline.claims.Claims;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/** Of which streams and listeners a break was ever told, so that it is ended too where nobody wants them any more. */
final class ToldStreams {

    private static final Duration FOR_GOOD = Duration.ofDays(3_650);
    private static final String CLAIM = "streams-told";

    private final Claims claims;

    ToldStreams(Claims claims) {
        this.claims = claims;
    }

    /** Their names, which have no blanks. */
    Set<String> names(Instant now) {
        return claims.answer(CLAIM, now)
                .filter(names -> !names.isEmpty())
                .map(names -> Set.of(names.split(" ")))
                .orElseGet(Set::of);
    }

    void add(String stream, Instant now) {
        Set<String> names = new TreeSet<>(names(now));
        if (names.add(stream)) {
            keep(names, now);
        }
    }

    void remove(String stream, Instant now) {
        Set<String> names = new TreeSet<>(names(now));
        names.remove(stream);
        keep(names, now);
    }

    private void keep(Set<String> names, Instant now) {
        claims.keepAnswer(CLAIM, String.join(" ", names), now.plus(FOR_GOOD));
    }
}

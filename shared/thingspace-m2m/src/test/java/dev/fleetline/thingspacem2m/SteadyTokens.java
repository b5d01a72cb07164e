package dev.fleetline.thingspacem2m;

import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Always the same token and session, or none; remembers which versions were refused. */
final class SteadyTokens implements TokenSource {

    static final String SECRET = "fleetline/test/m2m/token";

    private final Usable usable;
    private final List<String> refused = new ArrayList<>();

    private SteadyTokens(Usable usable) {
        this.usable = usable;
    }

    static SteadyTokens of(String bearer, String session) {
        return new SteadyTokens(new Usable.Token(SECRET, "v1", bearer, Optional.of(session), List.of()));
    }

    static SteadyTokens withoutSession() {
        return new SteadyTokens(new Usable.Token(SECRET, "v0", "synthetic-bearer"));
    }

    static SteadyTokens none() {
        return new SteadyTokens(new Usable.None(SECRET, "v0", "never one"));
    }

    @Override
    public Usable token(TokenRealm realm) {
        if (realm != TokenRealm.M2M) {
            throw new IllegalArgumentException("listeners are of the M2M world, not of " + realm);
        }
        return usable;
    }

    @Override
    public void refused(TokenRealm realm, String versionId) {
        refused.add(versionId);
    }

    List<String> refusedVersions() {
        return refused;
    }
}

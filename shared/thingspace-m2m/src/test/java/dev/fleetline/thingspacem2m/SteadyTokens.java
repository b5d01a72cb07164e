package dev.fleetline.thingspacem2m;

import java.util.ArrayList;
import java.util.List;

/** Always the same tokens, or none; remembers which versions were refused. */
final class SteadyTokens implements M2mTokens {

    static final String SECRET = "fleetline/test/m2m/token";

    private final Usable usable;
    private final List<String> refused = new ArrayList<>();

    SteadyTokens(String bearer, String session) {
        this.usable = new Usable.Tokens(SECRET, "v1", bearer, session);
    }

    SteadyTokens() {
        this.usable = new Usable.None(SECRET, "v0");
    }

    @Override
    public Usable usable() {
        return usable;
    }

    @Override
    public void refused(String versionId) {
        refused.add(versionId);
    }

    List<String> refusedVersions() {
        return refused;
    }
}

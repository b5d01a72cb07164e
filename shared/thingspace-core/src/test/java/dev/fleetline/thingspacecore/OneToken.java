package dev.fleetline.thingspacecore;

import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenSource;
import java.util.ArrayList;
import java.util.List;

/** A source with one token, or none, that remembers which versions were refused. */
final class OneToken implements TokenSource {

    static final String SECRET = "fleetline/test/core/token";

    private final Usable usable;
    private final List<String> refused = new ArrayList<>();

    OneToken(String value) {
        this.usable = new Usable.Token(SECRET, "v1", value);
    }

    OneToken() {
        this.usable = new Usable.None(SECRET, "v0", "never one");
    }

    @Override
    public Usable token(TokenRealm realm) {
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

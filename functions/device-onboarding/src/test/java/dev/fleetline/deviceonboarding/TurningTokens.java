package dev.fleetline.deviceonboarding;

import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenSource;

/** A source whose token is replaced by another after so many looks at it, or never. */
final class TurningTokens implements TokenSource {

    static final String SECRET = "fleetline/test/core/token";

    private final String value;
    private int looksUntilRenewal = Integer.MAX_VALUE;
    private int version = 1;

    TurningTokens(String value) {
        this.value = value;
    }

    void isRenewedAfterLooks(int looks) {
        looksUntilRenewal = looks;
    }

    @Override
    public Usable token(TokenRealm realm) {
        if (--looksUntilRenewal == 0) {
            version++;
        }
        return new Usable.Token(SECRET, "v" + version, value);
    }

    @Override
    public void refused(TokenRealm realm, String versionId) {
        // it does not keep one
    }
}

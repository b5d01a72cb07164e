package dev.fleetline.testing;

import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenSource;

/** A source whose tokens are {@code v1} and are replaced by {@code v2} after so many looks at it, or never. */
public final class TurningTokens implements TokenSource {

    private final String value;
    private int looksUntilRenewal = Integer.MAX_VALUE;
    private int version = 1;

    /** Every token has that value. */
    public TurningTokens(String value) {
        this.value = value;
    }

    /** In which secret a realm's token is. */
    public static String secret(TokenRealm realm) {
        return "fleetline/test/" + realm.code() + "/token";
    }

    /** Counted from now on. */
    public void isRenewedAfterLooks(int looks) {
        looksUntilRenewal = looks;
    }

    @Override
    public Usable token(TokenRealm realm) {
        if (--looksUntilRenewal == 0) {
            version++;
        }
        return new Usable.Token(secret(realm), "v" + version, value);
    }

    @Override
    public void refused(TokenRealm realm, String versionId) {
        // it does not keep one
    }
}

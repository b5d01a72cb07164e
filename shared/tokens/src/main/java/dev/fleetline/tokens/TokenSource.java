package dev.fleetline.tokens;

/** The token as somebody sees it who wants to use it: kept for a while, dropped when it was refused. */
public interface TokenSource {

    /** The realm's token, if there is one that has not expired. May be some minutes old. */
    Usable token(TokenRealm realm);

    /** Says that the platform refused this version; the next {@link #token} reads anew. */
    void refused(TokenRealm realm, String versionId);

    /** What there is to use. */
    sealed interface Usable {
        record Token(String secret, String versionId, String value) implements Usable {
            /** Without the value. */
            @Override
            public String toString() {
                return "Token[" + secret + " " + versionId + "]";
            }
        }

        /** None that could be used: never one, or expired; {@code versionId} is the version that says so. */
        record None(String secret, String versionId, String reason) implements Usable {}
    }
}

package dev.fleetline.tokens;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The token as somebody sees it who wants to use it: kept for a while, dropped when it was refused. */
public interface TokenSource {

    /** No source keeps a token for longer; a token that was replaced this long ago is in nobody's hands any more. */
    Duration LONGEST_KEPT = Duration.ofMinutes(5);

    /** The realm's token, if there is one that has not expired. May be some minutes old. */
    Usable token(TokenRealm realm);

    /**
     * Says that the platform refused this version. For the seconds in which a caller looks for the next one each {@link
     * #token} reads anew; told again of the same version, it need not.
     */
    void refused(TokenRealm realm, String versionId);

    /** What there is to use. */
    sealed interface Usable {
        /**
         * A token, and the session to show beside it where the realm has such.
         *
         * @param scopes what it was given for, as answered; empty where the answer named none
         */
        record Token(String secret, String versionId, String value, Optional<String> session, List<String> scopes)
                implements Usable {

            /** Of lists, a copy. */
            public Token {
                scopes = List.copyOf(scopes);
            }

            /** One of a realm without sessions, given for all that there is. */
            public Token(String secret, String versionId, String value) {
                this(secret, versionId, value, Optional.empty(), List.of());
            }

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

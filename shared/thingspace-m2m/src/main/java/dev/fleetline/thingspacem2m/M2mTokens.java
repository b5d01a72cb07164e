package dev.fleetline.thingspacem2m;

/** Where the two tokens come from that every call shows. */
public interface M2mTokens {

    /** What there is to use. May be some minutes old. */
    Usable usable();

    /** Says that the platform refused this version; the next {@link #usable} reads anew. */
    void refused(String versionId);

    /** What there is. */
    sealed interface Usable {
        /** A bearer and the session that goes with it. */
        record Tokens(String secret, String versionId, String bearer, String session) implements Usable {
            /** Without either. */
            @Override
            public String toString() {
                return "Tokens[" + secret + " " + versionId + "]";
            }
        }

        /** None that could be used: never any, or ended; {@code versionId} is the version that says so. */
        record None(String secret, String versionId) implements Usable {}
    }
}

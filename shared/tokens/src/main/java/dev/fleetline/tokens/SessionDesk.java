package dev.fleetline.tokens;

/**
 * Opens the session that is shown beside a token. A user who fails to log in five times in a row is locked until the
 * platform's support helps, so whoever asks keeps count.
 */
public interface SessionDesk {

    /** A login with the user's credentials as they are now, which nobody has made yet. */
    Login login();

    /** One reading of the user's credentials: what is counted and what is shown belong together. */
    interface Login {
        /** The version of the credentials: failed logins count for one version of them. */
        String credentialsVersion();

        /** Logs in. */
        Opened open(AccessToken token);
    }

    /** What came of logging in. */
    sealed interface Opened {
        /** A session. */
        record Session(String token) implements Opened {
            /** Without the token. */
            @Override
            public String toString() {
                return "Session[***]";
            }
        }

        /** The user or the password is wrong, or the user is locked; it counts as a failed login. */
        record Refused(String code) implements Opened {}

        /** The token that was shown is not good, so nobody looked at the password. */
        record TokenEnded() implements Opened {}

        /** No answer. {@code mayCount}: a login may have failed there all the same. */
        record Unavailable(String reason, boolean mayCount) implements Opened {}
    }
}

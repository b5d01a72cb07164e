package dev.fleetline.callback;

import java.util.List;

/** The keys and logins that a sender may show; the platform goes on showing an old one for minutes after a change. */
public interface CallbackKeys {

    /**
     * The stream keys that count now: of the current, the previous and the pending version of the secret. An exception
     * when the current version has none. May be some minutes old.
     */
    List<String> streamKeys();

    /**
     * The logins of callback services that count now, of the same versions. An exception when the current version has
     * none: then nobody can be let in, and the message names secret and field. May be some minutes old.
     */
    List<Login> logins();

    /**
     * Reads again, at most once in some seconds: for what did not match. An exception when the last reading failed: then
     * nobody knows whether what was shown is new or wrong.
     */
    void refresh();

    /** What a callback service shows in its body. */
    record Login(String username, String password) {
        /** Without either. */
        @Override
        public String toString() {
            return "Login[***]";
        }
    }
}

package dev.fleetline.callbackreceiver;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetline.callback.CallbackKeys;
import dev.fleetline.callback.CallbackKeys.Login;
import java.security.MessageDigest;
import java.util.List;

/**
 * Tells whether a callback service may deliver, by the username and password in its body. Every login is compared,
 * whichever fits, and each in constant time.
 */
final class LoginCheck {

    private final CallbackKeys keys;

    LoginCheck(CallbackKeys keys) {
        this.keys = keys;
    }

    /** A login that does not fit may be newer than what we know, so it is looked at a second time with fresh ones. */
    boolean isGood(Login shown) {
        if (isAmong(keys.logins(), shown)) {
            return true;
        }
        keys.refresh();
        return isAmong(keys.logins(), shown);
    }

    private static boolean isAmong(List<Login> good, Login shown) {
        byte[] showing = whole(shown);
        boolean found = false;
        for (Login login : good) {
            // an assignment with "|=" always compares; "||" would leave out what follows a login that fits
            found |= MessageDigest.isEqual(whole(login), showing);
        }
        return found;
    }

    /** Both in one, so that the time of an answer does not tell which of them was right; nothing can move between them. */
    private static byte[] whole(Login login) {
        return (login.username().length() + ":" + login.username() + login.password()).getBytes(UTF_8);
    }
}

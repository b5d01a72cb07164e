package dev.fleetline.callbackreceiver;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetline.callback.CallbackKeys;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;

/**
 * Tells who may deliver. A key is shown verbatim or as a bearer token; which of the two, the platform does not say.
 *
 * <p>Every key is compared, whichever fits, and each in constant time, so that the time of an answer tells nothing
 * about a key.
 */
final class StreamKeyCheck {

    private static final String BEARER = "bearer ";

    private final CallbackKeys keys;

    StreamKeyCheck(CallbackKeys keys) {
        this.keys = keys;
    }

    /** A key that does not fit may be newer than what we know, so it is looked at a second time with fresh keys. */
    boolean isGood(String authorization) {
        if (authorization.isBlank()) {
            return false;
        }
        if (isAmong(keys.streamKeys(), authorization)) {
            return true;
        }
        keys.refresh();
        return isAmong(keys.streamKeys(), authorization);
    }

    private static boolean isAmong(List<String> good, String authorization) {
        byte[] verbatim = authorization.getBytes(UTF_8);
        byte[] token = token(authorization).getBytes(UTF_8);
        boolean found = false;
        for (String key : good) {
            if (key.isBlank()) {
                continue;
            }
            byte[] expected = key.getBytes(UTF_8);
            // an assignment with "|=" always compares; "||" would leave out what follows a key that fits
            found |= MessageDigest.isEqual(expected, verbatim);
            found |= MessageDigest.isEqual(expected, token);
        }
        return found;
    }

    private static String token(String authorization) {
        return authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? authorization.substring(BEARER.length()).strip()
                : authorization;
    }
}

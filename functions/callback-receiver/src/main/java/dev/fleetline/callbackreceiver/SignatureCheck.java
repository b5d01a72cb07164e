package dev.fleetline.callbackreceiver;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetline.callback.SigningKeys;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells whether a service that signs its bodies may deliver. The signature of every key is compared, whichever fits, and
 * each in constant time.
 */
final class SignatureCheck {

    private static final String HMAC = "HmacSHA256";

    private final SigningKeys keys;

    SignatureCheck(SigningKeys keys) {
        this.keys = keys;
    }

    /** One that does not fit may be made with a key that is newer than what we know, so fresh keys are asked for. */
    boolean isGood(String service, String header, byte[] body) {
        Optional<byte[]> shown = Signature.read(header);
        if (shown.isEmpty()) {
            return false;
        }
        if (isAmong(keys.of(service), shown.get(), body)) {
            return true;
        }
        keys.refresh();
        return isAmong(keys.of(service), shown.get(), body);
    }

    private static boolean isAmong(List<String> good, byte[] shown, byte[] body) {
        boolean found = false;
        for (String key : good) {
            // an assignment with "|=" always compares; "||" would leave out what follows a key that fits
            found |= MessageDigest.isEqual(sign(key, body), shown);
        }
        return found;
    }

    private static byte[] sign(String key, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), HMAC));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }
}

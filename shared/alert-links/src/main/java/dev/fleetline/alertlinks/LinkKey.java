package dev.fleetline.alertlinks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key that links are signed with. */
public record LinkKey(String text) {

    /** Fewer characters could be guessed. */
    public static final int SHORTEST = 32;

    private static final String HMAC = "HmacSHA256";

    public LinkKey {
        if (!text.matches("[!-~]{" + SHORTEST + ",}")) {
            throw new IllegalArgumentException(
                    "a key for links has at least " + SHORTEST + " visible ASCII characters and no blank");
        }
    }

    /** The HMAC-SHA256 of what a link says, in Base64 for addresses: 43 characters. */
    String sign(AlertLink link) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(text.getBytes(US_ASCII), HMAC));
            // none of the parts can have a line break, so no two links say the same
            String said = "fleetline alert link\n" + link.alertId() + "\n"
                    + link.action().word() + "\n" + link.until().getEpochSecond();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(said.getBytes(US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "LinkKey[***]";
    }
}

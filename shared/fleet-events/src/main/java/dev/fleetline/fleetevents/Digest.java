package dev.fleetline.fleetevents;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids that are made from what they name, so that whoever says the same thing twice says it under the same id. */
public final class Digest {

    private Digest() {}

    /**
     * The first 128 bits of SHA-256 over the parts, as 32 hex digits. Each part is preceded by its length, so
     * {@code of("a", "bc")} and {@code of("ab", "c")} differ.
     */
    public static String of(Object... parts) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (Object part : parts) {
                byte[] bytes = part.toString().getBytes(UTF_8);
                sha256.update((bytes.length + ":").getBytes(UTF_8));
                sha256.update(bytes);
            }
            return HexFormat.of().formatHex(sha256.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

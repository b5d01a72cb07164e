package dev.fleetline.callbackreceiver;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads an HMAC-SHA256 as senders write one: in hex or in Base64, with or without {@code sha256=} before it. Which of
 * these the platform does, it does not say.
 */
final class Signature {

    private static final String ALGORITHM = "sha256=";
    private static final int BYTES = 32;

    private Signature() {}

    /** Its bytes; empty when it is none. */
    static Optional<byte[]> read(String header) {
        String shown = header.strip();
        String text =
                shown.toLowerCase(Locale.ROOT).startsWith(ALGORITHM) ? shown.substring(ALGORITHM.length()) : shown;
        try {
            byte[] bytes = text.length() == 2 * BYTES
                    ? HexFormat.of().parseHex(text)
                    : Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
            return Optional.of(bytes).filter(it -> it.length == BYTES);
        } catch (IllegalArgumentException neither) {
            return Optional.empty();
        }
    }
}

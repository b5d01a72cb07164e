package dev.fleetline.thingspaceoauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Messages of the platform as they were seen on the wire, with made-up values. */
final class Wire {

    private Wire() {}

    /** Such as {@code m2m/token-200.json}. */
    static String message(String file) {
        try (InputStream in = Objects.requireNonNull(Wire.class.getResourceAsStream("/" + file), file)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(file, e);
        }
    }
}

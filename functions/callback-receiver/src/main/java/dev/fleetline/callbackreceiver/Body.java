package dev.fleetline.callbackreceiver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** The body of a request as the sender sent it. */
@SuppressWarnings("ArrayRecordComponent") // never compared; copied nowhere because a body may be large
sealed interface Body {

    record Bytes(byte[] bytes) implements Body {}

    /** It should have been Base64 and is not. */
    record Garbled() implements Body {}

    static Body of(HttpRequest request) {
        String body = request.body().orElse("");
        if (!request.isBase64Encoded()) {
            return new Bytes(body.getBytes(UTF_8));
        }
        try {
            return new Bytes(Base64.getDecoder().decode(body));
        } catch (IllegalArgumentException e) {
            return new Garbled();
        }
    }
}

package dev.fleetline.local;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Ids of events as numbers, by whose sum two sets of them can be compared without being listed. */
public final class EventIds {

    private EventIds() {}

    /** The first eight bytes of the id's SHA-256, as the simulator sums them up. */
    public static long number(String id) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

package dev.fleetline.fleetdynamodb;

import dev.fleetline.device.Messages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Packs the messages about a device, since they are written with every report.
 *
 * <pre>
 * messages = schema, held, number of times, time...
 * time     = milliseconds since the one before, the first since the epoch
 * </pre>
 */
final class MessagesCodec {

    private static final int SCHEMA = 1;

    private MessagesCodec() {}

    static byte[] pack(Messages messages) {
        PackedBytes out = new PackedBytes()
                .octet(SCHEMA)
                .number(messages.held())
                .octet(messages.at().size());
        long before = 0;
        for (Instant at : messages.at()) {
            out.number(at.toEpochMilli() - before);
            before = at.toEpochMilli();
        }
        return out.bytes();
    }

    static Messages unpack(byte[] packed) {
        PackedBytes.Reader in = new PackedBytes.Reader(packed);
        int schema = in.octet();
        if (schema != SCHEMA) {
            throw new UnreadableItem("packed messages have schema " + schema + ", this version reads " + SCHEMA);
        }
        int held = Math.toIntExact(in.number());
        List<Instant> at = new ArrayList<>();
        long before = 0;
        for (int left = in.octet(); left > 0; left--) {
            before += in.number();
            at.add(Instant.ofEpochMilli(before));
        }
        in.end();
        return new Messages(at, held);
    }
}

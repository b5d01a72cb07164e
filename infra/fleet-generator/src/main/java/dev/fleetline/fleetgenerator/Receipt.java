package dev.fleetline.fleetgenerator;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;

/**
 * A message of the platform, as it reaches us.
 *
 * @param event the data of a streamed {@code ts.event}
 */
public record Receipt(Instant receivedAt, Member member, Map<String, Object> event) {

    public Receipt {
        requireNonNull(receivedAt, "receivedAt");
        event = Collections.unmodifiableMap(event);
    }
}

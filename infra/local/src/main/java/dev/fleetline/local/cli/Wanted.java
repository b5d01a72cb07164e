package dev.fleetline.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/** Which deliveries somebody wants to see; each part that is given narrows it. */
record Wanted(Optional<String> device, Optional<Instant> from, Optional<Instant> to, Optional<String> reason) {

    /** Whether it is of the time and the reason. */
    boolean has(JsonNode line) {
        Instant receivedAt = Instant.parse(line.path("receivedAt").asText());
        return from.map(begin -> !receivedAt.isBefore(begin)).orElse(true)
                && to.map(receivedAt::isBefore).orElse(true)
                && reason.map(code -> code.equals(line.path("reason").asText())
                                || code.equals(line.path("status").asText()))
                        .orElse(true);
    }
}

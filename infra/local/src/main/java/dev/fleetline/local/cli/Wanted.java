package dev.fleetline.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/** Which deliveries somebody wants to see; each part that is given narrows it. */
record Wanted(Optional<String> device, Optional<Instant> from, Optional<Instant> to, Optional<String> reason) {

    boolean has(JsonNode line) {
        Instant receivedAt = Instant.parse(line.path("receivedAt").asText());
        return device.map(name -> isOf(line, name)).orElse(true)
                && from.map(begin -> !receivedAt.isBefore(begin)).orElse(true)
                && to.map(receivedAt::isBefore).orElse(true)
                && reason.map(code -> code.equals(line.path("reason").asText())
                                || code.equals(line.path("status").asText()))
                        .orElse(true);
    }

    private static boolean isOf(JsonNode line, String name) {
        return line.path("imei").asText().equals(name)
                || line.path("device").asText().endsWith("#" + name);
    }
}

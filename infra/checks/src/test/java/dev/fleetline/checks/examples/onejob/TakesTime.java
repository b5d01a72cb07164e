package dev.fleetline.checks.examples.onejob;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;

/** Takes time and ids where it stands instead of being given them. */
final class TakesTime {

    Instant now() {
        return Instant.now();
    }

    Supplier<UUID> ids() {
        return UUID::randomUUID;
    }
}

package dev.fleetline.fleetdynamodb;

import static java.util.Objects.requireNonNull;

/** The names of the tables; empty for one that a function has no right to and does not use. */
public record Tables(
        String devices,
        String identities,
        String callbacks,
        String alerts,
        String history,
        String outbox,
        String claims) {

    public Tables {
        requireNonNull(devices, "devices");
        requireNonNull(identities, "identities");
        requireNonNull(callbacks, "callbacks");
        requireNonNull(alerts, "alerts");
        requireNonNull(history, "history");
        requireNonNull(outbox, "outbox");
        requireNonNull(claims, "claims");
    }
}

package dev.fleetline.thingspacesimulator.m2m;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the callbacks of a service go.
 *
 * @param proofs by what the listener knows the platform, oldest first; never empty
 */
record Listener(String service, URI url, List<Proof> proofs) {

    Listener {
        proofs = List.copyOf(proofs);
    }

    /** The user and password that are sent along, and since when they are registered. */
    record Proof(Instant since, Optional<String> username, Optional<String> password) {
        @Override
        public String toString() {
            return "Proof[" + since + ", ***]";
        }
    }

    /** The listener after a new registration, which replaces everything but is not everywhere at once. */
    Listener replacedBy(URI newUrl, Proof proof) {
        List<Proof> all = new ArrayList<>(proofs);
        all.add(proof);
        return new Listener(service, newUrl, all);
    }

    Proof current() {
        return proofs.getLast();
    }

    /** What was registered at that time; before the first registration, the first. */
    Proof at(Instant time) {
        return proofs.reversed().stream()
                .filter(proof -> !proof.since().isAfter(time))
                .findFirst()
                .orElseGet(proofs::getFirst);
    }
}

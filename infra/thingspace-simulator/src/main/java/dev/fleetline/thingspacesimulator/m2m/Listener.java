package dev.fleetline.thingspacesimulator.m2m;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /** By what a listener knows the platform, and since when it is registered. */
    sealed interface Proof {

        Instant since();

        /** A user and a password, sent along in the body. */
        record Password(Instant since, Optional<String> username, Optional<String> password) implements Proof {
            @Override
            public String toString() {
                return "Password[" + since + ", ***]";
            }
        }

        /**
         * A key to sign with, which the platform makes up.
         *
         * @param headers that the listener wants to see besides
         */
        record Key(Instant since, String key, Map<String, String> headers) implements Proof {

            public Key {
                headers = Map.copyOf(headers);
            }

            @Override
            public String toString() {
                return "Key[" + since + ", ***]";
            }
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

package dev.fleetline.local.cli;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A Fleetline that somebody authorises: where to go, and how to see that it is done.
 *
 * <p>Whatever cannot be asked is an {@code IllegalStateException} whose message says in one line what is wrong and what
 * mends it.
 */
interface ConsentDesk extends AutoCloseable {

    /** Where a person goes with a browser. */
    URI link();

    /** Which version of the token is current. */
    Current current();

    @Override
    void close();

    /** A version, and until when it is good, where that can be seen. */
    record Current(String versionId, Optional<Instant> endsAt) {}
}

package dev.fleetline.carrier;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whom a carrier calls back with messages that it signs: one listener for each of these services. The key is the
 * carrier's, a new one for each registration, and told once. Every call answers; none throws for what a carrier does.
 */
public interface SignedListeners {

    /** The services that can be registered here, as the carrier calls them. */
    Set<String> services();

    /** Every listener of the account; a carrier tells nobody their keys. */
    CarrierReply<List<SignedListener>> listeners();

    /** Has a service call from now on; takes the place of the service's listener, where there is one. */
    CarrierReply<Registration> register(SignedListener listener);

    /** Nobody is called by this service any more; AlreadyDone when nobody was. */
    CarrierReply<String> deregister(String service);

    /** Who is called. */
    record SignedListener(String service, String url) {
        /** Without the address, whose path is a secret of ours. */
        @Override
        public String toString() {
            return "SignedListener[" + service + "]";
        }
    }

    /**
     * The carrier's yes to a registration.
     *
     * @param key with which it signs from now on; empty when it is not where we looked for it
     */
    record Registration(String service, Optional<String> key) {
        /** Without the key. */
        @Override
        public String toString() {
            return "Registration[" + service + (key.isPresent() ? ", with its key]" : ", without a key]");
        }
    }
}

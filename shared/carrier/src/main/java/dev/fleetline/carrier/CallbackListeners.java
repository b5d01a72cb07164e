package dev.fleetline.carrier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.List;

/**
 * Whom a carrier calls back: one listener for each of its services. Every call answers; none throws for what a carrier
 * does.
 */
public interface CallbackListeners {

    /** Every listener of the account, with what it logs in with: the carrier tells that in the clear. */
    CarrierReply<List<Listener>> listeners();

    /** Has a service call from now on; takes the place of the service's listener, where there is one. */
    CarrierReply<String> register(Listener listener);

    /** Nobody is called by this service any more; AlreadyDone when nobody was. */
    CarrierReply<String> deregister(String service);

    /**
     * Who is called.
     *
     * @param service as the carrier calls it, {@code CarrierService}
     * @param username empty when none is shown, as {@code password}
     */
    record Listener(String service, String url, String username, String password) {
        /** Whether this is what it logs in with. */
        public boolean shows(String wantedUsername, String wantedPassword) {
            boolean isUsername = isSame(username, wantedUsername);
            return isSame(password, wantedPassword) && isUsername;
        }

        private static boolean isSame(String shown, String wanted) {
            return MessageDigest.isEqual(shown.getBytes(UTF_8), wanted.getBytes(UTF_8));
        }

        /** Without the login. */
        @Override
        public String toString() {
            return "Listener[" + service + "]";
        }
    }
}

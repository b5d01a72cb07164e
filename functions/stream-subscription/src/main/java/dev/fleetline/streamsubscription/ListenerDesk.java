package dev.fleetline.streamsubscription;

import dev.fleetline.carrier.CarrierReply;
import java.util.List;
import java.util.Optional;

/** The listeners of one of the platform's APIs, by whatever its callbacks are let in here: a login or a signature. */
interface ListenerDesk {

    /** Every listener of the account. */
    CarrierReply<List<Listening>> look();

    /** Whether we may have registered anything here that is still there. */
    boolean mayHaveOurs();

    /**
     * Has a service call this address from now on. Ok with what keeps its callbacks from being let in all the same, if
     * anything does.
     */
    CarrierReply<Optional<String>> register(String service, String url);

    /** Nobody is called by this service any more. */
    CarrierReply<String> deregister(String service);

    /** Nothing of this service is to be let in any more; said before it is deregistered for good. */
    void isNotWanted(String service);

    /**
     * Who is called.
     *
     * @param isLetIn whether we take what it shows
     */
    record Listening(String service, String url, boolean isLetIn) {
        /** Without the address, whose path is a secret of ours. */
        @Override
        public String toString() {
            return "Listening[" + service + "]";
        }
    }
}

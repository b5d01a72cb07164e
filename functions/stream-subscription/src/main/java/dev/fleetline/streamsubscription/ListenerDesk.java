package dev.fleetline.streamsubscription;

import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.carrier.CarrierReply;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The listeners of one of the platform's APIs, by whatever its callbacks are let in here: a login or a signature. */
interface ListenerDesk {

    /** Every listener of the account. */
    CarrierReply<List<Listening>> look();

    /** Whether we may have registered anything here that is still there. */
    boolean mayHaveOurs();

    /**
     * Has a service call this address from now on, with this login if it shows one. Ok with what keeps its callbacks from
     * being let in all the same, if anything does.
     */
    CarrierReply<Optional<String>> register(String service, String url, CallbackSecret login);

    /** Nobody is called by this service any more, until it is registered anew. */
    CarrierReply<String> deregister(String service);

    /** Nobody is called by this service any more, and nothing that it signed is let in. */
    CarrierReply<String> deregisterForGood(String service);

    /** What is wrong with a service that calls us and that a repair would register anew. */
    Flaw flaw();

    /** In a word for {@link StreamHealth.Broken}, and in words for people. */
    record Flaw(String code, String reason) {}

    /**
     * Who is called.
     *
     * @param isLetIn whether we take what it shows, as long as these logins are good
     */
    record Listening(String service, String url, Predicate<List<CallbackSecret>> isLetIn) {
        /** Without the address, whose path is a secret of ours. */
        @Override
        public String toString() {
            return "Listening[" + service + "]";
        }
    }
}

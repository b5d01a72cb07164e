package dev.fleetline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.carrier.CallbackListeners;
import dev.fleetline.carrier.CallbackListeners.Listener;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.Unclear;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link CallbackListeners} must do, whoever stands behind it. */
public abstract class CallbackListenersContract {

    private static final String URL = "https://receiver.example.test/callbacks/CarrierService";
    private static final Listener LISTENER = new Listener("CarrierService", URL, "cbuser", "cb-secret-example");

    /** A carrier that calls nobody; the same one during a test. */
    protected abstract CallbackListeners listeners();

    /** The next change is carried out and its answer lost. */
    protected abstract void losesNextAnswer();

    @Test
    void at_first_nobody_is_called() {
        assertThat(listeners().listeners()).isEqualTo(new Ok<>(List.of()));
    }

    @Test
    void a_registered_listener_is_listed_with_its_login_and_prints_without_it() {
        yes(listeners().register(LISTENER));

        assertThat(yes(listeners().listeners())).containsExactly(LISTENER);
        assertThat(LISTENER.toString()).doesNotContain("cb-secret-example");
    }

    @Test
    void registering_again_takes_the_place_of_what_was_there() {
        yes(listeners().register(LISTENER));
        Listener again = new Listener("CarrierService", URL, "cbuser", "cb-secret-two");

        yes(listeners().register(again));

        assertThat(yes(listeners().listeners())).containsExactly(again);
    }

    @Test
    void a_deregistered_listener_is_gone_and_once_is_enough() {
        yes(listeners().register(LISTENER));

        yes(listeners().deregister("CarrierService"));

        assertThat(listeners().deregister("CarrierService")).isEqualTo(new AlreadyDone<>());
        assertThat(yes(listeners().listeners())).isEmpty();
    }

    @Test
    void a_password_of_more_than_40_characters_is_refused() {
        assertThat(listeners().register(new Listener("CarrierService", URL, "cbuser", "x".repeat(41))))
                .isInstanceOf(Refused.class);
    }

    @Test
    void a_lost_answer_is_unclear_and_the_listener_is_there() {
        losesNextAnswer();

        assertThat(listeners().register(LISTENER)).isInstanceOf(Unclear.class);
        assertThat(yes(listeners().listeners())).containsExactly(LISTENER);
    }

    private static <T> T yes(CarrierReply<T> reply) {
        if (reply instanceof Ok<T>(var value)) {
            return value;
        }
        throw new AssertionError("expected yes, but the carrier answered " + reply);
    }
}

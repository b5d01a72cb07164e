package dev.fleetline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Unclear;
import dev.fleetline.carrier.SignedListeners;
import dev.fleetline.carrier.SignedListeners.SignedListener;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link SignedListeners} must do, whoever stands behind it; of each of its services. */
public abstract class SignedListenersContract {

    /** A carrier that calls nobody; the same one during a test. */
    protected abstract SignedListeners listeners();

    /** The next change is carried out and its answer lost. */
    protected abstract void losesNextAnswer();

    @Test
    void at_first_nobody_is_called() {
        assertThat(listeners().services()).isNotEmpty();
        assertThat(listeners().listeners()).isEqualTo(new Ok<>(List.of()));
    }

    @Test
    void each_service_is_registered_by_itself_and_its_key_is_told_once() {
        for (String service : listeners().services()) {
            assertThat(keyOf(service)).isNotBlank();
        }

        assertThat(yes(listeners().listeners()))
                .containsExactlyInAnyOrderElementsOf(listeners().services().stream()
                        .map(SignedListenersContract::listener)
                        .toList());
    }

    @Test
    void registering_again_takes_the_place_of_what_was_there_and_has_another_key() {
        for (String service : listeners().services()) {
            assertThat(keyOf(service)).isNotEqualTo(keyOf(service));
        }

        assertThat(yes(listeners().listeners())).hasSameSizeAs(listeners().services());
    }

    @Test
    void a_deregistered_listener_is_gone_and_once_is_enough() {
        for (String service : listeners().services()) {
            keyOf(service);

            yes(listeners().deregister(service));

            assertThat(listeners().deregister(service)).isEqualTo(new AlreadyDone<>());
        }
        assertThat(yes(listeners().listeners())).isEmpty();
    }

    @Test
    void a_lost_answer_is_unclear_and_the_listener_is_there() {
        String service = listeners().services().iterator().next();
        losesNextAnswer();

        assertThat(listeners().register(listener(service))).isInstanceOf(Unclear.class);
        assertThat(yes(listeners().listeners())).containsExactly(listener(service));
    }

    @Test
    void neither_address_nor_key_is_in_what_is_printed() {
        String service = listeners().services().iterator().next();

        CarrierReply<SignedListeners.Registration> reply = listeners().register(listener(service));

        assertThat(reply.toString()).doesNotContain(yes(reply).key().orElseThrow());
        assertThat(listener(service).toString()).doesNotContain("receiver.example.test");
    }

    private String keyOf(String service) {
        return yes(listeners().register(listener(service))).key().orElseThrow();
    }

    private static SignedListener listener(String service) {
        return new SignedListener(service, "https://receiver.example.test/callbacks/" + service);
    }

    private static <T> T yes(CarrierReply<T> reply) {
        if (reply instanceof Ok<T>(var value)) {
            return value;
        }
        throw new AssertionError("expected yes, but the carrier answered " + reply);
    }
}

package dev.fleetline.testing;

import static dev.fleetline.testing.SampleFleet.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Delivery.DeliveryId;
import dev.fleetline.callback.Delivery.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every place that keeps deliveries promises. */
public abstract class CallbackInboxContract {

    /** The device key of every delivery that the contract puts. */
    protected static final String DEVICE = "uid#" + SampleFleet.uid(1).value();

    /** The inbox; the same one during a test, an empty one at its beginning. */
    protected abstract CallbackInbox inbox();

    @Test
    void a_delivery_is_kept_as_it_came() {
        Delivery delivery = delivery("d1", Optional.of(NOON));
        Delivery timeless = delivery("d2", Optional.empty()).in(new Status.Quarantined("NOT_JSON", "at byte 3"));

        assertThat(inbox().put(delivery)).isTrue();
        assertThat(inbox().put(timeless)).isTrue();

        assertThat(inbox().of(DEVICE)).containsExactly(timeless, delivery);
        assertThat(inbox().of("uid#other")).isEmpty();
    }

    @Test
    void the_same_delivery_twice_is_one_and_what_became_of_it_stays() {
        Delivery delivery = delivery("d1", Optional.of(NOON));
        inbox().put(delivery);
        inbox().mark(delivery.id(), new Status.Quarantined("NO_DEVICE", "nobody has this uid"));

        boolean again = inbox().put(delivery);

        assertThat(again).isFalse();
        assertThat(inbox().of(DEVICE))
                .containsExactly(delivery.in(new Status.Quarantined("NO_DEVICE", "nobody has this uid")));
    }

    @Test
    void only_what_was_put_is_there_and_no_other_time_of_it() {
        Delivery delivery = delivery("d1", Optional.of(NOON));
        assertThat(inbox().has(delivery.id())).isFalse();

        inbox().put(delivery);

        assertThat(inbox().has(delivery.id())).isTrue();
        assertThat(inbox().has(delivery("d1", Optional.empty()).id())).isFalse();
        assertThat(inbox().has(delivery("d2", Optional.of(NOON)).id())).isFalse();
    }

    @Test
    void of_racing_puts_of_one_delivery_one_is_the_first() throws Exception {
        Delivery delivery = delivery("d1", Optional.of(NOON));

        List<Boolean> answers = DeviceRegistryContract.race(() -> inbox().put(delivery));

        assertThat(answers).filteredOn(Boolean::booleanValue).hasSize(1);
    }

    @Test
    void a_mark_replaces_the_one_before_and_the_same_again_changes_nothing() {
        Delivery delivery = delivery("d1", Optional.of(NOON));
        inbox().put(delivery);

        for (Status status : List.of(
                new Status.Quarantined("X", "y"),
                new Status.Unhandled(),
                new Status.Unhandled(),
                new Status.Received())) {
            assertThat(inbox().mark(delivery.id(), status)).isTrue();
            assertThat(inbox().of(DEVICE)).containsExactly(delivery.in(status));
        }
    }

    @Test
    void a_mark_on_what_is_not_kept_keeps_nothing() {
        DeliveryId id = delivery("d1", Optional.of(NOON)).id();

        assertThat(inbox().mark(id, new Status.Unhandled())).isFalse();
        assertThat(inbox().of(DEVICE)).isEmpty();
    }

    @Test
    void deliveries_come_oldest_event_first_also_when_only_some_times_have_decimals() {
        Instant whole = Instant.parse("2026-03-01T12:00:00Z");
        inbox().put(delivery("third", Optional.of(whole.plusMillis(500))));
        inbox().put(delivery("fourth", Optional.of(whole.plusSeconds(1))));
        inbox().put(delivery("second", Optional.of(whole)));
        inbox().put(delivery("first", Optional.empty()));

        assertThat(inbox().of(DEVICE))
                .extracting(delivery -> delivery.id().deliveryId())
                .containsExactly("first", "second", "third", "fourth");
    }

    /** A delivery under {@link #DEVICE}. */
    protected static Delivery delivery(String id, Optional<Instant> at) {
        return new Delivery(
                new DeliveryId(DEVICE, at, id),
                "stream",
                "ts.event",
                NOON,
                "{\"data\":{\"note\":\"ü\"}}",
                new Status.Received());
    }
}

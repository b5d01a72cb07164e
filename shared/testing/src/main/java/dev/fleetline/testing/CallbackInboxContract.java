package dev.fleetline.testing;

import static dev.fleetline.testing.SampleFleet.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Delivery.DeliveryId;
import dev.fleetline.callback.Delivery.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

        List<Boolean> answers = Race.of(() -> inbox().put(delivery));

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

    @Test
    void what_was_received_in_a_time_is_found_page_by_page_each_once() {
        List<String> wanted = new ArrayList<>();
        for (int minute = 0; minute < 12; minute++) {
            Delivery delivery = receivedAt("d" + minute, NOON.plusSeconds(60L * minute));
            inbox().put(delivery);
            if (minute >= 2 && minute < 9) {
                wanted.add(delivery.id().deliveryId());
            }
        }

        assertThat(all(from -> inbox().received(NOON.plusSeconds(120), NOON.plusSeconds(540), from, 3)))
                .extracting(delivery -> delivery.id().deliveryId())
                .containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void the_end_of_a_time_is_not_in_it_whatever_decimals_it_has() {
        Instant whole = Instant.parse("2026-03-01T12:00:00Z");
        inbox().put(receivedAt("before", whole.minusMillis(1)));
        inbox().put(receivedAt("first", whole));
        inbox().put(receivedAt("last", whole.plusMillis(999)));
        inbox().put(receivedAt("after", whole.plusSeconds(1)));

        assertThat(all(from -> inbox().received(whole, whole.plusSeconds(1), from, 100)))
                .extracting(delivery -> delivery.id().deliveryId())
                .containsExactlyInAnyOrder("first", "last");
    }

    @Test
    void what_is_set_aside_is_found_by_its_reason_as_long_as_it_is() {
        for (int number = 0; number < 20; number++) {
            Delivery delivery = receivedAt("d" + number, NOON.plusSeconds(number));
            inbox().put(delivery);
            switch (number % 4) {
                case 0 -> inbox().mark(delivery.id(), new Status.Quarantined("NO_DATA", "nothing in it"));
                case 1 -> inbox().mark(delivery.id(), new Status.Quarantined("UNKNOWN_DEVICE", "not ours"));
                case 2 -> inbox().mark(delivery.id(), new Status.Unhandled());
                default -> {}
            }
        }
        inbox().put(receivedAt("at-receipt", NOON).in(new Status.Quarantined("NO_DATA", "nothing in it")));
        inbox().mark(receivedAt("d4", NOON.plusSeconds(4)).id(), new Status.Received());

        assertThat(setAside("NO_DATA")).containsExactlyInAnyOrder("d0", "d8", "d12", "d16", "at-receipt");
        assertThat(setAside("UNKNOWN_DEVICE")).containsExactlyInAnyOrder("d1", "d5", "d9", "d13", "d17");
        assertThat(setAside(CallbackInbox.UNHANDLED)).containsExactlyInAnyOrder("d2", "d6", "d10", "d14", "d18");
        assertThat(setAside("NOTHING_LIKE_IT")).isEmpty();
    }

    @Test
    void what_is_no_longer_set_aside_while_it_is_read_moves_nobody() {
        for (int number = 0; number < 9; number++) {
            inbox().put(receivedAt("d" + number, NOON.plusSeconds(number)).in(new Status.Quarantined("X", "y")));
        }
        List<String> seen = new ArrayList<>();
        all(from -> {
            CallbackInbox.Page page = inbox().setAside("X", from, 2);
            page.deliveries().forEach(delivery -> {
                seen.add(delivery.id().deliveryId());
                inbox().mark(delivery.id(), new Status.Received());
            });
            return page;
        });

        assertThat(seen).hasSize(9).doesNotHaveDuplicates();
        assertThat(setAside("X")).isEmpty();
    }

    @Test
    void whoever_stops_at_a_delivery_of_a_page_goes_on_behind_it() {
        for (int number = 0; number < 9; number++) {
            inbox().put(receivedAt("d" + number, NOON.plusSeconds(number)).in(new Status.Quarantined("X", "y")));
        }

        assertThat(oneByOne(from -> inbox().setAside("X", from, 4))).hasSize(9).doesNotHaveDuplicates();
        assertThat(setAside("X")).isEmpty();
        assertThat(oneByOne(from -> inbox().received(NOON, NOON.plusSeconds(60), from, 4)))
                .hasSize(9)
                .doesNotHaveDuplicates();
    }

    /** Of each page the first, which is no longer set aside then. */
    private List<String> oneByOne(Function<Optional<String>, CallbackInbox.Page> pages) {
        List<String> found = new ArrayList<>();
        all(from -> {
            CallbackInbox.Page page = pages.apply(from);
            if (page.deliveries().isEmpty()) {
                return page;
            }
            Delivery first = page.deliveries().getFirst();
            found.add(first.id().deliveryId());
            inbox().mark(first.id(), new Status.Received());
            return new CallbackInbox.Page(List.of(first), Optional.of(inbox().behind(first)));
        });
        return found;
    }

    private List<String> setAside(String reason) {
        return all(from -> inbox().setAside(reason, from, 3)).stream()
                .map(delivery -> delivery.id().deliveryId())
                .toList();
    }

    private static List<Delivery> all(Function<Optional<String>, CallbackInbox.Page> pages) {
        List<Delivery> found = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            CallbackInbox.Page page = pages.apply(next);
            found.addAll(page.deliveries());
            next = page.next();
        } while (next.isPresent());
        return found;
    }

    private static Delivery receivedAt(String id, Instant at) {
        Delivery delivery = delivery(id, Optional.of(at));
        return new Delivery(
                delivery.id(), delivery.source(), delivery.kind(), at, delivery.payload(), delivery.status());
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

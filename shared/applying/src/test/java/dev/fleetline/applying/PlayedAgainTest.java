package dev.fleetline.applying;

import static dev.fleetline.applying.Fleet.TRACKER_UID;
import static dev.fleetline.applying.Fleet.activating;
import static dev.fleetline.applying.Fleet.report;
import static dev.fleetline.applying.Fleet.sample;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.callback.Deliveries;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Delivery.Status;
import dev.fleetline.device.Device;
import dev.fleetline.device.Lifecycle;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A delivery that is applied once more, and one whose device becomes known. */
class PlayedAgainTest {

    private static final Instant AT = Instant.parse("2026-03-02T16:05:26Z");

    private final Fleet fleet = new Fleet();

    @Test
    void what_was_set_aside_is_applied_once_its_device_is_known_and_is_aside_no_more() {
        fleet.receives(sample("event-battery-low.json"));
        fleet.hasTracker(activating());

        assertThat(fleet.again(kept())).isInstanceOfSatisfying(Applied.Done.class, done -> {
            assertThat(done.changed()).isTrue();
            assertThat(done.alerts().raised()).isOne();
        });

        assertThat(kept().status()).isEqualTo(new Status.Received());
        assertThat(fleet.bus.detailTypes())
                .containsExactly("CallbackQuarantined", "DeviceActivated", "DeviceAlertRaised");
    }

    @Test
    void what_is_in_the_device_changes_nothing_and_tells_nobody() {
        fleet.hasTracker(activating());
        fleet.receives(sample("event-battery-low.json"));
        Device once = fleet.tracker();
        int told = fleet.bus.published().size();

        Applied again = fleet.again(kept());

        assertThat(again).isInstanceOfSatisfying(Applied.Done.class, done -> {
            assertThat(done.changed()).isFalse();
            assertThat(done.alerts().raised()).isZero();
        });
        assertThat(fleet.tracker()).isEqualTo(once);
        assertThat(fleet.bus.published()).hasSize(told);
    }

    @Test
    void what_is_still_bad_for_the_same_reason_is_not_told_again() {
        fleet.receives(sample("event-battery-low.json"));

        assertThat(fleet.again(kept())).isEqualTo(new Applied.SetAside("UNKNOWN_DEVICE", true));
        assertThat(fleet.bus.published("CallbackQuarantined")).hasSize(1);
    }

    @Test
    void what_is_bad_for_another_reason_now_has_that_reason() {
        Delivery delivery =
                Deliveries.streamed("{\"kind\":\"ts.event\",\"data\":{}}", AT).in(new Status.Unhandled());
        fleet.inbox.put(delivery);

        assertThat(fleet.again(delivery)).isEqualTo(new Applied.SetAside("NO_TIME", true));
        assertThat(kept().status()).isInstanceOfSatisfying(Status.Quarantined.class, it -> assertThat(it.reason())
                .isEqualTo("NO_TIME"));
        assertThat(fleet.bus.published("CallbackQuarantined")).hasSize(1);
    }

    @Test
    void what_could_not_be_read_keeps_its_reason() {
        fleet.receives("not json");

        assertThat(fleet.again(kept())).isEqualTo(new Applied.SetAside("NOT_JSON", true));
        assertThat(fleet.bus.published("CallbackQuarantined")).hasSize(1);
    }

    @Test
    void what_a_service_sent_and_nobody_could_read_keeps_its_reason() {
        fleet.receives(Deliveries.calledBack("CarrierService", "not json".getBytes(UTF_8), AT));

        assertThat(fleet.again(kept())).isEqualTo(new Applied.SetAside("NOT_JSON", true));
    }

    @Test
    void a_device_that_becomes_known_while_its_report_is_set_aside_is_not_missed() {
        fleet.store.onEffect(effect -> {
            if (effect.equals("mark delivery:before") && fleet.store.devices().isEmpty()) {
                // whoever binds it looks for what is set aside now, and there is nothing yet
                fleet.hasTracker(activating());
            }
        });

        assertThat(fleet.receives(sample("event-battery-low.json"))).isInstanceOf(Applied.Done.class);

        assertThat(kept().status()).isEqualTo(new Status.Received());
        assertThat(fleet.tracker().lifecycle()).isInstanceOf(Lifecycle.InService.class);
    }

    @Test
    void an_order_that_learns_its_id_from_a_report_tells_it_so_that_what_waits_is_played() {
        fleet.receives(report("e1", AT.minusSeconds(600), "\"battery\":\"9\""));
        fleet.hasTracker(new Lifecycle.Requested(AT).checked(AT));

        fleet.receives(sample("event-battery-low.json"));

        assertThat(fleet.bus.published("DeviceRegistered")).singleElement().satisfies(event -> assertThat(
                        event.detail())
                .contains(TRACKER_UID.value(), "order-999999000000014", "89148000009999900014"));
    }

    private Delivery kept() {
        return fleet.store.deliveries().getFirst();
    }
}

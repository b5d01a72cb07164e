package dev.fleetline.applying;

import static dev.fleetline.applying.Fleet.TRACKER;
import static dev.fleetline.applying.Fleet.activating;
import static dev.fleetline.applying.Fleet.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.callback.Delivery;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people typed as a device's name may be somebody's address: it is in the payload and nowhere else. */
class NamesTest {

    private static final String ADDRESS = "somebody@example.test";
    private static final Instant AT = Instant.parse("2026-03-02T16:05:26Z");

    private final Fleet fleet = new Fleet();

    @ParameterizedTest
    @ValueSource(strings = {"known", "unknown", "unusable"})
    void a_name_in_a_message_is_no_key_no_reason_no_history_and_in_no_event(String device) {
        if (!device.equals("unknown")) {
            fleet.hasTracker(activating());
        }
        String body =
                report("e1", AT, "\"battery\":\"8\"").replace("\"fields\"", "\"name\":\"" + ADDRESS + "\",\"fields\"");

        Applied applied = fleet.receives(device.equals("unusable") ? body.replace("lastupdated", "later") : body);

        Delivery kept = fleet.store.deliveries().getFirst();
        assertThat(kept.payload()).contains(ADDRESS);
        assertThat(kept.id().device() + kept.id().sortKey() + kept.status() + kept + applied)
                .doesNotContain("somebody");
        assertThat(fleet.store.history("device#" + TRACKER.digits()).toString()).doesNotContain("somebody");
        assertThat(fleet.toldOrWaiting().toString()).doesNotContain("somebody");
        assertThat(fleet.store.devices().toString()).doesNotContain("somebody");
    }

    @Test
    void a_device_prints_without_the_name_that_its_order_gave_it() {
        fleet.hasTracker(activating());

        assertThat(fleet.tracker().profile().name()).contains("Asset-Tracker-1");
        assertThat(fleet.tracker().toString()).doesNotContain("Asset-Tracker-1");
    }
}

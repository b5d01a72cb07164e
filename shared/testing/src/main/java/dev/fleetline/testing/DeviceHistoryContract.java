package dev.fleetline.testing;

import static dev.fleetline.testing.SampleFleet.NOON;
import static dev.fleetline.testing.SampleFleet.imei;
import static dev.fleetline.testing.SampleFleet.ordered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.device.Consequences;
import dev.fleetline.device.Consequences.HistoryEntry;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceHistory;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.DeviceRegistry.Saved;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link DeviceHistory} must do. */
public abstract class DeviceHistoryContract {

    private static final HistoryEntry ORDERED = new HistoryEntry(NOON, "REQUESTED", "order-1", "");
    private static final HistoryEntry CHECKED = new HistoryEntry(NOON.plusMillis(1), "CHECKED", "order-1", "");
    private static final HistoryEntry FAILED =
            new HistoryEntry(NOON.plusSeconds(1), "FAILED", "order-1", "FORBIDDEN: not this account's");
    private static final HistoryEntry ORDERED_AGAIN =
            new HistoryEntry(NOON.plus(Duration.ofDays(1)), "REQUESTED", "order-2", "ordered again");

    /** The history; the same one during a test, an empty one at its beginning. */
    protected abstract DeviceHistory history();

    /** The registry that writes it. */
    protected abstract DeviceRegistry registry();

    @Test
    void a_device_that_was_never_stored_has_none() {
        assertThat(history().newest(imei(1), 10)).isEmpty();
    }

    @Test
    void what_befell_a_device_is_told_as_it_was_written_the_newest_last() {
        befell(ordered(1), ORDERED, CHECKED, FAILED, ORDERED_AGAIN);
        befell(ordered(2), new HistoryEntry(NOON, "RETIRED", "ana", "not wanted"));

        assertThat(history().newest(imei(1), 10)).containsExactly(ORDERED, CHECKED, FAILED, ORDERED_AGAIN);
    }

    @Test
    void of_much_the_newest_is_told() {
        befell(ordered(1), ORDERED_AGAIN, FAILED, CHECKED, ORDERED);

        assertThat(history().newest(imei(1), 2)).containsExactly(FAILED, ORDERED_AGAIN);
    }

    private void befell(Device device, HistoryEntry... entries) {
        assertThat(registry().save(device, new Consequences(List.of(entries), List.of())))
                .isInstanceOf(Saved.Stored.class);
    }
}

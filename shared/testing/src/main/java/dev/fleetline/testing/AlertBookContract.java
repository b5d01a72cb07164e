package dev.fleetline.testing;

import static dev.fleetline.testing.SampleFleet.NOON;
import static dev.fleetline.testing.SampleFleet.consequences;
import static dev.fleetline.testing.SampleFleet.inService;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fleetline.alert.Alert;
import dev.fleetline.alert.AlertBook;
import dev.fleetline.alert.AlertBook.Written;
import dev.fleetline.alert.Subject;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Finding.Cause;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Mender;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetevents.Outbox;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every place that keeps alerts promises. */
public abstract class AlertBookContract {

    /** The book; the same one during a test, an empty one at its beginning. */
    protected abstract AlertBook book();

    /** The registry that keeps the devices that are judged. */
    protected abstract DeviceRegistry registry();

    /** The outbox that the book writes. */
    protected abstract Outbox outbox();

    @Test
    void a_condition_that_never_was_is_not_in_the_book() {
        assertThat(book().of(new Subject.OfDevice(SampleFleet.imei(1)))).isEmpty();
        assertThat(book().open()).isEmpty();
    }

    @Test
    void an_alert_that_never_was_is_not_written() {
        Device device = stored(1);

        assertThatIllegalArgumentException().isThrownBy(() -> book().write(
                        new Alert.Never(new Subject.OfDevice(device.imei()), Condition.BATTERY_LOW),
                        device,
                        Consequences.NONE));
    }

    @Test
    void an_open_alert_is_read_as_it_was_written_and_is_among_the_open() {
        Device device = stored(1);
        Alert.Open told = open(device, Condition.BATTERY_LOW, 0);
        Alert.Open untold =
                new Alert.Open(told.subject(), Condition.NETWORK_LOST, 2, 3, told.holding(), Optional.empty(), 0);

        assertThat(book().write(told, device, Consequences.NONE)).isEqualTo(Written.STORED);
        assertThat(book().write(untold, device, Consequences.NONE)).isEqualTo(Written.STORED);

        assertThat(book().of(told.subject())).containsExactlyInAnyOrder(told.at(1), untold.at(1));
        assertThat(book().open()).containsExactlyInAnyOrder(told.at(1), untold.at(1));
    }

    @Test
    void an_ended_alert_leaves_its_number_and_is_not_among_the_open() {
        Device device = stored(1);
        Alert.Open open = open(device, Condition.BATTERY_LOW, 0);
        book().write(open, device, Consequences.NONE);

        Written written =
                book().write(new Alert.Ended(open.subject(), open.condition(), 1, 1), device, consequences("ended"));

        assertThat(written).isEqualTo(Written.STORED);
        assertThat(book().of(open.subject())).containsExactly(new Alert.Ended(open.subject(), open.condition(), 1, 2));
        assertThat(book().open()).isEmpty();
    }

    @Test
    void its_events_wait_in_the_outbox() {
        Device device = stored(1);

        book().write(open(device, Condition.BATTERY_LOW, 0), device, consequences("raised"));

        assertThat(outbox().decidedBefore(NOON.plus(Duration.ofDays(1)), 10))
                .containsExactly(SampleFleet.event("event-raised", NOON));
    }

    @Test
    void an_alert_judged_on_a_device_that_has_changed_since_is_not_written_and_not_told() {
        Device judged = stored(1);
        registry()
                .save(
                        judged.in(new Lifecycle.Failed(new Lifecycle.Failure("X", "meanwhile", Mender.CARRIER), NOON)),
                        Consequences.NONE);

        Written written = book().write(open(judged, Condition.BATTERY_LOW, 0), judged, consequences("raised"));

        assertThat(written).isEqualTo(Written.CHANGED);
        assertThat(book().open()).isEmpty();
        assertThat(outbox().decidedBefore(NOON.plus(Duration.ofDays(1)), 10)).isEmpty();
    }

    @Test
    void an_alert_that_has_changed_since_it_was_read_stays_as_it_is() {
        Device device = stored(1);
        Alert.Open first = open(device, Condition.BATTERY_LOW, 0);
        book().write(first, device, Consequences.NONE);

        Written written = book().write(
                        new Alert.Open(first.subject(), first.condition(), 1, 9, first.holding(), Optional.empty(), 0),
                        device,
                        consequences("again"));

        assertThat(written).isEqualTo(Written.CHANGED);
        assertThat(book().of(first.subject())).containsExactly(first.at(1));
        assertThat(outbox().decidedBefore(NOON.plus(Duration.ofDays(1)), 10)).isEmpty();
    }

    @Test
    void of_racing_judges_one_writes() throws Exception {
        Device device = stored(1);
        Alert.Open raised = open(device, Condition.BATTERY_LOW, 0);

        List<Written> answers = DeviceRegistryContract.race(() -> book().write(raised, device, consequences("raised")));

        assertThat(answers).filteredOn(Written.STORED::equals).hasSize(1);
        assertThat(book().open()).containsExactly(raised.at(1));
    }

    @Test
    void all_open_alerts_of_the_fleet_are_found() {
        for (int number = 1; number <= 12; number++) {
            Device device = stored(number);
            book().write(open(device, Condition.BATTERY_LOW, 0), device, Consequences.NONE);
        }

        assertThat(book().open())
                .extracting(Alert.Open::subject)
                .doesNotHaveDuplicates()
                .hasSize(12);
    }

    private Device stored(int number) {
        Device device = inService(number);
        registry().save(device, Consequences.NONE);
        return device.at(1);
    }

    private static Alert.Open open(Device device, Condition condition, long version) {
        return new Alert.Open(
                new Subject.OfDevice(device.imei()),
                condition,
                1,
                1,
                new Alert.Holding(Severity.WARNING, NOON, Cause.FLAT_BATTERY),
                Optional.of(new Alert.Told(Severity.WARNING, NOON.plusSeconds(5))),
                version);
    }
}

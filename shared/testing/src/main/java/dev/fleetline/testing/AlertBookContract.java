package dev.fleetline.testing;

import static dev.fleetline.testing.SampleAlerts.told;
import static dev.fleetline.testing.SampleFleet.NOON;
import static dev.fleetline.testing.SampleFleet.consequences;
import static dev.fleetline.testing.SampleFleet.inService;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fleetline.alert.Alert;
import dev.fleetline.alert.Alert.Care;
import dev.fleetline.alert.Alert.Flapping;
import dev.fleetline.alert.AlertBook;
import dev.fleetline.alert.AlertBook.Basis;
import dev.fleetline.alert.AlertBook.Entry;
import dev.fleetline.alert.AlertBook.Page;
import dev.fleetline.alert.AlertBook.Written;
import dev.fleetline.alert.Subject;
import dev.fleetline.claims.Claims;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Mender;
import dev.fleetline.device.Messages;
import dev.fleetline.fleetevents.Outbox;
import dev.fleetline.fleetevents.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every place that keeps alerts promises. */
public abstract class AlertBookContract {

    private static final Alert.Open YARD = told(new Subject.OfSite("north#yard"), Condition.NETWORK_LOST);
    private static final Basis WORD = new Basis.OnWord();

    /** The book; the same one during a test, an empty one at its beginning. */
    protected abstract AlertBook book();

    /** The registry that keeps the devices that are judged. */
    protected abstract DeviceRegistry registry();

    /** The outbox that the book writes. */
    protected abstract Outbox outbox();

    /** The claims of the passes. */
    protected abstract Claims claims();

    @Test
    void a_condition_that_never_was_is_not_in_the_book() {
        assertThat(book().of(new Subject.OfDevice(SampleFleet.imei(1)))).isEmpty();
        assertThat(book().open()).isEmpty();
        assertThat(book().together()).isEmpty();
        assertThat(book().due(NOON, 10)).isEmpty();
    }

    @Test
    void an_alert_that_never_was_is_not_written() {
        Basis judged = new Basis.OnDevice(stored(1));
        Subject subject = new Subject.OfDevice(SampleFleet.imei(1));

        assertThatIllegalArgumentException().isThrownBy(() -> book().write(
                        new Alert.Never(subject, Condition.BATTERY_LOW), judged, Consequences.NONE));
    }

    @Test
    void an_open_alert_is_read_as_it_was_written_and_is_among_the_open() {
        Basis judged = new Basis.OnDevice(stored(1));
        Alert.Open low = told(1, Condition.BATTERY_LOW);
        Alert.Open lost = SampleAlerts.suppressed(1, YARD);
        Alert.Open weak = SampleAlerts.with(
                told(1, Condition.SIGNAL_WEAK), new Care.Acknowledged("ann", "on my way", NOON), Optional.empty());
        Instant morning = NOON.plus(Duration.ofHours(18));
        Alert.Open conflict = SampleAlerts.with(
                told(1, Condition.IDENTITY_CONFLICT),
                new Care.Snoozed("ben", "not tonight", morning),
                Optional.of(morning));
        List<Alert.Open> all = List.of(low, lost, weak, conflict);

        all.forEach(alert ->
                assertThat(book().write(alert, judged, Consequences.NONE)).isEqualTo(Written.STORED));

        Alert.Open[] stored = all.stream().map(alert -> alert.at(1)).toArray(Alert.Open[]::new);
        assertThat(book().of(low.subject())).containsExactlyInAnyOrder(stored);
        assertThat(book().open()).containsExactlyInAnyOrder(stored);
    }

    @Test
    void an_ended_alert_leaves_its_number_and_its_flapping_and_is_not_among_the_open() {
        Basis judged = new Basis.OnDevice(stored(1));
        Alert.Open open = told(1, Condition.BATTERY_LOW);
        book().write(open, judged, Consequences.NONE);

        Alert.Ended ended = new Alert.Ended(open.subject(), open.condition(), 1, new Flapping(true, true), 1);
        assertThat(book().write(ended, judged, consequences("ended"))).isEqualTo(Written.STORED);

        assertThat(book().of(open.subject())).containsExactly(ended.at(2));
        assertThat(book().open()).isEmpty();
        assertThat(book().due(NOON.plus(Duration.ofDays(30)), 10)).isEmpty();
    }

    @Test
    void its_events_wait_in_the_outbox() {
        book().write(told(1, Condition.BATTERY_LOW), new Basis.OnDevice(stored(1)), consequences("raised"));

        assertThat(decided()).containsExactly(SampleFleet.event("event-raised", NOON));
    }

    @Test
    void an_alert_judged_on_a_device_that_has_changed_since_is_not_written_and_not_told() {
        Device judged = stored(1);
        registry()
                .save(
                        judged.in(new Lifecycle.Failed(new Lifecycle.Failure("X", "meanwhile", Mender.CARRIER), NOON)),
                        Consequences.NONE);

        for (Basis basis : List.of(new Basis.OnDevice(judged), counting(judged))) {
            assertThat(book().write(told(1, Condition.BATTERY_LOW), basis, consequences("raised")))
                    .isEqualTo(Written.CHANGED);
        }

        assertThat(book().open()).isEmpty();
        assertThat(decided()).isEmpty();
        assertThat(registry().find(judged.imei()).map(Device::messages)).contains(Messages.NONE);
    }

    @Test
    void a_message_is_counted_on_the_device_with_the_alert_that_it_tells() {
        Device judged = stored(1);

        assertThat(book().write(told(1, Condition.BATTERY_LOW), counting(judged), Consequences.NONE))
                .isEqualTo(Written.STORED);

        assertThat(registry().find(judged.imei()))
                .contains(judged.with(judged.messages().told(NOON)).at(2));
        assertThat(book().write(told(1, Condition.SIGNAL_WEAK), new Basis.OnDevice(judged), Consequences.NONE))
                .isEqualTo(Written.CHANGED);
    }

    @Test
    void a_message_that_cannot_be_told_with_its_alert_is_not_counted() {
        Device judged = stored(1);
        book().write(told(1, Condition.BATTERY_LOW), new Basis.OnDevice(judged), Consequences.NONE);

        assertThat(book().write(told(1, Condition.BATTERY_LOW), counting(judged), Consequences.NONE))
                .isEqualTo(Written.CHANGED);

        assertThat(registry().find(judged.imei())).contains(judged);
    }

    @Test
    void an_alert_that_has_changed_since_it_was_read_stays_as_it_is() {
        Basis judged = new Basis.OnDevice(stored(1));
        Alert.Open first = told(1, Condition.BATTERY_LOW);
        book().write(first, judged, Consequences.NONE);

        Alert.Open another = SampleAlerts.with(first, new Care.Acknowledged("ann", "why", NOON), Optional.empty());
        assertThat(book().write(another, judged, consequences("again"))).isEqualTo(Written.CHANGED);

        assertThat(book().of(first.subject())).containsExactly(first.at(1));
        assertThat(decided()).isEmpty();
    }

    @Test
    void of_racing_judges_one_writes() throws Exception {
        Basis judged = new Basis.OnDevice(stored(1));
        Alert.Open raised = told(1, Condition.BATTERY_LOW);

        List<Written> answers = Race.of(() -> book().write(raised, judged, consequences("raised")));

        assertThat(answers).filteredOn(Written.STORED::equals).hasSize(1);
        assertThat(book().open()).containsExactly(raised.at(1));
    }

    @Test
    void an_alert_of_more_than_one_device_is_written_by_the_pass_that_has_the_claim() {
        claims().once("sweep#all#noon", "ours", NOON, NOON.plus(Duration.ofDays(1)));

        assertThat(book().write(YARD, new Basis.OnPass("sweep#all#noon", "another"), consequences("raised")))
                .isEqualTo(Written.NOT_OURS);
        assertThat(book().write(YARD, new Basis.OnPass("sweep#all#one", "ours"), consequences("raised")))
                .isEqualTo(Written.NOT_OURS);
        assertThat(decided()).isEmpty();
        assertThat(book().write(YARD, new Basis.OnPass("sweep#all#noon", "ours"), consequences("raised")))
                .isEqualTo(Written.STORED);
        assertThat(book().write(YARD, new Basis.OnPass("sweep#all#noon", "ours"), consequences("raised")))
                .isEqualTo(Written.CHANGED);

        assertThat(book().of(YARD.subject())).containsExactly(YARD.at(1));
    }

    @Test
    void those_of_more_than_one_device_are_found_together_and_among_the_open() {
        Basis judged = new Basis.OnDevice(stored(1));
        List<Alert.Open> wide = List.of(
                YARD,
                told(new Subject.OfCell("311480-20480001"), Condition.NETWORK_LOST),
                told(new Subject.OfFleet(), Condition.NETWORK_LOST),
                told(new Subject.OfPlatform("core/ts.event"), Condition.STREAM));
        wide.forEach(alert -> book().write(alert, WORD, Consequences.NONE));
        Alert.Open low = told(1, Condition.BATTERY_LOW);
        book().write(low, judged, Consequences.NONE);

        assertThat(book().together())
                .containsExactlyInAnyOrderElementsOf(
                        wide.stream().map(alert -> alert.at(1)).toList());
        assertThat(book().open()).hasSize(5).contains(low.at(1), YARD.at(1));
    }

    @Test
    void what_is_due_is_found_with_the_longest_due_first() {
        List<Alert.Open> alerts = IntStream.rangeClosed(1, 6)
                .mapToObj(number -> SampleAlerts.with(
                        told(number, Condition.BATTERY_LOW),
                        new Care.None(),
                        Optional.of(NOON.plus(Duration.ofHours(7 - number)))))
                .toList();
        alerts.forEach(alert -> book().write(alert, WORD, Consequences.NONE));
        book().write(
                        SampleAlerts.with(
                                told(7, Condition.BATTERY_LOW),
                                new Care.Acknowledged("ann", "why", NOON),
                                Optional.empty()),
                        WORD,
                        Consequences.NONE);

        Instant until = NOON.plus(Duration.ofHours(4));
        assertThat(book().due(until, 10)).containsExactly(entry(6), entry(5), entry(4), entry(3));
        assertThat(book().due(until, 2)).containsExactly(entry(6), entry(5));
    }

    @Test
    void all_open_alerts_of_the_fleet_are_found_whole_and_in_pages() {
        for (int number = 1; number <= 12; number++) {
            book().write(told(number, Condition.BATTERY_LOW), new Basis.OnDevice(stored(number)), Consequences.NONE);
        }
        book().write(YARD, WORD, Consequences.NONE);

        assertThat(book().open())
                .extracting(Alert.Open::subject)
                .doesNotHaveDuplicates()
                .hasSize(13);
        List<Subject> paged = new ArrayList<>();
        Optional<String> from = Optional.empty();
        do {
            Page page = book().open(from, 3);
            assertThat(page.alerts()).hasSizeLessThanOrEqualTo(3);
            page.alerts().forEach(alert -> paged.add(alert.subject()));
            from = page.next();
        } while (from.isPresent());
        assertThat(paged).doesNotHaveDuplicates().hasSize(13);
    }

    private static Entry entry(int number) {
        return new Entry(new Subject.OfDevice(SampleFleet.imei(number)), Condition.BATTERY_LOW);
    }

    private static Basis counting(Device judged) {
        return new Basis.OnDevice(
                judged, Optional.of(judged.with(judged.messages().told(NOON))));
    }

    private List<Outgoing> decided() {
        return outbox().decidedBefore(NOON.plus(Duration.ofDays(1)), 10);
    }

    private Device stored(int number) {
        Device device = inService(number);
        registry().save(device, Consequences.NONE);
        return device.at(1);
    }
}

package dev.fleetline.testing;

import static dev.fleetline.testing.SampleFleet.NOON;
import static dev.fleetline.testing.SampleFleet.consequences;
import static dev.fleetline.testing.SampleFleet.iccid;
import static dev.fleetline.testing.SampleFleet.imei;
import static dev.fleetline.testing.SampleFleet.inService;
import static dev.fleetline.testing.SampleFleet.ordered;
import static dev.fleetline.testing.SampleFleet.uid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.DeviceRegistry.Page;
import dev.fleetline.device.DeviceRegistry.Saved;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Mender;
import dev.fleetline.fleetevents.Outbox;
import dev.fleetline.fleetevents.Outgoing;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every place that keeps devices promises. */
public abstract class DeviceRegistryContract {

    /** The registry; the same one during a test, an empty one at its beginning. */
    protected abstract DeviceRegistry registry();

    /** The outbox that the registry writes. */
    protected abstract Outbox outbox();

    /** Makes what is stored under this IMEI unreadable. */
    protected abstract void spoil(Imei imei);

    @Test
    void a_device_that_was_never_stored_is_not_found() {
        assertThat(registry().find(imei(1))).isEmpty();
        assertThat(registry().whoHas(uid(1))).isEmpty();
        assertThat(registry().whoHas(iccid(1))).isEmpty();
    }

    @Test
    void a_stored_device_is_found_as_it_was_in_every_state() {
        List<Lifecycle> states = List.of(
                new Lifecycle.Requested(NOON),
                new Lifecycle.Checked(NOON),
                new Lifecycle.Registered(NOON),
                new Lifecycle.Activating(false, NOON),
                new Lifecycle.Activating(true, NOON),
                new Lifecycle.Unclear(NOON),
                new Lifecycle.Stuck(NOON),
                new Lifecycle.Parked("LINE_BUDGET", Optional.of(NOON.plusSeconds(3_600)), NOON),
                new Lifecycle.Parked("UNCLEAR", Optional.empty(), NOON),
                new Lifecycle.ActiveUnseen(NOON),
                new Lifecycle.InService(NOON),
                new Lifecycle.Suspended(Optional.of(NOON.plusSeconds(90)), NOON),
                new Lifecycle.Suspended(Optional.empty(), NOON),
                new Lifecycle.Suspended(Optional.empty(), false, NOON),
                new Lifecycle.Deactivated(false, NOON),
                new Lifecycle.Deactivated(NOON),
                new Lifecycle.Drifted("OTHER_SIM", true, NOON),
                new Lifecycle.Drifted("MISSING", false, NOON),
                new Lifecycle.Retired(NOON),
                new Lifecycle.Rejected(List.of("iccid: check digit", "account"), NOON),
                new Lifecycle.Rejected(List.of(), NOON),
                new Lifecycle.Failed(new Lifecycle.Failure("CARRIER_REFUSED", "no such SIM", Mender.CARRIER), NOON));
        Device device = inService(1);

        for (Lifecycle state : states) {
            Device next = device.in(state);
            device = next.at(next.version() + 1);
            assertThat(registry().save(next, Consequences.NONE)).isEqualTo(new Saved.Stored(device));
            assertThat(registry().find(imei(1))).contains(device);
        }
    }

    @Test
    void a_device_that_says_little_about_itself_is_found_as_it_was() {
        Device ordered = ordered(1);
        Device device = Device.requested(
                ordered.imei(),
                ordered.order(),
                new Device.Profile(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                NOON);

        registry().save(device, Consequences.NONE);

        assertThat(registry().find(device.imei())).contains(device.at(1));
    }

    @Test
    void its_ids_lead_to_it() {
        stored(inService(1));

        assertThat(registry().whoHas(uid(1))).contains(imei(1));
        assertThat(registry().whoHas(iccid(1))).contains(imei(1));
    }

    @Test
    void an_id_that_it_gets_later_leads_to_it() {
        Device device = stored(ordered(1));

        device = stored(device.withSim(iccid(2), NOON));
        stored(device.knownAs(uid(1)).in(new Lifecycle.Registered(NOON)));

        assertThat(registry().whoHas(iccid(2))).contains(imei(1));
        assertThat(registry().whoHas(uid(1))).contains(imei(1));
    }

    @Test
    void its_events_wait_in_the_outbox() {
        registry().save(ordered(1), consequences("REQUESTED"));

        assertThat(waiting()).extracting(Outgoing::eventId).containsExactly("event-REQUESTED");
    }

    @Test
    void a_change_that_follows_what_was_read_is_stored() {
        Device first = stored(ordered(1));

        Saved saved = registry().save(first.in(new Lifecycle.Checked(NOON)), Consequences.NONE);

        assertThat(saved).isInstanceOfSatisfying(Saved.Stored.class, now -> {
            assertThat(now.device().version()).isEqualTo(2);
            assertThat(now.device().lifecycle()).isEqualTo(new Lifecycle.Checked(NOON));
        });
    }

    @Test
    void a_change_of_what_has_changed_since_changes_nothing_and_tells_nothing() {
        Device read = stored(ordered(1));
        Device changed = stored(read.in(new Lifecycle.Checked(NOON)));

        Saved late = registry()
                .save(
                        read.in(new Lifecycle.Failed(new Lifecycle.Failure("X", "late", Mender.CARRIER), NOON)),
                        consequences("FAILED"));

        assertThat(late).isEqualTo(new Saved.Changed());
        assertThat(registry().find(imei(1))).contains(changed);
        assertThat(waiting()).isEmpty();
    }

    @Test
    void a_new_device_does_not_replace_a_stored_one() {
        Device stored = stored(inService(1));

        assertThat(registry().save(ordered(1), Consequences.NONE)).isEqualTo(new Saved.Changed());
        assertThat(registry().find(imei(1))).contains(stored);
    }

    @Test
    void a_change_of_a_device_that_is_not_there_changes_nothing() {
        assertThat(registry().save(ordered(1).at(3), Consequences.NONE)).isEqualTo(new Saved.Changed());
        assertThat(registry().find(imei(1))).isEmpty();
    }

    @Test
    void a_sim_of_another_device_is_refused_and_its_owner_named() {
        stored(ordered(1));
        Device thief = ordered(2);
        Device.Order order = new Device.Order("order-2", iccid(1), "0999000001-00001", "core");

        Saved saved = registry()
                .save(Device.requested(thief.imei(), order, thief.profile(), NOON), consequences("REQUESTED"));

        assertThat(saved).isEqualTo(new Saved.IdTaken("iccid", imei(1)));
        assertThat(registry().find(imei(2))).isEmpty();
        assertThat(waiting()).isEmpty();
    }

    @Test
    void a_sim_that_a_device_has_no_longer_is_free_for_another_one() {
        Device changed = stored(ordered(1)).withSim(iccid(3), NOON);

        registry().save(changed, new Consequences(List.of(), List.of(), Optional.of(iccid(1))));

        assertThat(registry().whoHas(iccid(1))).isEmpty();
        assertThat(registry().whoHas(iccid(3))).contains(imei(1));
        Device second = ordered(2).withSim(iccid(1), NOON);
        assertThat(registry().save(second, Consequences.NONE)).isInstanceOf(Saved.Stored.class);
        assertThat(registry().whoHas(iccid(1))).contains(imei(2));
    }

    @Test
    void a_device_that_has_come_to_its_end_lets_go_of_its_sim_and_does_not_take_it_back_by_a_later_change() {
        Device ordered = stored(ordered(1));
        Device failed =
                ordered.in(new Lifecycle.Failed(new Lifecycle.Failure("X", "no", Mender.SENDER), NOON.plusSeconds(1)));

        Saved saved = registry().save(failed, new Consequences(List.of(), List.of(), failed.simFreedSince(ordered)));

        assertThat(saved).isInstanceOf(Saved.Stored.class);
        assertThat(registry().whoHas(iccid(1))).isEmpty();
        stored(ordered(2).withSim(iccid(1), NOON));
        assertThat(registry().save(failed.at(2), consequences("SEEN"))).isInstanceOf(Saved.Stored.class);
        assertThat(registry().whoHas(iccid(1))).contains(imei(2));
    }

    @Test
    void a_uid_of_another_device_is_refused_and_its_owner_named() {
        stored(inService(1));
        Device second = stored(ordered(2));

        Saved saved = registry().save(second.knownAs(uid(1)).in(new Lifecycle.Registered(NOON)), Consequences.NONE);

        assertThat(saved).isEqualTo(new Saved.IdTaken("uid", imei(1)));
        assertThat(registry().whoHas(uid(1))).contains(imei(1));
        assertThat(registry().find(imei(2))).contains(second);
    }

    @Test
    void of_racing_writers_one_wins_even_when_all_want_the_same() throws Exception {
        Device read = stored(inService(1).in(new Lifecycle.Registered(NOON)));

        List<Saved> answers = Race.of(
                () -> registry().save(read.in(new Lifecycle.Activating(false, NOON)), consequences("ACTIVATING")));

        assertThat(answers).filteredOn(Saved.Stored.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(Saved.Changed.class::isInstance).hasSize(Race.RACERS - 1);
        assertThat(registry().find(imei(1)).map(Device::version)).contains(2L);
    }

    @Test
    void an_order_with_its_plan_its_request_and_its_spent_actions_is_found_as_it_was() {
        Device.Order order = new Device.Order(
                "order-1", iccid(1), "0999000001-00001", "m2m", Optional.of("m2m_4G"), Optional.of("98801"));
        Device device = Device.requested(imei(1), order, ordered(1).profile(), NOON);
        Lifecycle.Activating sending = new Lifecycle.Activating(false, NOON.plusSeconds(60));

        device = stored(device.activating(sending, Optional.of("revision-7")));
        Lifecycle.Unclear unclear = sending.unclear(NOON.plusSeconds(90));
        device = stored(device.in(unclear));
        device = stored(device.accepted(unclear.accepted(NOON.plusSeconds(120)), Optional.of("request-1"), true));
        stored(device.waitsOn(NOON.plusSeconds(7_200), 1));

        Device.Progress found = registry().find(imei(1)).orElseThrow().progress();
        assertThat(found)
                .isEqualTo(new Device.Progress(
                        NOON,
                        Optional.of(NOON.plusSeconds(7_200)),
                        1,
                        1,
                        Optional.of("request-1"),
                        true,
                        Optional.of("revision-7"),
                        new Device.Spent(LocalDate.parse("2026-03-01"), 1)));
        assertThat(registry().find(imei(1)).orElseThrow().order()).isEqualTo(order);
    }

    @Test
    void those_that_somebody_must_look_at_are_found_the_longest_due_first() {
        for (int number = 1; number <= 12; number++) {
            Device ordered = stored(ordered(number));
            stored(ordered.waitsOn(NOON.plusSeconds(100 - number), 0));
        }
        stored(inService(13));

        assertThat(registry().waiting(NOON.plusSeconds(98), 100))
                .containsExactlyElementsOf(IntStream.rangeClosed(2, 12)
                        .mapToObj(number -> imei(14 - number))
                        .toList());
        assertThat(registry().waiting(NOON.plusSeconds(98), 3)).containsExactly(imei(12), imei(11), imei(10));
        assertThat(registry().waiting(NOON, 3)).isEmpty();
    }

    @Test
    void a_device_that_nobody_has_to_look_at_any_more_is_not_found_waiting() {
        Device ordered = stored(ordered(1));
        assertThat(registry().waiting(NOON.plusSeconds(86_400), 10)).containsExactly(imei(1));

        stored(ordered.in(new Lifecycle.InService(NOON)));

        assertThat(registry().waiting(NOON.plusSeconds(86_400), 10)).isEmpty();
    }

    @Test
    void those_whose_silence_must_be_judged_are_found_the_longest_due_first() {
        for (int number = 1; number <= 12; number++) {
            stored(inService(number).dueAt(Optional.of(NOON.plusSeconds(100 - number))));
        }
        stored(ordered(13));

        assertThat(registry().overdue(NOON.plusSeconds(98), 100))
                .containsExactlyElementsOf(IntStream.rangeClosed(2, 12)
                        .mapToObj(number -> imei(14 - number))
                        .toList());
        assertThat(registry().overdue(NOON.plusSeconds(98), 3)).containsExactly(imei(12), imei(11), imei(10));
        assertThat(registry().overdue(NOON, 3)).isEmpty();
    }

    @Test
    void a_moment_that_is_moved_on_is_no_change_of_the_device() {
        Device device = stored(inService(1).dueAt(Optional.of(NOON)));

        assertThat(registry().watch(device, Optional.of(NOON.plusSeconds(60)))).isTrue();

        assertThat(registry().overdue(NOON.plusSeconds(59), 10)).isEmpty();
        assertThat(registry().overdue(NOON.plusSeconds(60), 10)).containsExactly(imei(1));
        assertThat(registry().find(imei(1))).contains(device.dueAt(Optional.of(NOON.plusSeconds(60))));
        assertThat(registry().watch(device, Optional.empty())).isTrue();
        assertThat(registry().overdue(NOON.plusSeconds(86_400), 10)).isEmpty();
    }

    @Test
    void a_moment_is_not_moved_on_of_a_device_that_has_changed_or_is_not_there() {
        Device read = stored(inService(1).dueAt(Optional.of(NOON)));
        stored(read.in(new Lifecycle.Drifted("OTHER_SIM", true, NOON)).dueAt(Optional.of(NOON)));

        assertThat(registry().watch(read, Optional.empty())).isFalse();
        assertThat(registry().watch(inService(2).at(1), Optional.of(NOON))).isFalse();

        assertThat(registry().overdue(NOON, 10)).containsExactly(imei(1));
        assertThat(registry().find(imei(2))).isEmpty();
    }

    @Test
    void pages_of_all_parts_together_are_the_fleet() {
        for (int number = 1; number <= 23; number++) {
            stored(number % 2 == 0 ? ordered(number) : inService(number));
        }

        List<Imei> seen = new ArrayList<>();
        for (int segment = 0; segment < 3; segment++) {
            Optional<Imei> from = Optional.empty();
            do {
                Page page = registry().page(segment, 3, from, 4);
                assertThat(page.devices()).hasSizeLessThanOrEqualTo(4);
                page.devices().forEach(device -> seen.add(device.imei()));
                from = page.next();
            } while (from.isPresent());
        }

        assertThat(seen).doesNotHaveDuplicates().hasSize(23);
    }

    @Test
    void a_device_that_cannot_be_read_is_listed_by_its_masked_key_and_the_others_are_read() {
        for (int number = 1; number <= 5; number++) {
            stored(ordered(number));
        }
        spoil(imei(3));

        Page page = registry().page(0, 1, Optional.empty(), 100);

        assertThat(page.devices())
                .extracting(Device::imei)
                .containsExactlyInAnyOrder(imei(1), imei(2), imei(4), imei(5));
        assertThat(page.unreadable()).singleElement().satisfies(unreadable -> {
            assertThat(unreadable.key()).isEqualTo(imei(3).toString());
            assertThat(unreadable.reason()).isNotBlank().doesNotContain(imei(3).digits());
        });
        assertThat(page.next()).isEmpty();
    }

    private Device stored(Device device) {
        Saved saved = registry().save(device, Consequences.NONE);
        assertThat(saved).isInstanceOf(Saved.Stored.class);
        return device.at(device.version() + 1);
    }

    private List<Outgoing> waiting() {
        return outbox().decidedBefore(NOON.plus(Duration.ofDays(1)), 100);
    }
}

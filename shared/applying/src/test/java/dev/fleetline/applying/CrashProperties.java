package dev.fleetline.applying;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.callback.Deliveries;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Delivery.Status;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Dying at any point between two effects, and being run again, ends as if nothing had happened. */
class CrashProperties {

    private static final Instant FIRST = Instant.parse("2026-03-02T15:00:00Z");

    /** After all that is reported in these stories. */
    private static final Instant RECEIVED = Instant.parse("2026-03-02T16:10:00Z");

    /** What an older version made nothing of, so that it has no reason yet. */
    private static final Delivery LEFT_BY_AN_OLDER_VERSION = Deliveries.streamed(
                    "{\"kind\":\"ts.event\",\"data\":{\"id\":\"old\",\"versionid\":\"1\"}}", FIRST)
            .in(new Status.Unhandled());

    /** Stands for the process that ends. */
    private static final class Killed extends RuntimeException {}

    /** Kills at the effect with each of these numbers; retries go on counting. */
    private static final class Killer implements Consumer<String> {
        private final List<Integer> at;
        private int effects;
        private int kills;

        Killer(List<Integer> at) {
            this.at = at;
        }

        @Override
        public void accept(String effect) {
            int number = effects++;
            if (at.contains(number)) {
                kills++;
                throw new Killed();
            }
        }
    }

    @Property(tries = 300)
    void a_crash_anywhere_leaves_device_alert_and_events_complete_after_the_retry(
            @ForAll("bodies") List<String> bodies,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 80) Integer> crashes) {
        assertThat(end(bodies, crashes)).isEqualTo(end(bodies, List.of()));
    }

    @Property(tries = 1)
    void every_single_point_of_the_story_can_be_the_last() {
        List<String> story = List.of(
                Fleet.sample("event.json"),
                "not json",
                "{\"kind\":\"ts.event\",\"data\":{}}",
                "{\"kind\":\"ts.else\"}",
                Fleet.sample("event-battery-low.json"),
                Fleet.report("e9", FIRST.plusSeconds(4_000), "\"battery\":\"60\""));
        Killer counting = new Killer(List.of());
        End undisturbed = end(story, counting);

        assertThat(undisturbed.eventTypes())
                .containsExactlyInAnyOrder(
                        "DeviceActivated",
                        "CallbackQuarantined",
                        "CallbackQuarantined",
                        "CallbackQuarantined",
                        "DeviceAlertRaised",
                        "DeviceAlertCleared");
        assertThat(counting.effects).isGreaterThan(30);
        for (int point = 0; point < counting.effects; point++) {
            Killer killer = new Killer(List.of(point));
            assertThat(end(story, killer)).as("killed at effect %d", point).isEqualTo(undisturbed);
            assertThat(killer.kills).isOne();
        }
    }

    @Provide
    Arbitrary<List<String>> bodies() {
        Arbitrary<String> reports = Arbitraries.integers()
                .between(0, 30)
                .flatMap(minute -> Arbitraries.integers().between(1, 100).flatMap(battery -> Arbitraries.integers()
                        .between(-130, -80)
                        .map(signal -> Fleet.report(
                                "e-" + minute + "-" + battery + signal,
                                FIRST.plusSeconds(60L * minute),
                                "\"battery\":\"" + battery + "\",\"signalStrength\":\"" + signal + "\""))));
        Arbitrary<String> others = Arbitraries.of(
                "not json",
                "{\"kind\":\"ts.else\"}",
                "{\"kind\":\"ts.event\",\"data\":{}}",
                Fleet.report("e-unknown", FIRST, "\"battery\":\"8\"")
                        .replace(Fleet.TRACKER_UID.value(), Fleet.OTHER_UID.value()));
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(5, reports), net.jqwik.api.Tuple.of(1, others))
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    /** Everything that must not depend on a crash. */
    private record End(
            List<?> devices,
            List<?> alerts,
            List<?> history,
            List<?> deliveries,
            List<String> events,
            List<String> eventTypes) {}

    private static End end(List<String> bodies, List<Integer> crashes) {
        return end(bodies, new Killer(crashes));
    }

    private static End end(List<String> bodies, Killer killer) {
        Fleet fleet = new Fleet().hasTracker(Fleet.activating());
        List<Delivery> deliveries =
                bodies.stream().map(body -> Deliveries.streamed(body, RECEIVED)).toList();
        deliveries.forEach(fleet.inbox::put);
        fleet.inbox.put(LEFT_BY_AN_OLDER_VERSION);
        fleet.store.onEffect(killer);
        fleet.bus.onEffect(killer);
        deliveries.forEach(delivery -> untilDone(() -> fleet.applyDelivery.run(delivery)));
        // whoever plays again reads what is kept by then
        fleet.store.deliveries().stream()
                .map(Delivery::id)
                .sorted(Comparator.comparing(Delivery.DeliveryId::deliveryId))
                .forEach(id -> untilDone(() -> fleet.again(fleet.kept(id))));
        return new End(
                fleet.store.devices(),
                fleet.store.alerts().stream().map(Object::toString).sorted().toList(),
                fleet.store.history("device#" + Fleet.TRACKER.digits()),
                fleet.store.deliveries().stream()
                        .map(delivery -> delivery.id() + " " + delivery.status())
                        .sorted()
                        .toList(),
                fleet.toldOrWaiting().values().stream()
                        .map(event -> event.eventId() + event.detail())
                        .toList(),
                fleet.toldOrWaiting().values().stream()
                        .map(event -> event.detailType())
                        .toList());
    }

    private static void untilDone(Runnable applying) {
        // as often as there can be kills, and once more
        boolean done = IntStream.range(0, 6).anyMatch(attempt -> {
            try {
                applying.run();
                return true;
            } catch (Killed e) {
                return false;
            }
        });
        assertThat(done).isTrue();
    }
}

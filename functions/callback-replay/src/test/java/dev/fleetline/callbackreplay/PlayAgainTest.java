package dev.fleetline.callbackreplay;

import static dev.fleetline.callbackreplay.Fleet.TRACKER;
import static dev.fleetline.callbackreplay.Fleet.TRACKER_UID;
import static dev.fleetline.callbackreplay.Fleet.activating;
import static dev.fleetline.callbackreplay.Fleet.report;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.Deliveries;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Delivery.Status;
import dev.fleetline.callback.Intake;
import dev.fleetline.callbackreplay.ReplayTask.Bound;
import dev.fleetline.callbackreplay.ReplayTask.OfDevice;
import dev.fleetline.callbackreplay.ReplayTask.OfReason;
import dev.fleetline.callbackreplay.ReplayTask.OfTime;
import dev.fleetline.callbackreplay.ReplayTask.Registered;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.lambda.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlayAgainTest {

    private static final Instant AT = Instant.parse("2026-03-02T10:00:00Z");
    private static final Bound REGISTERED =
            new Bound(new Registered(TRACKER.digits(), "89148000009999900014", Optional.of(TRACKER_UID.value())));

    private final Fleet fleet = new Fleet();
    private final PlayAgain playAgain = fleet.playAgain();

    @Test
    void what_came_before_its_device_was_known_is_played_when_it_is() {
        keeps(report("e1", AT, "\"battery\":\"97\""));
        keeps(report("e2", AT.plusSeconds(60), "\"battery\":\"8\""));
        fleet.inbox.of(key()).forEach(fleet.applyDelivery::run);
        fleet.hasTracker(activating());

        ReplayReply reply = run(REGISTERED);

        assertThat(reply.outcome()).isEqualTo("done");
        assertThat(reply.played()).isEqualTo(2);
        assertThat(reply.applied()).isEqualTo(2);
        assertThat(reply.devices()).containsExactly(TRACKER.digits());
        assertThat(reply.alerts().raised()).isOne();
        assertThat(fleet.tracker().lifecycle()).isInstanceOf(Lifecycle.InService.class);
        assertThat(fleet.inbox.of(key()))
                .allSatisfy(kept -> assertThat(kept.status()).isEqualTo(new Status.Received()));
        assertThat(run(REGISTERED).played()).isZero();
    }

    @Test
    void what_waits_under_another_id_of_the_device_is_played_too() {
        Delivery delivery = service("{\"deviceIds\":[{\"id\":\"999999000000014\",\"kind\":\"imei\"}],"
                + "\"deviceResponse\":{\"activateResponse\":{}}}");
        Delivery byImei = new Delivery(
                new Delivery.DeliveryId(
                        "imei#999999000000014", Optional.empty(), delivery.id().deliveryId()),
                delivery.source(),
                delivery.kind(),
                delivery.receivedAt(),
                delivery.payload(),
                new Status.Quarantined("UNKNOWN_DEVICE", "no device with this id was ordered here"));
        fleet.inbox.put(byImei);
        fleet.hasTracker(activating());

        assertThat(run(REGISTERED).applied()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999000000014", "d0c1e0a1-0000-6abc-f001-0123456789ab", "89148000009999900014"})
    void a_device_is_named_by_any_of_its_ids(String name) {
        fleet.hasTracker(activating());
        keeps(report("e1", AT, "\"battery\":\"97\""));

        ReplayReply reply = run(new OfDevice(name, Optional.empty()));

        assertThat(reply.applied()).isOne();
    }

    @Test
    void playing_last_night_twice_is_as_good_as_once() {
        fleet.hasTracker(activating());
        for (int minute = 0; minute < 30; minute++) {
            keeps(report("e" + minute, AT.plusSeconds(60L * minute), "\"battery\":\"" + (50 - minute) + "\""));
        }
        OfTime lastNight = new OfTime("2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z", Optional.empty());

        ReplayReply first = run(lastNight);
        Device once = fleet.tracker();
        int told = fleet.bus.published().size();
        ReplayReply second = run(lastNight);

        assertThat(first.applied()).isEqualTo(30);
        assertThat(second.played()).isEqualTo(30);
        assertThat(second.unchanged()).isEqualTo(30);
        assertThat(second.devicesChanged()).isZero();
        assertThat(fleet.tracker()).isEqualTo(once);
        assertThat(fleet.bus.published()).hasSize(told);
    }

    @Test
    void what_was_not_received_in_the_time_is_not_played() {
        fleet.hasTracker(activating());
        keeps(report("e1", AT, "\"battery\":\"97\""));

        assertThat(run(new OfTime("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z", Optional.empty()))
                        .played())
                .isZero();
    }

    @Test
    void what_nobody_handled_is_played_by_that_reason() {
        fleet.hasTracker(activating());
        Delivery delivery = service("{\"deviceIds\":[{\"id\":\"999999000000014\",\"kind\":\"imei\"}],"
                + "\"deviceResponse\":{\"activateResponse\":{}}}");
        fleet.inbox.put(delivery.in(new Status.Unhandled()));

        ReplayReply reply = run(new OfReason("UNHANDLED", Optional.empty()));

        assertThat(reply.applied()).isOne();
        assertThat(fleet.store.deliveries()).singleElement().satisfies(kept -> assertThat(kept.status())
                .isEqualTo(new Status.Received()));
    }

    @Test
    void what_is_still_bad_is_counted_by_its_reason() {
        keeps(report("e1", AT, "\"battery\":\"97\""));
        fleet.inbox.of(key()).forEach(fleet.applyDelivery::run);

        ReplayReply reply = run(new OfReason("UNKNOWN_DEVICE", Optional.empty()));

        assertThat(reply.setAside()).isEqualTo(Map.of("UNKNOWN_DEVICE", 1));
        assertThat(reply.played()).isOne();
        assertThat(fleet.bus.published("CallbackQuarantined")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"device", "time", "reason"})
    void what_stopped_between_two_deliveries_for_want_of_time_goes_on_there_and_plays_each_once(String task) {
        fleet.hasTracker(activating());
        for (int minute = 0; minute < 70; minute++) {
            Delivery delivery = Deliveries.streamed(
                            report("e" + minute, AT.plusSeconds(60L * minute), "\"battery\":\"90\""),
                            AT.plusSeconds(minute))
                    .in(new Status.Quarantined("UNKNOWN_DEVICE", "then"));
            fleet.inbox.put(delivery);
        }
        Set<String> places = new HashSet<>();
        int played = 0;
        Optional<String> startAfter = Optional.empty();
        do {
            ReplayReply reply = playAgain.run(task(task, startAfter), nearAfter(7));
            assertThat(reply.played()).isBetween(1, 7);
            played += reply.played();
            startAfter = reply.startAfter();
            startAfter.ifPresent(place -> assertThat(places.add(place)).isTrue());
            assertThat(reply.outcome()).isEqualTo(startAfter.isPresent() ? "stopped" : "done");
        } while (startAfter.isPresent());

        assertThat(played).isEqualTo(70);
    }

    /** It is near when it is asked for that time. */
    private static Deadline nearAfter(int times) {
        AtomicInteger asked = new AtomicInteger();
        return () -> asked.incrementAndGet() < times ? Duration.ofMinutes(5) : Duration.ofSeconds(1);
    }

    @Test
    void the_last_delivery_of_all_is_the_end_however_little_time_is_left() {
        fleet.hasTracker(activating());
        keeps(report("e1", AT, "\"battery\":\"97\""));

        assertThat(playAgain
                        .run(new OfDevice(TRACKER.digits(), Optional.empty()), () -> Duration.ofSeconds(1))
                        .outcome())
                .isEqualTo("done");
    }

    @Test
    void of_a_body_that_is_taken_apart_all_parts_are_tried_and_it_stays_aside_until_all_are_kept() {
        String body = "[" + report("e1", AT, "\"battery\":\"97\"") + "," + report("e2", AT, "\"battery\":\"96\"") + ","
                + report("e3", AT, "\"battery\":\"95\"") + "]";
        new Intake(Optional.empty(), 2).streamed(body.getBytes(UTF_8), AT).forEach(whole -> whole.keepIn(fleet.inbox));
        OfReason task = new OfReason("TOO_MANY_EVENTS", Optional.empty());

        fleet.store.failNextWrite();
        assertThatThrownBy(() -> run(task)).isInstanceOf(IllegalStateException.class);

        assertThat(fleet.inbox.of(key())).hasSize(2);
        assertThat(run(task).takenApart()).isOne();
        assertThat(fleet.inbox.of(key())).hasSize(3);
    }

    @Test
    void what_waits_for_its_device_and_cannot_be_read_is_left_and_told() {
        fleet.hasTracker(activating());
        keeps(report("e1", AT, "\"battery\":\"97\""));
        var spoilt = new SpoiltInbox(fleet.inbox, "delivery: status is none that we know");

        ReplayReply reply = new PlayAgain(spoilt, fleet.devices, fleet.applyDelivery, Fleet.OURS)
                .run(REGISTERED, () -> Duration.ofMinutes(5));

        assertThat(reply.left()).isEqualTo(3);
    }

    @Test
    void what_cannot_be_read_of_a_device_is_told_at_the_beginning_and_not_again_by_who_goes_on() {
        fleet.hasTracker(activating());
        keeps(report("e1", AT, "\"battery\":\"97\""));
        keeps(report("e2", AT.plusSeconds(60), "\"battery\":\"96\""));
        var spoilt = new SpoiltInbox(fleet.inbox, "delivery: status is none that we know");
        var playsSpoilt = new PlayAgain(spoilt, fleet.devices, fleet.applyDelivery, Fleet.OURS);

        ReplayReply first =
                playsSpoilt.run(new OfDevice(TRACKER.digits(), Optional.empty()), () -> Duration.ofSeconds(1));
        assertThat(first.left()).isEqualTo(3);
        assertThat(first.startAfter()).isPresent();

        assertThat(playsSpoilt
                        .run(new OfDevice(TRACKER.digits(), first.startAfter()), () -> Duration.ofMinutes(5))
                        .left())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            stream                  | ts.event       | `{"kind":"ts.event","data":{"deviceid":"UID","lastupdated":"AT","fields":{"n":1}}}`
            asked                   | ts.event       | `{"kind":"ts.event","data":{"deviceid":"UID","lastupdated":"AT","fields":{"n":1}}}`
            asked                   | ts.device.cHe  | `{"kind":"ts.device.cHe","id":"UID","lastupdated":"AT","fields":{"n":1}}`
            callback/CarrierService | CarrierService | `{"deviceIds":[{"id":"UID","kind":"uid"}],"requestId":"r1"}`
            """)
    void what_could_not_be_read_then_and_can_be_now_is_kept_anew_as_what_it_is_and_whose_it_is(
            String source, String kind, String message) {
        String payload = message.replace("UID", TRACKER_UID.value()).replace("AT", AT.toString());
        Delivery asItCame = new Delivery(
                new Delivery.DeliveryId("unknown#digest", Optional.empty(), "digest"),
                source,
                "unreadable",
                AT,
                payload,
                new Status.Quarantined("BEYOND_BOUNDS", "an older version said so"));
        fleet.inbox.put(asItCame);

        ReplayReply reply = run(new OfReason("BEYOND_BOUNDS", Optional.empty()));

        assertThat(reply.takenApart()).isOne();
        assertThat(fleet.inbox.of(key())).singleElement().satisfies(kept -> {
            assertThat(kept.source()).isEqualTo(source);
            assertThat(kept.kind()).isEqualTo(kind);
            assertThat(kept.payload()).isEqualTo(payload);
            assertThat(kept.receivedAt()).isEqualTo(AT);
            assertThat(kept.status()).isEqualTo(new Status.Received());
        });
        assertThat(run(new OfReason("BEYOND_BOUNDS", Optional.empty())).played())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "\"\\ud800\"", "\"\\u0000\""})
    void what_a_service_said_is_aside_as_long_as_it_cannot_be_read(String value) {
        fleet.hasTracker(activating());
        fleet.inbox.put(service("{\"password\":\"secret\","
                + "\"deviceIds\":[{\"id\":\"999999000000014\",\"kind\":\"imei\"}],"
                + "\"deviceResponse\":{\"activateResponse\":{\"n\":" + value + "}}}"));

        ReplayReply reply = run(new OfDevice(TRACKER.digits(), Optional.empty()));

        assertThat(reply.setAside().values()).containsExactly(1);
        assertThat(fleet.store.deliveries()).hasSize(1);
    }

    @Test
    void a_body_that_held_too_many_events_is_taken_apart_and_each_is_kept_once() {
        String body = "[" + report("e1", AT, "\"battery\":\"97\"") + "," + report("e2", AT, "\"battery\":\"96\"") + ","
                + report("e2", AT, "\"battery\":\"96\"") + "]";
        new Intake(Optional.empty(), 2).streamed(body.getBytes(UTF_8), AT).forEach(whole -> whole.keepIn(fleet.inbox));

        assertThat(run(new OfReason("TOO_MANY_EVENTS", Optional.empty())).takenApart())
                .isOne();

        assertThat(fleet.inbox.of(key())).hasSize(2);
        assertThat(run(new OfReason("TOO_MANY_EVENTS", Optional.empty())).played())
                .isZero();
    }

    @Test
    void a_body_that_was_taken_apart_is_there_already_when_it_is_played_again() {
        String body = "[" + report("e1", AT, "\"battery\":\"97\"") + "," + report("e2", AT, "\"battery\":\"96\"") + "]";
        new Intake(Optional.empty(), 1).streamed(body.getBytes(UTF_8), AT).forEach(whole -> whole.keepIn(fleet.inbox));
        run(new OfReason("TOO_MANY_EVENTS", Optional.empty()));
        fleet.hasTracker(activating());
        OfTime lastNight = new OfTime("2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z", Optional.empty());
        run(lastNight);

        ReplayReply second = run(lastNight);

        assertThat(second.played()).isEqualTo(3);
        assertThat(second.unchanged()).isEqualTo(3);
        assertThat(fleet.store.deliveries())
                .allSatisfy(kept -> assertThat(kept.status()).isEqualTo(new Status.Received()));
    }

    @Test
    void what_was_set_aside_as_another_account_s_stays_aside_and_its_part_of_a_body_does_too() {
        fleet.hasTracker(activating());
        String foreign = report("e1", AT, "\"battery\":\"8\"")
                .replace("\"fields\"", "\"accountidentifier\":{\"billingaccountid\":\"0999000009-00001\"},\"fields\"");
        String body = "[" + foreign + "," + report("e2", AT.plusSeconds(60), "\"battery\":\"96\"") + "]";
        new Intake(Optional.of("0999000001-00001"), 1)
                .streamed(body.getBytes(UTF_8), AT)
                .forEach(whole -> whole.keepIn(fleet.inbox));
        run(new OfReason("TOO_MANY_EVENTS", Optional.empty()));

        ReplayReply reply = run(new OfReason("OTHER_ACCOUNT", Optional.empty()));

        assertThat(reply.setAside()).isEqualTo(Map.of("OTHER_ACCOUNT", 1));
        assertThat(fleet.tracker().vitals().lastSeen()).isEmpty();
    }

    @Test
    void what_is_of_an_account_that_has_become_ours_is_applied() {
        fleet.hasTracker(activating());
        String body = report("e1", AT, "\"battery\":\"8\"")
                .replace("\"fields\"", "\"accountidentifier\":{\"billingaccountid\":\"0999000001-00002\"},\"fields\"");
        new Intake(Optional.of("0999000001-00001"), 1)
                .streamed(body.getBytes(UTF_8), AT)
                .forEach(one -> one.keepIn(fleet.inbox));

        assertThat(run(new OfReason("OTHER_ACCOUNT", Optional.empty())).applied())
                .isOne();
    }

    @Test
    void a_device_that_cannot_be_read_is_left_and_the_others_are_played() {
        fleet.hasTracker(activating());
        keeps(report("e1", AT, "\"battery\":\"97\""));
        Imei spoilt = new Imei("999999000000022");
        DeviceId uid = new DeviceId("d0c1e0a1-0000-6abc-f001-0123456789ac");
        fleet.has(spoilt, "89148000009999900022", uid, new Lifecycle.InService(AT));
        fleet.store.spoil(spoilt, "state is none that we know");
        keeps(report("e0", AT, "\"battery\":\"97\"").replace(TRACKER_UID.value(), uid.value()));
        keeps(report("e2", AT.plusSeconds(60), "\"battery\":\"96\""));

        ReplayReply reply = run(new OfTime("2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z", Optional.empty()));

        assertThat(reply.left()).isOne();
        assertThat(reply.applied()).isEqualTo(2);
    }

    @Test
    void a_device_that_never_holds_still_is_left_and_the_others_are_played() {
        fleet.hasTracker(activating());
        keeps(report("e1", AT, "\"battery\":\"8\""));
        boolean[] touching = {false};
        fleet.store.onEffect(effect -> {
            if (effect.equals("write alert:before") && !touching[0]) {
                touching[0] = true;
                fleet.devices.save(fleet.tracker(), Consequences.NONE);
                touching[0] = false;
            }
        });

        assertThat(run(new OfDevice(TRACKER.digits(), Optional.empty())).left()).isOne();
    }

    @Test
    void the_carrier_s_words_end_the_same_in_whatever_order_the_inbox_lists_them() {
        for (int seed = 0; seed < 20; seed++) {
            Fleet shuffled = new Fleet().hasTracker(new Lifecycle.InService(AT));
            List<Delivery> words = new ArrayList<>(List.of(
                    unhandled("suspendResponse", AT.plusSeconds(60)),
                    unhandled("restoreResponse", AT.plusSeconds(120)),
                    unhandled("suspendResponse", AT.plusSeconds(180)),
                    unhandled("restoreResponse", AT.plusSeconds(240))));
            words.forEach(shuffled.inbox::put);
            Collections.shuffle(words, new Random(seed));
            CallbackInbox oneByOne = new ShuffledInbox(shuffled.inbox, words);

            var reply = new PlayAgain(oneByOne, shuffled.devices, shuffled.applyDelivery, Fleet.OURS)
                    .run(new OfReason("UNHANDLED", Optional.empty()), () -> Duration.ofMinutes(5));

            assertThat(reply.played()).isEqualTo(4);
            assertThat(shuffled.tracker().lifecycle().isJudged())
                    .as("seed %d", seed)
                    .isTrue();
        }
    }

    private static Delivery unhandled(String response, Instant receivedAt) {
        String body = "{\"deviceIds\":[{\"id\":\"999999000000014\",\"kind\":\"imei\"}],\"deviceResponse\":{\""
                + response + "\":{}},\"requestId\":\"" + receivedAt + "\"}";
        return Deliveries.calledBack("CarrierService", body.getBytes(UTF_8), receivedAt)
                .in(new Status.Unhandled());
    }

    @Test
    void what_can_still_not_be_read_keeps_its_reason() {
        fleet.inbox.put(Deliveries.streamed("not json", AT));

        assertThat(run(new OfReason("NOT_JSON", Optional.empty())).setAside()).isEqualTo(Map.of("NOT_JSON", 1));
        assertThat(fleet.bus.published()).isEmpty();
    }

    @Test
    void a_store_that_is_down_is_no_answer_and_the_same_task_again_is() {
        fleet.hasTracker(activating());
        keeps(report("e1", AT, "\"battery\":\"8\""));
        OfDevice task = new OfDevice(TRACKER.digits(), Optional.empty());

        fleet.store.failNextWrite();
        assertThatThrownBy(() -> run(task)).isInstanceOf(IllegalStateException.class);

        assertThat(run(task).applied()).isOne();
    }

    private ReplayTask task(String name, Optional<String> startAfter) {
        return switch (name) {
            case "device" -> new OfDevice(TRACKER.digits(), startAfter);
            case "time" -> new OfTime("2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z", startAfter);
            default -> new OfReason("UNKNOWN_DEVICE", startAfter);
        };
    }

    private ReplayReply run(ReplayTask task) {
        return playAgain.run(task, () -> Duration.ofMinutes(5));
    }

    private void keeps(String body) {
        fleet.inbox.put(Deliveries.streamed(body, fleet.clock.instant()));
    }

    private Delivery service(String body) {
        return Deliveries.calledBack("CarrierService", body.getBytes(UTF_8), fleet.clock.instant());
    }

    private static String key() {
        return "uid#" + TRACKER_UID.value();
    }
}

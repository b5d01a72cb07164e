package dev.fleetline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierStreams;
import dev.fleetline.carrier.CarrierStreams.PastReport;
import dev.fleetline.carrier.CarrierStreams.StreamTarget;
import dev.fleetline.carrier.CarrierStreams.Subscription;
import dev.fleetline.carrier.CarrierStreams.Target;
import dev.fleetline.device.DeviceId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link CarrierStreams} must do, whoever stands behind it. */
public abstract class CarrierStreamsContract {

    /** What time it is at the carrier. */
    protected static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");

    private static final StreamTarget ONE =
            new StreamTarget("one", "https://receiver.example.test/stream", "key-of-one");
    private static final StreamTarget OTHER =
            new StreamTarget("other", "https://receiver.example.test/stream", "key-of-other");

    /** A carrier without targets and subscriptions; the same one during a test. */
    protected abstract CarrierStreams streams();

    /** From now on it cannot change a subscription. */
    protected abstract void refusesToMove();

    /** A device that has reported so many times, one after the other. */
    protected abstract DeviceId deviceThatReported(int times);

    @Test
    void a_target_is_listed_with_all_but_its_key() {
        String id = yes(streams().createTarget(ONE));

        assertThat(yes(streams().targets()))
                .containsExactly(new Target(id, "one", "https://receiver.example.test/stream", NOW));
    }

    @Test
    void a_subscription_is_listed_with_what_it_feeds() {
        String target = yes(streams().createTarget(ONE));
        String id = yes(streams().createSubscription(target, "ts.event", "all events"));

        assertThat(yes(streams().subscriptions()))
                .containsExactly(new Subscription(id, "all events", "ts.event", target, NOW));
    }

    @Test
    void a_moved_subscription_feeds_the_other_target_and_is_the_same_one() {
        String one = yes(streams().createTarget(ONE));
        String other = yes(streams().createTarget(OTHER));
        String id = yes(streams().createSubscription(one, "ts.event", "all events"));

        yes(streams().moveSubscription(id, other));

        assertThat(yes(streams().subscriptions()))
                .containsExactly(new Subscription(id, "all events", "ts.event", other, NOW));
    }

    @Test
    void a_carrier_that_cannot_move_says_so_and_changes_nothing() {
        String one = yes(streams().createTarget(ONE));
        String other = yes(streams().createTarget(OTHER));
        String id = yes(streams().createSubscription(one, "ts.event", "all events"));
        refusesToMove();

        assertThat(streams().moveSubscription(id, other)).isInstanceOf(Refused.class);
        assertThat(yes(streams().subscriptions()))
                .extracting(Subscription::targetId)
                .containsExactly(one);
    }

    @Test
    void a_subscription_is_not_moved_to_a_target_that_is_not_there() {
        String one = yes(streams().createTarget(ONE));
        String id = yes(streams().createSubscription(one, "ts.event", "all events"));

        assertThat(streams().moveSubscription(id, "7a91d001-0000-6abc-e002-ffffffffffff"))
                .isInstanceOf(Refused.class);
    }

    @Test
    void a_deleted_subscription_makes_room_for_another_and_is_deleted_once() {
        String one = yes(streams().createTarget(ONE));
        String id = yes(streams().createSubscription(one, "ts.event", "all events"));

        yes(streams().deleteSubscription(id));

        assertThat(streams().deleteSubscription(id)).isEqualTo(new AlreadyDone<>());
        assertThat(yes(streams().createSubscription(one, "ts.event", "again"))).isNotEqualTo(id);
    }

    @Test
    void a_deleted_target_is_gone_and_is_deleted_once() {
        String id = yes(streams().createTarget(ONE));

        yes(streams().deleteTarget(id));

        assertThat(streams().deleteTarget(id)).isEqualTo(new AlreadyDone<>());
        assertThat(yes(streams().targets())).isEmpty();
    }

    @Test
    void the_last_reports_are_remembered_newest_first_and_as_they_were_streamed() {
        DeviceId uid = deviceThatReported(3);

        List<PastReport> reports = yes(streams().history(uid, 2));

        assertThat(reports).hasSize(2);
        assertThat(reports.getFirst().receivedAt())
                .isAfterOrEqualTo(reports.getLast().receivedAt());
        assertThat(reports).allSatisfy(report -> assertThat(report.message())
                .contains("\"kind\":\"ts.event\"", "\"data\":{", uid.value(), "\"versionid\""));
    }

    @Test
    void a_device_that_is_not_there_has_no_history() {
        assertThat(streams().history(new DeviceId("d0c1e0a1-0000-6abc-f001-ffffffffffff"), 1))
                .isInstanceOf(Refused.class);
    }

    /** What it said yes to. */
    protected static <T> T yes(CarrierReply<T> reply) {
        if (reply instanceof Ok<T>(var value)) {
            return value;
        }
        throw new AssertionError("expected yes, but the carrier answered " + reply);
    }
}

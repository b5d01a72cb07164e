package dev.fleetline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.carrier.CarrierGateway;
import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.carrier.CarrierGateway.NewDevice;
import dev.fleetline.carrier.CarrierGateway.StreamTarget;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.Unclear;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link CarrierGateway} must do, whoever stands behind it. */
public abstract class CarrierGatewayContract {

    private static final Imei IMEI = new Imei("999999000000014");
    private static final Iccid ICCID = new Iccid("89148000009999900014");
    private static final NewDevice TRACKER = new NewDevice(IMEI, ICCID, "tracker 14");
    private static final StreamTarget RECEIVER =
            new StreamTarget("receiver", "https://receiver.example.test/stream", "Bearer synthetic-key");

    /** A carrier without devices and without streams; the same one during a test. */
    protected abstract CarrierGateway carrier();

    /** Lets time pass until an activated device has checked in. */
    protected abstract void checksIn(Imei imei);

    /** The next registration or activation is carried out and its answer lost. */
    protected abstract void losesNextAnswer();

    /** The token is refused from now on. */
    protected abstract void refusesTheToken();

    protected abstract int registrations(Imei imei);

    protected abstract int activations(Imei imei);

    @Test
    void a_device_that_nobody_registered_is_not_found() {
        assertThat(carrier().find(IMEI)).isEqualTo(new Ok<>(Optional.empty()));
        assertThat(carrier().get(new DeviceId("d0c1e0a1-0000-6abc-f001-ffffffffffff")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo("NOT_FOUND"));
    }

    @Test
    void a_registered_device_is_found_by_its_imei_and_not_active() {
        CarrierDevice registered = yes(carrier().register(TRACKER));

        CarrierDevice found = yes(carrier().find(IMEI)).orElseThrow();

        assertThat(found.uid()).isEqualTo(registered.uid());
        assertThat(found.imei()).contains(IMEI);
        assertThat(found.active()).isFalse();
        assertThat(found.document()).containsEntry("id", registered.uid().value());
        assertThat(yes(carrier().get(registered.uid())).uid()).isEqualTo(registered.uid());
    }

    @Test
    void a_device_is_found_among_others() {
        Imei other = new Imei("999999000000022");
        yes(carrier().register(new NewDevice(other, new Iccid("89148000009999900022"), "tracker 22")));
        CarrierDevice registered = yes(carrier().register(TRACKER));

        assertThat(yes(carrier().find(IMEI)).map(CarrierDevice::uid)).contains(registered.uid());
    }

    @Test
    void registering_twice_is_done_already_and_makes_one_device() {
        yes(carrier().register(TRACKER));

        assertThat(carrier().register(TRACKER)).isEqualTo(new AlreadyDone<>());
        assertThat(registrations(IMEI)).isEqualTo(1);
    }

    @Test
    void an_accepted_activation_makes_the_device_active_once_it_has_checked_in() {
        DeviceId uid = yes(carrier().register(TRACKER)).uid();

        yes(carrier().activate(uid));
        assertThat(yes(carrier().get(uid)).active()).isFalse();
        checksIn(IMEI);

        assertThat(yes(carrier().get(uid)).active()).isTrue();
        assertThat(activations(IMEI)).isEqualTo(1);
    }

    @Test
    void activating_an_active_device_is_done_already() {
        DeviceId uid = yes(carrier().register(TRACKER)).uid();
        yes(carrier().activate(uid));
        checksIn(IMEI);

        assertThat(carrier().activate(uid)).isEqualTo(new AlreadyDone<>());
        assertThat(activations(IMEI)).isEqualTo(1);
    }

    @Test
    void activating_a_device_that_is_not_there_is_refused() {
        assertThat(carrier().activate(new DeviceId("d0c1e0a1-0000-6abc-f001-ffffffffffff")))
                .isInstanceOf(Refused.class);
    }

    @Test
    void a_lost_answer_to_a_registration_is_unclear_and_the_device_is_there() {
        losesNextAnswer();

        assertThat(carrier().register(TRACKER)).isInstanceOf(Unclear.class);
        assertThat(yes(carrier().find(IMEI))).isPresent();
        assertThat(registrations(IMEI)).isEqualTo(1);
    }

    @Test
    void a_lost_answer_to_an_activation_is_unclear_and_is_not_sent_again_by_itself() {
        DeviceId uid = yes(carrier().register(TRACKER)).uid();
        losesNextAnswer();

        assertThat(carrier().activate(uid)).isInstanceOf(Unclear.class);
        assertThat(activations(IMEI)).isEqualTo(1);
    }

    @Test
    void with_a_refused_token_nothing_is_done_and_its_version_is_named() {
        DeviceId uid = yes(carrier().register(TRACKER)).uid();
        refusesTheToken();

        assertThat(carrier().activate(uid)).isInstanceOfSatisfying(TokenRefused.class, refused -> {
            assertThat(refused.secret()).isNotBlank();
            assertThat(refused.versionId()).isNotBlank();
        });
        assertThat(activations(IMEI)).isZero();
    }

    @Test
    void a_stream_of_a_kind_is_subscribed_once() {
        String target = yes(carrier().createTarget(RECEIVER));

        assertThat(yes(carrier().createSubscription(target, "ts.event", "all events")))
                .isNotBlank();
        assertThat(carrier().createSubscription(target, "ts.event", "all events"))
                .isEqualTo(new AlreadyDone<>());
    }

    @Test
    void a_subscription_to_a_target_that_is_not_there_is_refused() {
        assertThat(carrier().createSubscription("7a610001-0000-6abc-f003-ffffffffffff", "ts.event", "all events"))
                .isInstanceOf(Refused.class);
    }

    private static <T> T yes(CarrierReply<T> reply) {
        return switch (reply) {
            case Ok<T>(var value) -> value;
            case CarrierReply.AlreadyDone<T> _,
                    CarrierReply.Refused<T> _,
                    CarrierReply.TryLater<T> _,
                    CarrierReply.TokenRefused<T> _,
                    CarrierReply.Unclear<T> _ ->
                throw new AssertionError("expected yes, but the carrier answered " + reply);
        };
    }
}

package dev.fleetline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.carrier.CarrierGateway;
import dev.fleetline.carrier.CarrierGateway.Activation;
import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.carrier.CarrierGateway.Line;
import dev.fleetline.carrier.CarrierGateway.LineState;
import dev.fleetline.carrier.CarrierGateway.NewDevice;
import dev.fleetline.carrier.CarrierGateway.Page;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.Unclear;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link CarrierGateway} must do, whoever stands behind it. */
public abstract class CarrierGatewayContract {

    private static final String ACCOUNT = "0999000001-00001";
    private static final Imei IMEI = new Imei("999999000000014");
    private static final Iccid ICCID = new Iccid("89148000009999900014");
    private static final Line LINE = new Line(IMEI, ICCID, ACCOUNT, Optional.empty());
    private static final NewDevice TRACKER = new NewDevice(LINE, "tracker 14");

    /** A carrier without devices; the same one during a test. */
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
        assertThat(carrier().find(LINE)).isEqualTo(new Ok<>(Optional.empty()));
        assertThat(carrier()
                        .find(new Line(
                                IMEI,
                                ICCID,
                                ACCOUNT,
                                Optional.of(new DeviceId("d0c1e0a1-0000-6abc-f001-ffffffffffff")))))
                .isEqualTo(new Ok<>(Optional.empty()));
    }

    @Test
    void a_registered_device_is_found_by_its_imei_and_not_active() {
        CarrierDevice registered = yes(carrier().register(TRACKER));

        CarrierDevice found = found();

        assertThat(found.uid()).isEqualTo(registered.uid());
        assertThat(found.imei()).contains(IMEI);
        assertThat(found.active()).isFalse();
        assertThat(found.state()).isEqualTo(LineState.NOT_ACTIVE);
        assertThat(found.revision()).isEqualTo(found().revision());
    }

    @Test
    void a_device_is_found_among_others() {
        yes(carrier().register(new NewDevice(line(22), "tracker 22")));
        yes(carrier().register(TRACKER));

        assertThat(found().imei()).contains(IMEI);
    }

    @Test
    void registering_twice_is_done_already_and_makes_one_device() {
        yes(carrier().register(TRACKER));

        assertThat(carrier().register(TRACKER)).isEqualTo(new AlreadyDone<>());
        assertThat(registrations(IMEI)).isEqualTo(1);
    }

    @Test
    void an_accepted_activation_makes_the_device_active_once_it_has_checked_in() {
        yes(carrier().register(TRACKER));

        yes(carrier().activate(activation()));
        assertThat(found().active()).isFalse();
        checksIn(IMEI);

        assertThat(found().active()).isTrue();
        assertThat(activations(IMEI)).isEqualTo(1);
    }

    @Test
    void an_accepted_activation_shows_in_the_carriers_record_before_the_device_has_checked_in() {
        yes(carrier().register(TRACKER));
        CarrierDevice before = found();

        yes(carrier().activate(activation()));

        CarrierDevice after = found();
        assertThat(after.state() == LineState.PENDING || !after.revision().equals(before.revision()))
                .as("another state, or another revision")
                .isTrue();
    }

    @Test
    void activating_an_active_device_is_done_already() {
        yes(carrier().register(TRACKER));
        yes(carrier().activate(activation()));
        checksIn(IMEI);

        assertThat(carrier().activate(activation())).isEqualTo(new AlreadyDone<>());
        assertThat(activations(IMEI)).isEqualTo(1);
    }

    @Test
    void a_lost_answer_to_a_registration_is_unclear_and_the_device_is_there() {
        losesNextAnswer();

        assertThat(carrier().register(TRACKER)).isInstanceOf(Unclear.class);
        assertThat(yes(carrier().find(LINE))).isPresent();
        assertThat(registrations(IMEI)).isEqualTo(1);
    }

    @Test
    void a_lost_answer_to_an_activation_is_unclear_and_is_not_sent_again_by_itself() {
        yes(carrier().register(TRACKER));
        Activation activation = activation();
        losesNextAnswer();

        assertThat(carrier().activate(activation)).isInstanceOf(Unclear.class);
        assertThat(activations(IMEI)).isEqualTo(1);
    }

    @Test
    void with_a_refused_token_nothing_is_done_and_its_version_is_named() {
        yes(carrier().register(TRACKER));
        Activation activation = activation();
        refusesTheToken();

        assertThat(carrier().activate(activation)).isInstanceOfSatisfying(TokenRefused.class, refused -> {
            assertThat(refused.secret()).isNotBlank();
            assertThat(refused.versionId()).isNotBlank();
        });
        assertThat(activations(IMEI)).isZero();
    }

    @Test
    void every_device_of_an_account_is_listed_once_however_many_pages_there_are() {
        List<Imei> registered = new ArrayList<>();
        for (int number = 1; number <= 5; number++) {
            Line line = line(number);
            yes(carrier().register(new NewDevice(line, "tracker " + number)));
            registered.add(line.imei());
        }

        List<Imei> listed = new ArrayList<>();
        Page page = yes(carrier().list(ACCOUNT, Optional.empty()));
        while (true) {
            page.devices().forEach(device -> listed.add(device.imei().orElseThrow()));
            if (page.next().isEmpty()) {
                break;
            }
            page = yes(carrier().list(ACCOUNT, page.next()));
        }

        assertThat(listed).containsExactlyInAnyOrderElementsOf(registered);
    }

    private static Line line(int number) {
        return new Line(SampleFleet.imei(number), SampleFleet.iccid(number), ACCOUNT, Optional.empty());
    }

    private CarrierDevice found() {
        return yes(carrier().find(LINE)).orElseThrow();
    }

    /** By the id that the carrier gave it, where it gives one. */
    private Activation activation() {
        Line line = new Line(IMEI, ICCID, ACCOUNT, found().uid());
        return new Activation(ACCOUNT, Optional.of("m2m_4G"), Optional.of("98801"), List.of(line));
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

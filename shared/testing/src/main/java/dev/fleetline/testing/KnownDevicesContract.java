package dev.fleetline.testing;

import static dev.fleetline.testing.SampleFleet.iccid;
import static dev.fleetline.testing.SampleFleet.imei;
import static dev.fleetline.testing.SampleFleet.inService;
import static dev.fleetline.testing.SampleFleet.ordered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.onboarding.KnownDevices;
import dev.fleetline.onboarding.KnownDevices.Known;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link KnownDevices} promises. */
public abstract class KnownDevicesContract {

    /** What is asked; the same one during a test. */
    protected abstract KnownDevices known();

    /** The registry that it looks into, an empty one at the beginning. */
    protected abstract DeviceRegistry registry();

    @Test
    void nobody_asked_for_is_nobody_found() {
        assertThat(known().find(List.of())).isEmpty();
        assertThat(known().whoHas(List.of())).isEmpty();
    }

    @Test
    void what_was_never_ordered_is_not_known() {
        assertThat(known().find(List.of(imei(1), imei(2)))).isEmpty();
        assertThat(known().whoHas(List.of(iccid(1), iccid(2)))).isEmpty();
    }

    @Test
    void of_those_that_are_known_it_says_state_sim_and_order() {
        Device waiting = stored(ordered(1));
        Device working = stored(inService(2));

        assertThat(known().find(List.of(imei(1), imei(2), imei(3))))
                .hasSize(2)
                .containsEntry(imei(1), said("REQUESTED", waiting))
                .containsEntry(imei(2), said("IN_SERVICE", working));
        assertThat(known().whoHas(List.of(iccid(1), iccid(2), iccid(3))))
                .hasSize(2)
                .containsEntry(iccid(1), imei(1))
                .containsEntry(iccid(2), imei(2));
    }

    @Test
    void asking_twice_for_the_same_is_asking_once() {
        stored(ordered(1));

        assertThat(known().find(List.of(imei(1), imei(1)))).hasSize(1);
        assertThat(known().whoHas(List.of(iccid(1), iccid(1)))).hasSize(1);
    }

    @Test
    void more_than_one_call_may_ask_for_are_all_found() {
        IntStream.rangeClosed(1, 120).forEach(number -> stored(ordered(number)));

        assertThat(known().find(IntStream.rangeClosed(1, 120)
                        .mapToObj(SampleFleet::imei)
                        .toList()))
                .hasSize(120);
        assertThat(known().whoHas(IntStream.rangeClosed(1, 120)
                        .mapToObj(SampleFleet::iccid)
                        .toList()))
                .hasSize(120);
    }

    private static Known said(String state, Device device) {
        return new Known(state, device.order().iccid(), device.order().onboardingId());
    }

    private Device stored(Device device) {
        registry().save(device.at(0), Consequences.NONE);
        return device;
    }
}

package dev.fleetline.deviceonboarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Lifecycle.Activating;
import dev.fleetline.device.Lifecycle.ActiveUnseen;
import dev.fleetline.testing.SimulatorDesk;
import dev.fleetline.testing.TurningTokens;
import dev.fleetline.thingspacecore.CoreGateway;
import dev.fleetline.thingspacesimulator.SimulatorConfig;
import dev.fleetline.thingspacesimulator.ThingSpaceSimulator;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against the simulated platform, over HTTP. */
class OnboardDeviceIT {

    private final ThingSpaceSimulator simulator =
            ThingSpaceSimulator.start(SimulatorConfig.onFreePort().standingAt(Instant.parse("2026-03-02T15:00:00Z")));
    private final SimulatorDesk platform = new SimulatorDesk(simulator.baseUri());
    private final CoreGateway carrier = new CoreGateway(
            URI.create(simulator.baseUri() + "/core"), new TurningTokens(platform.userToken()), Duration.ofSeconds(10));

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void a_death_at_any_effect_ends_in_one_registration_and_never_in_two_activations() {
        int effect = 0;
        while (dies(effect)) {
            effect++;
        }
        assertThat(effect).as("effects of one onboarding").isGreaterThan(20);
    }

    @Test
    void an_activation_whose_answer_was_lost_is_sent_once_and_found_when_it_has_worked() {
        Imei imei = Messages.imei(1);
        String order =
                Messages.order("order-1", imei.digits(), Messages.iccid(1).digits());
        Deaths deaths = new Deaths();
        Desk desk = new Desk(deaths.around(carrier));
        desk.store.onEffect(deaths::effect);
        platform.faults("{\"lostAnswer\":2,\"lostAnswerBy\":\"close\"}");

        desk.deliverUntilDone(order);
        desk.deliverUntilDone(order);

        assertThat(desk.lifecycle(imei)).isInstanceOf(Lifecycle.Unclear.class);
        assertThat(platform.registrations(imei)).isEqualTo(1);
        assertThat(platform.activations(imei)).isEqualTo(1);
    }

    private boolean dies(int effect) {
        Imei imei = Messages.imei(effect);
        String order = Messages.order(
                "order-" + effect, imei.digits(), Messages.iccid(effect).digits());
        Deaths deaths = new Deaths();
        Desk desk = new Desk(deaths.around(carrier));
        desk.store.onEffect(deaths::effect);
        desk.bus.onEffect(deaths::effect);

        deaths.dieAt(effect);
        boolean died = false;
        try {
            desk.deliver(order);
        } catch (Deaths.Died e) {
            died = true;
        }
        boolean around = desk.registry
                .find(imei)
                .filter(device -> device.lifecycle() instanceof Activating activating && !activating.accepted())
                .isPresent();
        deaths.never();
        desk.clock.forward(Desk.VISIBILITY);
        desk.deliverUntilDone(order);

        assertThat(platform.registrations(imei))
                .as("after a death at effect %d", effect)
                .isEqualTo(1);
        assertThat(platform.activations(imei))
                .as("after a death at effect %d", effect)
                .isBetween(around ? 0 : 1, 1);
        assertThat(desk.lifecycle(imei)).isInstanceOfAny(Activating.class, Lifecycle.Unclear.class, ActiveUnseen.class);
        return died;
    }
}

package dev.fleetline.deviceonboarding;

import static dev.fleetline.deviceonboarding.Messages.IMEI;
import static dev.fleetline.deviceonboarding.Messages.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Lifecycle.Activating;
import dev.fleetline.device.Lifecycle.ActiveUnseen;
import dev.fleetline.testing.ScriptedCarrier;
import dev.fleetline.testing.ScriptedCarrier.Call;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** However often and wherever the process dies between two effects. */
class OnboardDeviceProperties {

    @Property(tries = 600)
    void deaths_end_in_one_registration_and_never_in_two_activations(
            @ForAll @Size(max = 8) List<@IntRange(max = 40) Integer> deaths,
            @ForAll boolean registrationIsLost,
            @ForAll boolean activationIsLost,
            @ForAll boolean checksIn) {
        Lab lab = new Lab();
        if (registrationIsLost) {
            lab.carrier.losesNextAnswer(Call.REGISTER);
        }
        if (activationIsLost) {
            lab.carrier.losesNextAnswer(Call.ACTIVATE);
        }

        deaths.forEach(effect -> lab.deliverAndDieAt(effect, checksIn));
        lab.deaths.never();
        lab.desk.deliverUntilDone(order());

        assertThat(lab.carrier.registrations(IMEI)).isEqualTo(1);
        assertThat(lab.carrier.calls(Call.REGISTER)).isBetween(1, deaths.size() + 1);
        assertThat(lab.carrier.activations(IMEI)).isLessThanOrEqualTo(1);
        assertThat(lab.carrier.calls(Call.ACTIVATE)).isLessThanOrEqualTo(1);
        Lifecycle end = lab.desk.lifecycle(IMEI);
        if (lab.diedAroundActivation || activationIsLost) {
            assertThat(end).isInstanceOfAny(Lifecycle.Unclear.class, ActiveUnseen.class, Activating.class);
        } else {
            assertThat(lab.carrier.activations(IMEI)).isEqualTo(1);
            assertThat(end).isInstanceOfSatisfying(Activating.class, it -> assertThat(it.accepted())
                    .isTrue());
        }
        assertThat(end).isNotEqualTo(new Activating(false, end.since()));
        assertThat(lab.desk.told()).containsAll(toldBy(end));
    }

    /** So that no effect is left to chance. */
    @Example
    void one_death_at_each_effect() {
        int effect = 0;
        while (dies(effect)) {
            effect++;
        }
        assertThat(effect).as("effects of one onboarding").isGreaterThan(20);
    }

    private static boolean dies(int effect) {
        Lab lab = new Lab();
        boolean died = lab.deliverAndDieAt(effect, false);
        lab.deaths.never();
        lab.desk.deliverUntilDone(order());
        assertThat(lab.carrier.registrations(IMEI))
                .as("after a death at effect %d", effect)
                .isEqualTo(1);
        assertThat(lab.carrier.activations(IMEI))
                .as("after a death at effect %d", effect)
                .isBetween(lab.diedAroundActivation ? 0 : 1, 1);
        assertThat(lab.desk.told()).containsAll(toldBy(lab.desk.lifecycle(IMEI)));
        return died;
    }

    @Property(tries = 300)
    void deaths_in_a_batch_of_lines_end_each_in_one_registration_and_never_in_two_activations(
            @ForAll @Size(max = 6) List<@IntRange(max = 90) Integer> deaths,
            @ForAll boolean registrationIsLost,
            @ForAll boolean activationIsLost,
            @ForAll boolean oneIsNotKnown) {
        BatchLab lab = new BatchLab();
        if (registrationIsLost) {
            lab.carrier.losesNextAnswer(Call.REGISTER);
        }
        if (activationIsLost) {
            lab.carrier.losesNextAnswer(Call.ACTIVATE);
        }
        if (oneIsNotKnown) {
            lab.carrier.answersNext(Call.ACTIVATE, new Refused<>("DEVICE_NOT_FOUND", "one of them"));
        }

        deaths.forEach(lab::deliverAndDieAt);
        lab.deaths.never();
        lab.desk.deliverUntilAllAreDone(BatchLab.BATCH);

        lab.holds("after deaths at " + deaths);
    }

    /** So that no effect of a batch is left to chance. */
    @Example
    void one_death_at_each_effect_of_a_batch() {
        int effect = 0;
        boolean died = true;
        while (died) {
            BatchLab lab = new BatchLab();
            died = lab.deliverAndDieAt(effect);
            lab.deaths.never();
            lab.desk.deliverUntilAllAreDone(BatchLab.BATCH);
            lab.holds("after a death at effect " + effect);
            effect++;
        }
        assertThat(effect).as("effects of a batch").isGreaterThan(60);
    }

    private static List<String> toldBy(Lifecycle end) {
        return switch (end) {
            case Activating _ -> List.of("DeviceActivationRequested", "DeviceRegistered");
            case ActiveUnseen _ -> List.of("DeviceActivated", "DeviceRegistered");
            case Lifecycle.Unclear _ -> List.of("DeviceRegistered");
            case Lifecycle.Requested _,
                    Lifecycle.Checked _,
                    Lifecycle.Registered _,
                    Lifecycle.InService _,
                    Lifecycle.Stuck _,
                    Lifecycle.Parked _,
                    Lifecycle.Suspended _,
                    Lifecycle.Deactivated _,
                    Lifecycle.Drifted _,
                    Lifecycle.Rejected _,
                    Lifecycle.Failed _,
                    Lifecycle.Retired _ -> throw new AssertionError("no order of these tests ends as " + end.name());
        };
    }

    /** A desk on which somebody dies. */
    private static final class Lab {

        private final Deaths deaths = new Deaths();
        private final ScriptedCarrier carrier = new ScriptedCarrier();
        private final Desk desk = new Desk(carrier);
        private boolean diedAroundActivation;

        Lab() {
            carrier.onEffect((call, moment) -> deaths.effect(call + ":" + moment));
            desk.store.onEffect(deaths::effect);
            desk.bus.onEffect(deaths::effect);
        }

        boolean deliverAndDieAt(int effect, boolean checksIn) {
            deaths.dieAt(effect);
            try {
                desk.deliver(order());
                return false;
            } catch (Deaths.Died e) {
                diedAroundActivation |= desk.registry
                        .find(IMEI)
                        .filter(device -> device.lifecycle() instanceof Activating activating && !activating.accepted())
                        .isPresent();
                if (checksIn && carrier.activations(IMEI) > 0) {
                    carrier.becomesReady(IMEI);
                }
                return true;
            } finally {
                desk.clock.forward(Desk.VISIBILITY);
            }
        }
    }

    /** A desk on which somebody dies over a batch: three lines of one plan, one of another, and one order twice. */
    private static final class BatchLab {

        private static final List<Imei> IMEIS =
                IntStream.rangeClosed(1, 4).mapToObj(Messages::imei).toList();
        private static final List<String> BATCH = List.of(
                Messages.line(1, "m2m_4G"),
                Messages.line(2, "m2m_4G"),
                Messages.line(1, "m2m_4G"),
                Messages.line(3, "m2m_4G"),
                Messages.line(4, "m2m_5G"));

        private final Deaths deaths = new Deaths();
        private final ScriptedCarrier carrier = ScriptedCarrier.ofLines();
        private final Desk desk = Desk.ofLines(carrier);

        BatchLab() {
            carrier.onEffect((call, moment) -> deaths.effect(call + ":" + moment));
            desk.store.onEffect(deaths::effect);
            desk.bus.onEffect(deaths::effect);
        }

        boolean deliverAndDieAt(int effect) {
            deaths.dieAt(effect);
            try {
                desk.deliverTogether(BATCH);
                return false;
            } catch (Deaths.Died e) {
                return true;
            } finally {
                desk.clock.forward(Desk.VISIBILITY);
            }
        }

        void holds(String when) {
            for (Imei imei : IMEIS) {
                assertThat(carrier.registrations(imei)).as(when).isEqualTo(1);
                Lifecycle end = desk.lifecycle(imei);
                if (end instanceof Activating activating) {
                    assertThat(activating.accepted()).as(when).isTrue();
                    assertThat(carrier.activations(imei)).as(when).isEqualTo(1);
                    assertThat(desk.device(imei).progress().requestId())
                            .as(when)
                            .isPresent();
                } else {
                    assertThat(end).as(when).isInstanceOfAny(Lifecycle.Unclear.class, Lifecycle.Failed.class);
                    assertThat(carrier.activations(imei)).as(when).isLessThanOrEqualTo(1);
                }
            }
        }
    }
}

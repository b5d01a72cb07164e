package dev.fleetline.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WindowProperties {

    private static final Lines BATTERY = HealthSettings.DEFAULTS.ofFleet().battery();

    @Property(tries = 300)
    void any_order_with_any_repetition_ends_in_the_same_window(
            @ForAll("readings") List<Reading> readings, @ForAll Random chance) {
        List<Reading> disordered = new ArrayList<>(readings);
        readings.forEach(reading -> {
            if (chance.nextBoolean()) {
                disordered.add(reading);
            }
        });
        Collections.shuffle(disordered, chance);

        Window inOrder = window(readings);
        Window another = window(disordered);

        assertThat(another).isEqualTo(inOrder);
        assertThat(another.state(BATTERY)).isEqualTo(inOrder.state(BATTERY));
    }

    /** At most as many different moments as a window holds; two values for one moment are among them. */
    @Provide
    Arbitrary<List<Reading>> readings() {
        Arbitrary<Reading> reading = Combinators.combine(
                        Arbitraries.integers().between(0, Window.SIZE - 1),
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.of(Charging.class))
                .as((minute, percent, charging) ->
                        new Reading(Trackers.NOON.plusSeconds(60L * minute), percent, charging));
        return reading.list().ofMinSize(1).ofMaxSize(60);
    }

    private static Window window(List<Reading> readings) {
        Window window = Window.EMPTY;
        for (Reading reading : readings) {
            window = window.with(reading, BATTERY);
        }
        return window;
    }
}

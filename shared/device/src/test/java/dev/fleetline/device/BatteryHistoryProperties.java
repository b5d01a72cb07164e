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

class BatteryHistoryProperties {

    @Property(tries = 300)
    void any_order_with_any_repetition_ends_in_the_same_history(
            @ForAll("readings") List<Reading> readings, @ForAll Random chance) {
        List<Reading> disordered = new ArrayList<>(readings);
        readings.forEach(reading -> {
            if (chance.nextBoolean()) {
                disordered.add(reading);
            }
        });
        Collections.shuffle(disordered, chance);

        BatteryHistory inOrder = history(readings);
        BatteryHistory another = history(disordered);

        assertThat(another).isEqualTo(inOrder);
        assertThat(another.sinceReplaced()).isEqualTo(inOrder.sinceReplaced());
        assertThat(BatteryEnd.of(another)).isEqualTo(BatteryEnd.of(inOrder));
    }

    @Property(tries = 100)
    void it_never_holds_more_than_its_days_and_they_are_in_order(@ForAll("readings") List<Reading> readings) {
        List<BatteryHistory.Day> days = history(readings).days();

        assertThat(days).hasSizeLessThanOrEqualTo(BatteryHistory.DAYS);
        assertThat(days.getFirst().date())
                .isAfterOrEqualTo(days.getLast().date().minusDays(BatteryHistory.DAYS - 1));
        assertThat(days).extracting(BatteryHistory.Day::date).isSorted().doesNotHaveDuplicates();
    }

    /** More days than a history holds, several readings on some of them. */
    @Provide
    Arbitrary<List<Reading>> readings() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 150 * 4),
                        Arbitraries.doubles().between(0, 100),
                        Arbitraries.of(Charging.class))
                .as((quarter, percent, charging) ->
                        new Reading(Trackers.NOON.plusSeconds(21_600L * quarter), percent, charging))
                .list()
                .ofMinSize(1)
                .ofMaxSize(300);
    }

    private static BatteryHistory history(List<Reading> readings) {
        BatteryHistory history = BatteryHistory.NONE;
        for (Reading reading : readings) {
            history = history.with(reading);
        }
        return history;
    }
}

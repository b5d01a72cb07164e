package dev.fleetline.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class VitalsProperties {

    private static final HealthNumbers NUMBERS = HealthSettings.DEFAULTS.ofFleet();

    /** Less than a window holds, so that no report arrives when its place has left the window. */
    private static final int DISORDER = 16;

    @Property(tries = 100)
    void any_disorder_within_the_window_with_any_repetition_ends_in_the_same_vitals(@ForAll Random chance) {
        List<Report> reports = reports(chance);
        List<Report> disordered = new ArrayList<>();
        for (int start = 0; start < reports.size(); start += DISORDER) {
            List<Report> some = new ArrayList<>(reports.subList(start, Math.min(start + DISORDER, reports.size())));
            some.addAll(some.subList(0, chance.nextInt(some.size())));
            Collections.shuffle(some, chance);
            disordered.addAll(some);
        }

        Vitals inOrder = vitals(reports);
        Vitals another = vitals(disordered);

        assertThat(another).isEqualTo(inOrder);
        for (Measure measure : Measure.values()) {
            assertThat(another.standing(measure, NUMBERS)).isEqualTo(inOrder.standing(measure, NUMBERS));
        }
    }

    @Property(tries = 100)
    void wakes_are_the_same_in_whatever_order_reports_come(@ForAll Random chance) {
        List<Report> reports = reports(chance);
        List<Report> disordered = new ArrayList<>(reports);
        Collections.shuffle(disordered, chance);

        assertThat(vitals(disordered).wakes()).isEqualTo(vitals(reports).wakes());
        assertThat(vitals(disordered).lastSeen()).isEqualTo(vitals(reports).lastSeen());
    }

    /** Some weeks of them, the signal coming and going. */
    private static List<Report> reports(Random chance) {
        List<Report> reports = new ArrayList<>();
        Instant at = Trackers.NOON;
        for (int count = 0; count < 150; count++) {
            at = at.plus(Duration.ofMinutes(1L + chance.nextInt(600)));
            Map<Measure, Reading> readings = new EnumMap<>(Measure.class);
            readings.put(Measure.RSRP, Reading.of(at, -85 - chance.nextInt(40)));
            readings.put(Measure.BATTERY, new Reading(at, chance.nextInt(101), charging(chance)));
            if (chance.nextBoolean()) {
                readings.put(Measure.SINR, Reading.of(at, chance.nextInt(20) - 8));
            }
            reports.add(new Report(Optional.empty(), Optional.of(Trackers.IMEI), at, readings, Optional.empty()));
        }
        return reports;
    }

    private static Charging charging(Random chance) {
        return List.of(Charging.YES, Charging.NO, Charging.UNKNOWN).get(chance.nextInt(3));
    }

    private static Vitals vitals(List<Report> reports) {
        Vitals vitals = Vitals.NONE;
        for (Report report : reports) {
            vitals = vitals.with(report, NUMBERS);
        }
        return vitals;
    }
}

package dev.fleetline.callbackprocessor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
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

/** Reports arrive late, twice and out of order; where they end must not depend on it. */
class OrderProperties {

    private static final Instant FIRST = Instant.parse("2026-03-02T10:00:00Z");

    @Property(tries = 300)
    void any_permutation_with_repetition_ends_in_the_same_vitals_and_conditions(
            @ForAll("reports") List<String> reports, @ForAll Random random) {
        List<String> disordered = new ArrayList<>(reports);
        disordered.addAll(reports.subList(0, random.nextInt(reports.size())));
        Collections.shuffle(disordered, random);

        Fleet asTheyCame = new Fleet().hasTracker(Fleet.activating());
        disordered.forEach(asTheyCame::receives);
        Fleet inOrder = new Fleet().hasTracker(Fleet.activating());
        reports.forEach(inOrder::receives);

        assertThat(asTheyCame.tracker().vitals()).isEqualTo(inOrder.tracker().vitals());
        assertThat(asTheyCame.openConditions()).isEqualTo(inOrder.openConditions());
    }

    /** At most as many as a window holds, over six hours; some at the same moment. */
    @Provide
    Arbitrary<List<String>> reports() {
        Arbitrary<Integer> minutes = Arbitraries.integers().between(0, 360);
        Arbitrary<Integer> batteries = Arbitraries.integers().between(1, 40);
        Arbitrary<Integer> signals = Arbitraries.integers().between(-130, -90);
        return Combinators.combine(minutes, batteries, signals)
                .as((minute, battery, signal) -> Fleet.report(
                        "e-" + minute + "-" + battery + signal,
                        FIRST.plusSeconds(60L * minute),
                        "\"battery\":\"" + battery + "\",\"signalStrength\":\"" + signal + "\""))
                .list()
                .ofMinSize(1)
                .ofMaxSize(32);
    }
}

package dev.fleetline.applying;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.device.Device;
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
    void any_permutation_with_repetition_ends_in_the_same_device_and_the_same_open_conditions(
            @ForAll("reports") List<String> reports, @ForAll Random random) {
        List<String> disordered = new ArrayList<>(reports);
        disordered.addAll(reports.subList(0, random.nextInt(reports.size())));
        Collections.shuffle(disordered, random);

        Fleet asTheyCame = new Fleet().hasTracker(Fleet.activating());
        disordered.forEach(asTheyCame::receives);
        Fleet inOrder = new Fleet().hasTracker(Fleet.activating());
        reports.forEach(inOrder::receives);

        // how often it was stored on the way is not what it is
        assertThat(asTheyCame.tracker().at(0)).isEqualTo(inOrder.tracker().at(0));
        assertThat(asTheyCame.openConditions()).isEqualTo(inOrder.openConditions());

        Device before = asTheyCame.tracker();
        asTheyCame.store.deliveries().forEach(asTheyCame.applyDelivery::again);
        assertThat(asTheyCame.tracker()).as("played again").isEqualTo(before);
    }

    /** At most as many as a window holds, over six hours; partial ones, of all kinds, some at the same moment. */
    @Provide
    Arbitrary<List<String>> reports() {
        Arbitrary<Integer> minutes = Arbitraries.integers().between(0, 360);
        Arbitrary<Integer> batteries = Arbitraries.integers().between(1, 40);
        Arbitrary<Integer> signals = Arbitraries.integers().between(-130, -90);
        Arbitrary<String> fields = Combinators.combine(batteries, signals)
                .flatAs((battery, signal) -> Arbitraries.of(
                        "\"battery\":\"" + battery + "\",\"signalStrength\":\"" + signal + "\"",
                        "\"battery\":\"" + battery + "\"",
                        "\"signalStrength\":\"" + signal + "\"",
                        "\"temperature\":\"18.4\""));
        Arbitrary<String> kinds = Arbitraries.of("ts.event", "ts.event.diagnostics", "ts.event.security");
        return Combinators.combine(minutes, fields, kinds)
                .as((minute, changed, kind) -> Fleet.report(
                                "e-" + minute + "-" + Integer.toHexString((changed + kind).hashCode()),
                                FIRST.plusSeconds(60L * minute),
                                changed)
                        .replace("\"kind\":\"ts.event\"", "\"kind\":\"" + kind + "\""))
                .list()
                .ofMinSize(1)
                .ofMaxSize(32);
    }
}

package dev.fleetline.applying;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.callback.Deliveries;
import dev.fleetline.callback.Delivery;
import dev.fleetline.device.Device;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Messages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What was received is applied late, twice and out of order; where it ends must not depend on it.
 *
 * <p>Reports alone end in the same device, to the last field. Where the carrier's words cross them, what may differ is
 * since when the device is in its state, and whether one that was put back has been seen since, which its next report
 * mends.
 */
class OrderProperties {

    private static final Instant FIRST = Instant.parse("2026-03-02T10:00:00Z");

    /** Far less than a window holds. */
    private static final int DISORDER = 8;

    @Property(tries = 300)
    void any_permutation_with_repetition_ends_in_the_same_device_and_the_same_open_conditions(
            @ForAll("fewReports") List<Delivery> reports, @ForAll Random random) {
        List<Delivery> disordered = repeated(reports, random);
        Collections.shuffle(disordered, random);

        Fleet asTheyCame = fleetThatReceives(disordered);
        Fleet inOrder = fleetThatReceives(reports);

        assertThat(whatItIs(asTheyCame)).isEqualTo(whatItIs(inOrder));
        assertThat(asTheyCame.openConditions()).isEqualTo(inOrder.openConditions());

        Device before = asTheyCame.tracker();
        asTheyCame.store.deliveries().forEach(asTheyCame::again);
        assertThat(asTheyCame.tracker()).as("played again").isEqualTo(before);
    }

    @Property(tries = 40)
    void more_than_a_window_holds_may_be_in_disorder_as_long_as_none_is_later_than_the_window_is_long(
            @ForAll("manyReports") List<Delivery> reports, @ForAll Random random) {
        Fleet asTheyCame = fleetThatReceives(locallyDisordered(reports, random));
        Fleet inOrder = fleetThatReceives(reports);

        assertThat(whatItIs(asTheyCame)).isEqualTo(whatItIs(inOrder));
        assertThat(asTheyCame.openConditions()).isEqualTo(inOrder.openConditions());
    }

    @Property(tries = 150)
    void the_carrier_s_words_among_them_end_in_the_same_line_the_same_sim_and_the_same_open_conditions(
            @ForAll("fewReports") List<Delivery> reports,
            @ForAll("words") List<Delivery> words,
            @ForAll Random random) {
        List<Delivery> all = new ArrayList<>(reports);
        all.addAll(words);
        all.sort(Comparator.comparing(Delivery::receivedAt));
        List<Delivery> disordered = repeated(all, random);
        Collections.shuffle(disordered, random);

        Lifecycle active = new Lifecycle.ActiveUnseen(FIRST.minusSeconds(60));
        Fleet asTheyCame = fleetThatReceives(disordered, active);
        Fleet inOrder = fleetThatReceives(all, active);

        assertThat(line(asTheyCame)).isEqualTo(line(inOrder));
        assertThat(asTheyCame.tracker().order()).isEqualTo(inOrder.tracker().order());
        assertThat(asTheyCame.tracker().said().sim())
                .isEqualTo(inOrder.tracker().said().sim());
        assertThat(asTheyCame.tracker().vitals()).isEqualTo(inOrder.tracker().vitals());
        assertThat(asTheyCame.openConditions()).isEqualTo(inOrder.openConditions());

        String before = line(asTheyCame);
        asTheyCame.store.deliveries().forEach(asTheyCame::again);
        assertThat(line(asTheyCame)).as("played again").isEqualTo(before);
    }

    /**
     * Without what depends on how it came to be so: how often it was stored and what people were told on the way, and by
     * when it is looked at, which is moved as seldom as may be.
     */
    private static Device whatItIs(Fleet fleet) {
        return fleet.tracker().at(0).with(Messages.NONE).dueAt(Optional.empty());
    }

    /** At most as many as a window holds, over six hours; partial ones, of all kinds, some at the same moment. */
    @Provide
    Arbitrary<List<Delivery>> fewReports() {
        return reports(Arbitraries.integers().between(0, 360))
                .list()
                .ofMinSize(1)
                .ofMaxSize(32);
    }

    /** More than twice as many, in the order of their times. */
    @Provide
    Arbitrary<List<Delivery>> manyReports() {
        return reports(Arbitraries.integers().between(0, 360)).list().ofSize(80).map(reports -> reports.stream()
                .sorted(Comparator.comparing(report -> report.id().sortKey()))
                .toList());
    }

    /** In any order, each at a moment of its own. */
    @Provide
    Arbitrary<List<Delivery>> words() {
        return Arbitraries.of(
                        "\"suspendResponse\":{}",
                        "\"restoreResponse\":{\"restored\":true}",
                        "\"changeIdentifierResponse\":{\"deviceIds\":[{\"id\":\"89148000009999900022\",\"kind\":\"iccid\"}]}",
                        "\"changeIdentifierResponse\":{\"deviceIds\":[{\"id\":\"89148000009999900030\",\"kind\":\"iccid\"}]}")
                .list()
                .ofMaxSize(6)
                .map(words -> IntStream.range(0, words.size())
                        .mapToObj(place -> said(words.get(place), FIRST.plusSeconds(60 + 3_600L * place)))
                        .toList());
    }

    private static Arbitrary<Delivery> reports(Arbitrary<Integer> minutes) {
        Arbitrary<Integer> batteries = Arbitraries.integers().between(1, 40);
        Arbitrary<Integer> signals = Arbitraries.integers().between(-130, -90);
        Arbitrary<String> fields = Combinators.combine(batteries, signals)
                .flatAs((battery, signal) -> Arbitraries.of(
                        "\"battery\":\"" + battery + "\",\"signalStrength\":\"" + signal + "\"",
                        "\"battery\":\"" + battery + "\"",
                        "\"signalStrength\":\"" + signal + "\"",
                        "\"temperature\":\"18.4\""));
        Arbitrary<String> kinds = Arbitraries.of("ts.event", "ts.event.diagnostics", "ts.event.security");
        Arbitrary<Integer> delays = Arbitraries.integers().between(0, 900);
        return Combinators.combine(minutes, fields, kinds, delays).as(OrderProperties::report);
    }

    private static Delivery report(int minute, String changed, String kind, int delay) {
        String id = "e-" + minute + "-" + Integer.toHexString((changed + kind).hashCode());
        Instant at = FIRST.plusSeconds(60L * minute);
        return Deliveries.streamed(
                Fleet.report(id, at, changed).replace("\"kind\":\"ts.event\"", "\"kind\":\"" + kind + "\""),
                at.plusSeconds(delay));
    }

    private static Delivery said(String response, Instant receivedAt) {
        String body = "{\"deviceIds\":[{\"id\":\"999999000000014\",\"kind\":\"imei\"}],\"deviceResponse\":{" + response
                + "},\"requestId\":\"" + receivedAt + "\",\"status\":\"Success\"}";
        return Deliveries.calledBack("CarrierService", body.getBytes(UTF_8), receivedAt);
    }

    private static List<Delivery> repeated(List<Delivery> deliveries, Random random) {
        List<Delivery> repeated = new ArrayList<>(deliveries);
        repeated.addAll(deliveries.subList(0, random.nextInt(deliveries.size())));
        return repeated;
    }

    private static List<Delivery> locallyDisordered(List<Delivery> deliveries, Random random) {
        List<Delivery> disordered = new ArrayList<>();
        for (int place = 0; place < deliveries.size(); place += DISORDER) {
            List<Delivery> near =
                    new ArrayList<>(deliveries.subList(place, Math.min(deliveries.size(), place + DISORDER)));
            near.addAll(deliveries.subList(Math.max(0, place - DISORDER), place));
            Collections.shuffle(near, random);
            disordered.addAll(near);
        }
        return disordered;
    }

    private static Fleet fleetThatReceives(List<Delivery> deliveries) {
        return fleetThatReceives(deliveries, new Lifecycle.Activating(true, FIRST.minusSeconds(60)));
    }

    private static Fleet fleetThatReceives(List<Delivery> deliveries, Lifecycle before) {
        Fleet fleet = new Fleet().hasTracker(before);
        deliveries.forEach(fleet::receives);
        return fleet;
    }

    /** On the network, off it for a while, or not yet on it. */
    private static String line(Fleet fleet) {
        return switch (fleet.tracker().lifecycle()) {
            case Lifecycle.ActiveUnseen _, Lifecycle.InService _ -> "on the network";
            case Lifecycle other -> other.name();
        };
    }
}

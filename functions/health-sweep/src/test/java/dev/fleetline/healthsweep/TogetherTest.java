package dev.fleetline.healthsweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.alert.Subject;
import dev.fleetline.alert.Subject.OfCell;
import dev.fleetline.alert.Subject.OfFleet;
import dev.fleetline.alert.Subject.OfSite;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Severity;
import dev.fleetline.sweepfiles.LossCandidate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From how many lost devices on it is one cause. */
class TogetherTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @ParameterizedTest(name = "{0} of a site of {1}: {2}")
    @CsvSource({"4, 5, false", "5, 5, true", "5, 10, true", "5, 11, false", "6, 12, true", "4, 4, false"})
    void five_and_half_of_a_site_is_the_site(int lost, int of, boolean isSite) {
        Sizes sizes = new Sizes(1_000, Map.of("north", of), Map.of());

        assertThat(subjects(lost(lost, Optional.of("north"), Optional.empty()), sizes))
                .isEqualTo(isSite ? List.of(new OfSite("north")) : List.of());
    }

    @ParameterizedTest(name = "{0} of a fleet of {1}: {2}")
    @CsvSource({"20, 200, false", "21, 200, true", "20, 199, true", "19, 20, false", "20, 20, true"})
    void twenty_and_more_than_a_tenth_of_the_fleet_is_the_fleet(int lost, int of, boolean isFleet) {
        Sizes sizes = new Sizes(of, Map.of(), Map.of());

        assertThat(subjects(lost(lost, Optional.empty(), Optional.empty()), sizes))
                .isEqualTo(isFleet ? List.of(new OfFleet()) : List.of());
    }

    @ParameterizedTest(name = "{0} of a site of 10: {1}")
    @CsvSource({"5, true", "4, true", "3, false"})
    void a_site_that_is_told_goes_on_while_four_fifths_of_what_began_it_are_lost(int lost, boolean goesOn) {
        Subject north = new OfSite("north");

        assertThat(subjects(
                        lost(lost, Optional.of("north"), Optional.empty()),
                        new Sizes(1_000, Map.of("north", 10), Map.of()),
                        Set.of(north)))
                .isEqualTo(goesOn ? List.of(north) : List.of());
    }

    @ParameterizedTest(name = "{0} of a fleet of 300: {1}")
    @CsvSource({"30, true", "25, true", "24, false"})
    void a_fleet_that_is_told_goes_on_while_four_fifths_of_what_began_it_are_lost(int lost, boolean goesOn) {
        Subject fleet = new OfFleet();

        assertThat(subjects(
                        lost(lost, Optional.empty(), Optional.empty()),
                        new Sizes(300, Map.of(), Map.of()),
                        Set.of(fleet)))
                .isEqualTo(goesOn ? List.of(fleet) : List.of());
    }

    @Test
    void devices_of_no_lost_site_that_were_heard_in_one_cell_last_are_the_cell() {
        List<LossCandidate> lost = new ArrayList<>(lost(3, Optional.of("north"), Optional.of("311480-77")));
        lost.addAll(lost(2, Optional.empty(), Optional.of("311480-77")));
        Sizes sizes = new Sizes(1_000, Map.of("north", 100), Map.of("311480-77", 10));

        assertThat(subjects(lost, sizes)).containsExactly(new OfCell("311480-77"));
    }

    @Test
    void who_belongs_to_a_lost_site_is_not_counted_for_a_cell_too_and_the_fleet_is_for_all() {
        List<LossCandidate> lost = lost(8, Optional.of("north"), Optional.of("311480-77"));

        assertThat(subjects(lost, new Sizes(1_000, Map.of("north", 10), Map.of("311480-77", 10))))
                .containsExactly(new OfSite("north"));
        assertThat(subjects(
                        lost(30, Optional.of("north"), Optional.of("311480-77")),
                        new Sizes(100, Map.of("north", 30), Map.of("311480-77", 30))))
                .containsExactly(new OfFleet());
    }

    @Test
    void of_what_nobody_has_counted_nothing_is_said() {
        assertThat(subjects(lost(50, Optional.of("north"), Optional.of("311480-77")), Sizes.NONE))
                .isEmpty();
    }

    private static List<Subject> subjects(List<LossCandidate> lost, Sizes sizes) {
        return subjects(lost, sizes, Set.of());
    }

    private static List<Subject> subjects(List<LossCandidate> lost, Sizes sizes, Set<Subject> told) {
        return Together.of(lost, sizes, told).stream().map(Together::subject).toList();
    }

    private static List<LossCandidate> lost(int count, Optional<String> site, Optional<String> cell) {
        List<LossCandidate> lost = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            lost.add(new LossCandidate(
                    Fleet.imei(number),
                    "0999000001-00001",
                    "core",
                    site,
                    cell,
                    Condition.NETWORK_LOST,
                    Severity.WARNING,
                    NOON,
                    2,
                    false,
                    Optional.empty()));
        }
        return lost;
    }
}

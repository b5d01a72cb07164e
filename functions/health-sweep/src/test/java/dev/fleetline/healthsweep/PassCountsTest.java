package dev.fleetline.healthsweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.alert.JudgeDevice.Judged;
import dev.fleetline.sweepfiles.SweepKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of what must be judged has to be, before anything is said of sites and the fleet. */
class PassCountsTest {

    @ParameterizedTest(name = "{0} judged, {1} not: {2}")
    @CsvSource({"199, 1, true", "198, 2, false", "398, 2, true", "397, 3, false", "0, 0, true", "0, 1, false"})
    void of_a_night_995_in_1000_are_enough(int judged, int skipped, boolean isComplete) {
        assertThat(complete(SweepKind.FLEET, judged, skipped, 0, Sizes.NONE)).isEqualTo(isComplete);
    }

    @ParameterizedTest(name = "1 of 3 due not judged, of a fleet of {0}: {1}")
    @CsvSource({"200, true", "199, false", "0, false"})
    void of_what_is_due_it_counts_what_the_whole_fleet_may_hide(int fleet, boolean isComplete) {
        assertThat(complete(SweepKind.OVERDUE, 2, 1, 0, new Sizes(fleet, Map.of(), Map.of())))
                .isEqualTo(isComplete);
    }

    @ParameterizedTest
    @CsvSource({"FLEET", "OVERDUE"})
    void a_segment_that_failed_is_never_enough(SweepKind kind) {
        assertThat(complete(kind, 10_000, 0, 1, new Sizes(10_000, Map.of(), Map.of())))
                .isFalse();
    }

    private static boolean complete(SweepKind kind, int judged, int skipped, int failedSegments, Sizes sizes) {
        Tally tally = new Tally(judged, Map.of(), 0, Judged.NOTHING).plus(Tally.skipped(Tally.UNREADABLE, skipped));
        Pass pass = new Pass(kind, "night", Instant.parse("2026-03-02T12:00:00Z"), "request");
        Counted counted = new Counted(tally, sizes, List.of(1), failedSegments, List.of());
        return PassCounts.of(pass, counted, sizes, List.of()).coverage().complete();
    }
}

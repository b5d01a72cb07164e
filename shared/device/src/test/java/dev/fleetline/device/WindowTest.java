package dev.fleetline.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final Lines BATTERY = HealthSettings.DEFAULTS.ofFleet().battery();

    @Test
    void the_same_reading_twice_is_one() {
        Window once = Window.EMPTY.with(reading(1, 8), BATTERY);

        assertThat(once.with(reading(1, 8), BATTERY)).isSameAs(once);
    }

    @Test
    void a_late_reading_finds_its_place() {
        Window window = window(reading(1, 30), reading(3, 8)).with(reading(2, 50), BATTERY);

        assertThat(window.readings()).containsExactly(reading(1, 30), reading(2, 50), reading(3, 8));
        assertThat(window.newest()).contains(reading(3, 8));
        assertThat(window.state(BATTERY).severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void eight_eight_and_twenty_two_end_the_same_in_any_order() {
        List<Reading> three = List.of(reading(1, 8), reading(2, 8), reading(3, 22));
        int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
        for (int[] order : orders) {
            Window window = window(three.get(order[0]), three.get(order[1]), three.get(order[2]));

            assertThat(window.readings()).isEqualTo(three);
            assertThat(window.state(BATTERY).severity()).isEqualTo(Severity.WARNING);
        }
    }

    @Test
    void of_two_values_for_one_moment_the_lower_stays() {
        assertThat(window(reading(1, 9), reading(1, 8)).readings()).containsExactly(reading(1, 8));
        assertThat(window(reading(1, 8), reading(1, 9)).readings()).containsExactly(reading(1, 8));
    }

    @Test
    void what_leaves_a_full_window_stays_in_the_state() {
        Window window = window(reading(0, 20), reading(1, 20));
        for (int minute = 2; minute < 2 + 40; minute++) {
            window = window.with(reading(minute, 22), BATTERY);
        }

        assertThat(window.readings()).hasSize(Window.SIZE);
        assertThat(window.state(BATTERY).severity()).isEqualTo(Severity.WARNING);
        assertThat(window.state(BATTERY).since()).contains(at(1));
    }

    @Test
    void a_reading_from_beyond_the_edge_changes_nothing() {
        Window window = window(IntStream.range(0, Window.SIZE + 2)
                .mapToObj(minute -> reading(minute, 50))
                .toArray(Reading[]::new));

        assertThat(window.with(reading(0, 3), BATTERY)).isSameAs(window);
        assertThat(window.with(reading(1, 3), BATTERY)).isSameAs(window);
        assertThat(window.with(reading(2, 3), BATTERY)).isNotEqualTo(window);
    }

    private static Window window(Reading... readings) {
        Window window = Window.EMPTY;
        for (Reading reading : readings) {
            window = window.with(reading, BATTERY);
        }
        return window;
    }

    private static Reading reading(int minute, double percent) {
        return Reading.of(at(minute), percent);
    }

    private static Instant at(int minute) {
        return Trackers.NOON.plusSeconds(60L * minute);
    }
}

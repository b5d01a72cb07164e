package dev.fleetline.thingspacesimulator.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgendaTest {

    private static final Instant START = Instant.parse("2026-03-02T15:00:00Z");

    private final SimulatorClock clock = SimulatorClock.standingAt(START);
    private final Agenda agenda = new Agenda(clock);
    private final List<String> done = new ArrayList<>();

    @Test
    void nothing_is_done_before_its_time() {
        agenda.at(START.plusSeconds(10), _ -> done.add("it"));

        clock.forward(Duration.ofSeconds(9));
        agenda.settle();
        assertThat(done).isEmpty();
        assertThat(agenda.waiting()).isEqualTo(1);

        clock.forward(Duration.ofSeconds(1));
        agenda.settle();
        assertThat(done).containsExactly("it");
        assertThat(agenda.waiting()).isZero();
    }

    @Test
    void a_jump_does_things_in_the_order_of_their_times_those_put_down_on_the_way_included() {
        agenda.at(START.plusSeconds(30), _ -> done.add("third"));
        agenda.at(START.plusSeconds(10), due -> {
            done.add("first, due " + Duration.between(START, due).toSeconds());
            agenda.at(due.plusSeconds(10), _ -> done.add("second"));
        });
        agenda.at(START.plusSeconds(30), _ -> done.add("fourth"));

        clock.forward(Duration.ofDays(1));
        agenda.settle();

        assertThat(done).containsExactly("first, due 10", "second", "third", "fourth");
    }

    @Test
    void one_thing_that_fails_does_not_stop_the_others() {
        agenda.at(START, _ -> {
            throw new IllegalStateException("thrown on purpose");
        });
        agenda.at(START, _ -> done.add("the next"));

        agenda.settle();

        assertThat(done).containsExactly("the next");
    }

    @Test
    void a_clock_is_not_moved_backwards() {
        assertThatThrownBy(() -> clock.forward(Duration.ofSeconds(-1))).hasMessageContaining("forward");
        assertThat(clock.instant()).isEqualTo(START);
    }
}

package dev.fleetline.thingspacem2m;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.testing.InMemoryClaims;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClaimedPaceTest {

    private static final int PLATFORMS_LIMIT = 100;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-02T15:00:03Z"));
    private final InMemoryStore store = new InMemoryStore();
    private final ActivationPace pace = new ClaimedPace(new InMemoryClaims(store), clock);

    @Test
    void instances_share_what_is_left_and_are_told_when_there_is_more() {
        ActivationPace other = new ClaimedPace(new InMemoryClaims(store), clock);
        for (int i = 0; i < ClaimedPace.MOST / 2; i++) {
            assertThat(pace.take()).isEmpty();
            assertThat(other.take()).isEmpty();
        }

        assertThat(other.take()).contains(Duration.ofSeconds(7));
        Duration wait = pace.take().orElseThrow();
        clock.forward(wait.minusMillis(1));
        assertThat(pace.take()).contains(Duration.ofMillis(1));
        clock.forward(Duration.ofMillis(1));
        assertThat(pace.take()).isEmpty();
    }

    @Test
    void no_minute_has_more_than_the_platform_takes_wherever_it_begins() {
        clock.set(Instant.parse("2026-03-02T15:00:09.900Z"));
        List<Instant> sent = new ArrayList<>();
        for (Instant end = clock.instant().plus(Duration.ofMinutes(4));
                clock.instant().isBefore(end); ) {
            Optional<Duration> wait = pace.take();
            if (wait.isEmpty()) {
                sent.add(clock.instant());
            } else {
                clock.forward(Duration.ofMillis(100));
            }
        }

        assertThat(sent).hasSizeGreaterThan(4 * 80);
        assertThat(sent).allSatisfy(begin -> assertThat(sent.stream()
                        .filter(at -> !at.isBefore(begin) && at.isBefore(begin.plus(Duration.ofMinutes(1)))))
                .hasSizeLessThanOrEqualTo(PLATFORMS_LIMIT));
    }
}

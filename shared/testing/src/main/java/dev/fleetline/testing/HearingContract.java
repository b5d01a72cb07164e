package dev.fleetline.testing;

import static dev.fleetline.testing.SampleFleet.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.callback.Hearing;
import dev.fleetline.callback.Hearing.Heard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Hearing} must do. */
public abstract class HearingContract {

    /** One that has heard nothing; the same during a test. */
    protected abstract Hearing hearing();

    @Test
    void of_a_source_that_was_never_heard_nothing_is_known() {
        assertThat(hearing().of("stream")).isEmpty();
    }

    @Test
    void a_source_is_remembered_with_its_first_and_last_time_and_its_usual_gap() {
        hearing().heard("stream", NOON);
        hearing().heard("stream", at(10));
        hearing().heard("callback/CarrierService", at(12));
        hearing().heard("stream", at(15));

        Heard heard = hearing().of("stream").orElseThrow();
        assertThat(heard.first()).isEqualTo(NOON);
        assertThat(heard.last()).isEqualTo(at(15));
        assertThat(heard.usualGap()).isBetween(Duration.ofMinutes(10).minusSeconds(1), Duration.ofMinutes(10));
        assertThat(hearing().of("callback/CarrierService")).contains(Heard.forTheFirstTime(at(12)));
    }

    @Test
    void what_is_older_than_the_last_or_comes_within_a_minute_of_it_changes_nothing() {
        hearing().heard("stream", NOON);
        hearing().heard("stream", NOON.plusSeconds(59));
        hearing().heard("stream", NOON.minusSeconds(3_600));

        assertThat(hearing().of("stream")).contains(Heard.forTheFirstTime(NOON));
    }

    @Test
    void of_a_source_that_was_forgotten_nothing_is_known() {
        hearing().heard("stream", NOON);
        hearing().heard("callback/CarrierService", NOON);

        hearing().forget("stream");
        hearing().forget("callback/NiddService");

        assertThat(hearing().of("stream")).isEmpty();
        assertThat(hearing().of("callback/CarrierService")).isPresent();
    }

    @Test
    void of_many_who_note_the_same_one_counts_and_none_fails() throws Exception {
        hearing().heard("stream", NOON);

        List<Boolean> done = Race.of(() -> {
            hearing().heard("stream", at(4));
            return true;
        });

        assertThat(done).containsOnly(true);
        assertThat(hearing().of("stream")).contains(new Heard(NOON, at(4), Duration.ofMinutes(4)));
    }

    private static Instant at(int minutes) {
        return NOON.plus(Duration.ofMinutes(minutes));
    }
}

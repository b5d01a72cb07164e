package dev.fleetline.local.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DueTest {

    /** A Monday. */
    private static final Instant BEGAN = Instant.parse("2026-03-02T15:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rate(5 minutes)          | 2026-03-02T15:00:00Z | 2026-03-02T15:05:00Z
            rate(5 minutes)          | 2026-03-02T15:04:59Z | 2026-03-02T15:05:00Z
            rate(5 minutes)          | 2026-03-02T15:05:00Z | 2026-03-02T15:10:00Z
            rate(1 hour)             | 2026-03-03T15:30:00Z | 2026-03-03T16:00:00Z
            rate(1 day)              | 2026-03-02T15:00:00Z | 2026-03-03T15:00:00Z
            cron(0 3 * * ? *)        | 2026-03-02T15:00:00Z | 2026-03-03T03:00:00Z
            cron(0 3 * * ? *)        | 2026-03-03T03:00:00Z | 2026-03-04T03:00:00Z
            cron(0/15 8-9 ? * MON-FRI *) | 2026-03-06T09:45:00Z | 2026-03-09T08:00:00Z
            cron(30 12 1,15 * ? *)   | 2026-03-02T15:00:00Z | 2026-03-15T12:30:00Z
            cron(0 0 ? * SUN *)      | 2026-03-02T15:00:00Z | 2026-03-08T00:00:00Z
            """)
    void the_next_time_comes_after_the_one_asked_about(String expression, Instant time, Instant next) {
        assertThat(Due.parse(expression, BEGAN).after(time)).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-06T08:30:00Z, 2026-03-07T08:30:00Z",
        // the clocks of Chicago jump from 2 to 3 on 8 March, and back from 2 to 1 on 1 November
        "2026-03-07T08:30:00Z, 2026-03-08T08:30:00Z",
        "2026-03-08T08:30:00Z, 2026-03-09T07:30:00Z",
        "2026-10-31T07:30:00Z, 2026-11-01T08:30:00Z"
    })
    void a_time_of_a_zone_follows_its_clocks(Instant time, Instant next) {
        assertThat(Due.parse("cron(30 2 * * ? *)", ZoneId.of("America/Chicago"), BEGAN)
                        .after(time))
                .isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rate(five minutes)", "cron(0 3 * *)", "cron(61 3 * * ? *)", "at(2026-03-02T15:00:00)"})
    void an_expression_that_is_not_understood_is_refused(String expression) {
        assertThatThrownBy(() -> Due.parse(expression, BEGAN)).hasMessageContaining("schedule");
    }

    @Test
    void a_schedule_without_any_time_is_refused() {
        Due never = Due.parse("cron(0 0 31 2 ? *)", BEGAN);
        assertThatThrownBy(() -> never.after(BEGAN)).hasMessageContaining("no time");
    }
}

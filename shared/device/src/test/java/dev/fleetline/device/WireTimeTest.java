package dev.fleetline.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTimeTest {

    @ParameterizedTest(name = "{2}: {0}")
    @CsvSource({
        "2026-03-02T15:04:05.678Z,              2026-03-02T15:04:05.678Z,       resources",
        "2026-03-02T15:04:05.394230017Z,        2026-03-02T15:04:05.394230017Z, configuration events",
        "2026-03-02T15:05:26Z,                  2026-03-02T15:05:26Z,           sensors",
        "2026-03-02T15:05:33.33Z,               2026-03-02T15:05:33.330Z,       diagnostics",
        "2026-03-02T10:42:15-05:00,             2026-03-02T15:42:15Z,           M2M lists",
        "2026-05-01T15:00:00-08:00Z,            2026-05-01T23:00:00Z,           offset and Z at once",
        "3-2-2026 15:03:12,                     2026-03-02T15:03:12Z,           last power on is UTC and month first",
        "12-31-2025 23:59:59,                   2025-12-31T23:59:59Z,           last power on with two digits",
        "03-02-2026,                            2026-03-02T00:00:00Z,           location bills",
        "20260302150421,                        2026-03-02T15:04:21Z,           location",
        "2026-01-10 06:25:25.171 +0000 UTC,     2026-01-10T06:25:25.171Z,       purchase time",
        "' 2026-03-02T15:04:05Z ',              2026-03-02T15:04:05Z,           spaces around it",
    })
    void reads_every_way_the_platform_writes_a_time(String written, Instant meant, String where) {
        assertThat(WireTime.read(written)).as(where).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Not_Supported",
                "0001-01-01T00:00:00Z",
                "2026-02-30T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-03-02",
                "13-32-2026 15:03:12",
                "20261302150421",
                "1772463845",
                "2026-03-02T15:04:05",
                "yesterday"
            })
    void takes_nothing_else_for_a_time(String written) {
        assertThat(WireTime.read(written)).isEmpty();
    }
}

package dev.fleetline.thingspacesimulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class PlatformIdsProperties {

    private static final String PLATFORM_ID =
            "[0-9a-f]{3}1[0-9a-f]{4}-[0-9a-f]{4}-6[0-9a-f]{3}-[ef][0-9a-f]{3}-[0-9a-f]{12}";
    private static final long GREGORIAN_TO_UNIX = 0x01b21dd213814000L;

    @Property(tries = 200)
    void a_device_id_has_the_platforms_look_and_is_the_same_every_time(
            @ForAll @LongRange(min = 100_000_000_000_000L, max = 999_999_999_999_999L) long imei,
            @ForAll @IntRange(max = 5) int life) {
        String id = PlatformIds.device(Long.toString(imei), life);

        assertThat(id).matches(PLATFORM_ID).isEqualTo(PlatformIds.device(Long.toString(imei), life));
        assertThat(PlatformIds.device(Long.toString(imei), life + 1)).isNotEqualTo(id);
        // what strict validators look at: neither version nor variant is one of RFC 4122
        assertThat(UUID.fromString(id).version()).isEqualTo(6);
        assertThat(UUID.fromString(id).variant()).isEqualTo(7);
    }

    @Property(tries = 200)
    void a_version_is_a_time_based_uuid_of_that_millisecond(
            @ForAll @LongRange(min = 0, max = 4_102_444_800_000L) long millis) {
        UUID version = UUID.fromString(new PlatformIds().version(Instant.ofEpochMilli(millis)));

        assertThat(version.version()).isEqualTo(1);
        assertThat(version.variant()).isEqualTo(2);
        assertThat((version.timestamp() - GREGORIAN_TO_UNIX) / 10_000).isEqualTo(millis);
        assertThat(version.node()).isEqualTo(0x02420a000001L);
    }

    @Example
    void ids_that_are_counted_differ_and_begin_with_those_of_the_recorded_messages() {
        PlatformIds ids = new PlatformIds();

        assertThat(ids.nextEvent()).isEqualTo("e0e1f001-0000-6abc-e004-0123456789ab");
        assertThat(ids.nextTarget()).isEqualTo("7a91d001-0000-6abc-e002-0123456789ab");
        assertThat(ids.nextSubscription()).isEqualTo("5b010001-0000-6abc-f003-0123456789ab");
        assertThat(IntStream.range(0, 70_000).mapToObj(_ -> ids.nextEvent()))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches(PLATFORM_ID));
    }

    @Example
    void two_versions_of_one_millisecond_differ() {
        PlatformIds ids = new PlatformIds();
        Instant now = Instant.parse("2026-03-02T15:04:05.678Z");

        assertThat(ids.version(now)).isNotEqualTo(ids.version(now));
    }
}

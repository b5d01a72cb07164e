package dev.fleetline.fleetdynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.device.Charging;
import dev.fleetline.device.FoldState;
import dev.fleetline.device.Measure;
import dev.fleetline.device.Reading;
import dev.fleetline.device.Severity;
import dev.fleetline.device.Vitals;
import dev.fleetline.device.Window;
import java.time.Instant;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class VitalsCodecProperties {

    @Property(tries = 500)
    void any_vitals_come_back_as_they_were(@ForAll("vitals") Vitals vitals) {
        assertThat(VitalsCodec.unpack(VitalsCodec.pack(vitals))).isEqualTo(vitals);
    }

    @Property(tries = 200)
    void vitals_that_end_too_early_are_refused(@ForAll("vitals") Vitals vitals, @ForAll double part) {
        byte[] packed = VitalsCodec.pack(vitals);
        int length = (int) (Math.abs(part % 1) * packed.length);

        assertThatThrownBy(() -> VitalsCodec.unpack(Arrays.copyOf(packed, length)))
                .isInstanceOf(UnreadableItem.class);
    }

    @Property(tries = 500)
    void whatever_bytes_are_read_or_refused_as_unreadable(@ForAll byte[] bytes) {
        byte[] packed = bytes.clone();
        if (packed.length > 0) {
            packed[0] = 1;
        }
        try {
            VitalsCodec.unpack(packed);
        } catch (UnreadableItem e) {
            assertThat(e).hasMessageContaining("packed vitals");
        }
    }

    @Provide
    Arbitrary<Vitals> vitals() {
        return Combinators.combine(Arbitraries.maps(Arbitraries.of(Measure.class), window()), time().optional())
                .as(Vitals::new);
    }

    private static Arbitrary<Window> window() {
        Arbitrary<Reading> fine =
                reading(Arbitraries.integers().between(-2_000_000, 2_000_000).map(value -> value / 10_000.0));
        Arbitrary<Reading> coarse =
                reading(Arbitraries.integers().between(-200, 200).map(Integer::doubleValue));
        Arbitrary<Reading> wild = reading(Arbitraries.doubles());
        return Arbitraries.of(0, 1, 2).flatMap(kind -> {
            Arbitrary<Reading> reading = kind == 0 ? fine : kind == 1 ? coarse : wild;
            return Combinators.combine(reading.list().ofMaxSize(Window.SIZE), state(reading))
                    .as(Window::new);
        });
    }

    private static Arbitrary<Reading> reading(Arbitrary<Double> value) {
        return Combinators.combine(time(), value, Arbitraries.of(Charging.class))
                .as(Reading::new);
    }

    private static Arbitrary<FoldState> state(Arbitrary<Reading> reading) {
        return Combinators.combine(
                        Arbitraries.of(Severity.class),
                        Arbitraries.integers(),
                        reading.optional(),
                        time().optional(),
                        Arbitraries.integers())
                .as(FoldState::new);
    }

    private static Arbitrary<Instant> time() {
        Arbitrary<Instant> seconds =
                Arbitraries.longs().between(1_500_000_000, 2_000_000_000).map(Instant::ofEpochSecond);
        Arbitrary<Instant> millis = Arbitraries.longs()
                .between(1_500_000_000_000L, 2_000_000_000_000L)
                .map(Instant::ofEpochMilli);
        Arbitrary<Instant> nanos = Combinators.combine(
                        Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
                        Arbitraries.longs().between(0, 999_999_999))
                .as(Instant::ofEpochSecond);
        return Arbitraries.oneOf(seconds, millis, nanos);
    }
}

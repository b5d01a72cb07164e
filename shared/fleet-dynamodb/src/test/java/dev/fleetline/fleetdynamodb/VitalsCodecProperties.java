package dev.fleetline.fleetdynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.device.BatteryHistory;
import dev.fleetline.device.Charging;
import dev.fleetline.device.FoldState;
import dev.fleetline.device.Measure;
import dev.fleetline.device.Reading;
import dev.fleetline.device.Severity;
import dev.fleetline.device.SignalDays;
import dev.fleetline.device.Vitals;
import dev.fleetline.device.Wakes;
import dev.fleetline.device.Window;
import dev.fleetline.testing.SampleFleet;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class VitalsCodecProperties {

    @Property(tries = 500)
    void any_vitals_come_back_as_they_were(@ForAll("vitals") Vitals vitals) {
        assertThat(VitalsCodec.unpack(VitalsCodec.pack(vitals))).isEqualTo(vitals);
    }

    @Example
    void vitals_that_were_packed_before_there_was_a_long_memory_have_none() {
        byte[] packed = VitalsCodec.pack(new Vitals(SampleFleet.vitals().windows(), Optional.of(SampleFleet.NOON)));
        byte[] before = Arrays.copyOf(packed, packed.length - 3);
        before[0] = 1;

        assertThat(VitalsCodec.unpack(before))
                .isEqualTo(new Vitals(SampleFleet.vitals().windows(), Optional.of(SampleFleet.NOON)));
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
            packed[0] = (byte) (1 + packed.length % 2);
        }
        try {
            VitalsCodec.unpack(packed);
        } catch (UnreadableItem e) {
            assertThat(e).hasMessageContaining("packed vitals");
        }
    }

    @Provide
    Arbitrary<Vitals> vitals() {
        return Combinators.combine(
                        Arbitraries.maps(Arbitraries.of(Measure.class), window()),
                        time().optional(),
                        seconds().list().ofMaxSize(Wakes.KEPT).map(Wakes::new),
                        signalDay().list().ofMaxSize(SignalDays.DAYS + 1).map(SignalDays::new),
                        batteryDay().list().ofMaxSize(BatteryHistory.DAYS).map(BatteryHistory::new))
                .as(Vitals::new);
    }

    private static Arbitrary<SignalDays.Day> signalDay() {
        return Combinators.combine(
                        date(), Arbitraries.longs(), Arbitraries.integers().between(1, Integer.MAX_VALUE))
                .as(SignalDays.Day::new);
    }

    private static Arbitrary<BatteryHistory.Day> batteryDay() {
        return Combinators.combine(date(), Arbitraries.integers().between(0, 100), Arbitraries.of(true, false))
                .as(BatteryHistory.Day::new);
    }

    private static Arbitrary<LocalDate> date() {
        return Arbitraries.longs().between(-1_000_000, 1_000_000).map(LocalDate::ofEpochDay);
    }

    private static Arbitrary<Instant> seconds() {
        return Arbitraries.longs().between(-3_000_000_000L, 6_000_000_000L).map(Instant::ofEpochSecond);
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

package dev.fleetline.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.device.Finding.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Why a device is lost: what is true of it, and the first line that fits. */
class LossCauseTest {

    private static final Instant NOON = Trackers.NOON;
    private static final Health HEALTH = new Health(HealthSettings.DEFAULTS);
    private static final Circumstances INACTIVE = Circumstances.NONE.carrierSays(Optional.empty(), true);
    private static final Circumstances CONNECTED =
            Circumstances.NONE.carrierSays(Optional.of(NOON.plus(Duration.ofHours(2))), false);

    static Stream<Arguments> losses() {
        return Stream.of(
                lost("nothing is known", device -> device, Circumstances.NONE, Cause.UNKNOWN),
                lost("the carrier says that the line is off", device -> device, INACTIVE, Cause.SIM_INACTIVE),
                lost(
                        "the line was suspended and we did not ask",
                        device -> device.in(new Lifecycle.Suspended(Optional.empty(), false, NOON)),
                        Circumstances.NONE,
                        Cause.SIM_INACTIVE),
                lost(
                        "the line was deactivated and we did not ask",
                        device -> device.in(new Lifecycle.Deactivated(false, NOON)),
                        Circumstances.NONE,
                        Cause.SIM_INACTIVE),
                lost(
                        "the line was taken back",
                        device -> device.in(new Lifecycle.Drifted("NOT_ACTIVE", true, NOON)),
                        Circumstances.NONE,
                        Cause.SIM_INACTIVE),
                lost("the line is off and the battery flat", battery(5, Charging.NO), INACTIVE, Cause.SIM_INACTIVE),
                lost("the battery was at its line", battery(10, Charging.UNKNOWN), CONNECTED, Cause.FLAT_BATTERY),
                lost("the battery was above its line", battery(11, Charging.NO), Circumstances.NONE, Cause.UNKNOWN),
                lost("it was being charged", battery(5, Charging.YES), Circumstances.NONE, Cause.UNKNOWN),
                lost("its end date had passed", LossCauseTest::endedYesterday, Circumstances.NONE, Cause.FLAT_BATTERY),
                lost(
                        "the battery was flat and the signal bad",
                        device -> battery(5, Charging.NO).apply(signal(-125).apply(device)),
                        Circumstances.NONE,
                        Cause.FLAT_BATTERY),
                lost("the signal was bad", signal(-121), CONNECTED, Cause.OUT_OF_COVERAGE),
                lost("the signal was on the line", signal(-120), Circumstances.NONE, Cause.UNKNOWN),
                lost("the signal fell by ten", signal(-90, -93, -97, -100), CONNECTED, Cause.OUT_OF_COVERAGE),
                lost("the signal fell by nine", signal(-90, -93, -97, -99), Circumstances.NONE, Cause.UNKNOWN),
                lost(
                        "the signal fell by ten long ago",
                        signal(-90, -100, -100, -100, -100),
                        Circumstances.NONE,
                        Cause.UNKNOWN),
                lost(
                        "service was gone",
                        device -> Trackers.measured(device, NOON, Measure.SERVICE, 0),
                        CONNECTED,
                        Cause.OUT_OF_COVERAGE),
                lost("the carrier saw a connection since", device -> device, CONNECTED, Cause.APP_SILENT),
                lost(
                        "the carrier said so when it was asked",
                        device -> device,
                        Circumstances.NONE.lostBefore(NOON, Cause.SIM_INACTIVE),
                        Cause.SIM_INACTIVE),
                lost(
                        "the battery was flat, whatever was the cause before",
                        battery(5, Charging.NO),
                        Circumstances.NONE.lostBefore(NOON, Cause.APP_SILENT),
                        Cause.FLAT_BATTERY),
                lost(
                        "the carrier said so of another silence",
                        device -> device,
                        Circumstances.NONE.lostBefore(NOON.minus(Duration.ofDays(1)), Cause.SIM_INACTIVE),
                        Cause.UNKNOWN),
                lost(
                        "the carrier says otherwise now",
                        device -> device,
                        Circumstances.NONE.lostBefore(NOON, Cause.SIM_INACTIVE).carrierSays(Optional.empty(), false),
                        Cause.UNKNOWN),
                lost(
                        "the connection is the one that brought the last report",
                        device -> device,
                        Circumstances.NONE.carrierSays(Optional.of(NOON.plus(Duration.ofMinutes(10))), false),
                        Cause.UNKNOWN),
                lost(
                        "the connection was before",
                        device -> device,
                        Circumstances.NONE.carrierSays(Optional.of(NOON.minus(Duration.ofHours(1))), false),
                        Cause.UNKNOWN));
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("losses")
    void the_first_line_that_fits_is_the_cause(
            String what, UnaryOperator<Device> story, Circumstances circumstances, Cause cause) {
        Device device = story.apply(Trackers.alive(Trackers.inService(), NOON));

        Finding finding = HEALTH.judge(device, circumstances, NOON.plus(Duration.ofDays(2))).stream()
                .filter(found -> found.condition() == Condition.NETWORK_LOST)
                .findFirst()
                .orElseThrow();

        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(finding.cause()).as(what).isEqualTo(cause);
    }

    private static Arguments lost(String what, UnaryOperator<Device> story, Circumstances circumstances, Cause cause) {
        return Arguments.of(what, story, circumstances, cause);
    }

    private static UnaryOperator<Device> battery(double percent, Charging charging) {
        return device -> device.reported(
                Trackers.report(NOON, Measure.BATTERY, new Reading(NOON, percent, charging)),
                HealthSettings.DEFAULTS,
                NOON);
    }

    private static UnaryOperator<Device> signal(double... values) {
        return device -> {
            Device changed = device;
            Instant at = NOON.minusSeconds(60L * values.length);
            for (double value : values) {
                at = at.plusSeconds(60);
                changed = Trackers.measured(changed, at, Measure.RSRP, value);
            }
            return changed;
        };
    }

    /** From 100 by five a day, so that it would have had none on the first of March; its last word is of 25 %. */
    private static Device endedYesterday(Device device) {
        Device changed = Trackers.inService();
        for (int day = 0; day < 16; day++) {
            Instant at = NOON.minus(Duration.ofDays(20)).plus(Duration.ofDays(day));
            changed = Trackers.measured(changed, at, Measure.BATTERY, 100 - 5 * day);
        }
        return changed;
    }
}

package dev.fleetline.device;

import dev.fleetline.device.Circumstances.CarrierView;
import dev.fleetline.device.Circumstances.LossBefore;
import dev.fleetline.device.Finding.Cause;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Why a device is silent; the first line that fits. */
final class LossCause {

    private static final int FADING_READINGS = 4;

    /** A connection no later than this after the last report is the one that brought it. */
    private static final Duration SAME_CONNECTION = Duration.ofMinutes(10);

    private final Device device;
    private final HealthNumbers numbers;
    private final Circumstances circumstances;

    LossCause(Device device, HealthNumbers numbers, Circumstances circumstances) {
        this.device = device;
        this.numbers = numbers;
        this.circumstances = circumstances;
    }

    Cause at(Instant now) {
        Cause shown = shown(now);
        return circumstances.carrier().isPresent()
                ? shown
                : circumstances
                        .lossBefore()
                        .filter(before -> device.vitals()
                                .lastSeen()
                                .filter(before.since()::equals)
                                .isPresent())
                        .map(LossBefore::cause)
                        .filter(before -> before.compareTo(shown) < 0)
                        .orElse(shown);
    }

    private Cause shown(Instant now) {
        boolean isOffByCarrier =
                circumstances.carrier().filter(CarrierView::lineInactive).isPresent();
        if (isOffByCarrier || isLineInactive(device.lifecycle())) {
            return Cause.SIM_INACTIVE;
        }
        if (isFlat(now)) {
            return Cause.FLAT_BATTERY;
        }
        if (isOutOfCoverage()) {
            return Cause.OUT_OF_COVERAGE;
        }
        return isConnectedSince() ? Cause.APP_SILENT : Cause.UNKNOWN;
    }

    static boolean isLineInactive(Lifecycle lifecycle) {
        return switch (lifecycle) {
            case Lifecycle.Suspended _, Lifecycle.Deactivated _ -> true;
            case Lifecycle.Drifted drifted -> drifted.how().equals("NOT_ACTIVE");
            case Lifecycle.Requested _,
                    Lifecycle.Checked _,
                    Lifecycle.Registered _,
                    Lifecycle.Activating _,
                    Lifecycle.Unclear _,
                    Lifecycle.Stuck _,
                    Lifecycle.Parked _,
                    Lifecycle.ActiveUnseen _,
                    Lifecycle.InService _,
                    Lifecycle.Rejected _,
                    Lifecycle.Failed _,
                    Lifecycle.Retired _ -> false;
        };
    }

    private boolean isFlat(Instant now) {
        boolean isLow = device.vitals()
                .window(Measure.BATTERY)
                .newest()
                .filter(last -> numbers.battery().crossesCritical(last.value()) && last.charging() != Charging.YES)
                .isPresent();
        return isLow
                || (BatteryEnd.of(device.vitals().battery()) instanceof BatteryEnd.Known(var end, var _, var _)
                        && end.isBefore(LocalDate.ofInstant(now, ZoneOffset.UTC)));
    }

    private boolean isOutOfCoverage() {
        Window rsrp = device.vitals().window(Measure.RSRP);
        boolean isWeak = rsrp.newest()
                .filter(last -> last.value() < numbers.number(HealthSetting.NO_COVERAGE_RSRP))
                .isPresent();
        boolean isGone = device.vitals()
                .window(Measure.SERVICE)
                .newest()
                .filter(last -> last.value() == 0)
                .isPresent();
        return isWeak || isGone || isFading(rsrp.readings());
    }

    private boolean isFading(List<Reading> readings) {
        List<Reading> last = readings.subList(Math.max(0, readings.size() - FADING_READINGS), readings.size());
        return !last.isEmpty()
                && last.getFirst().value() - last.getLast().value() >= numbers.number(HealthSetting.NO_COVERAGE_FALL);
    }

    private boolean isConnectedSince() {
        Optional<Instant> heard = device.vitals().lastSeen().map(last -> last.plus(SAME_CONNECTION));
        return circumstances
                .carrier()
                .flatMap(CarrierView::sawConnectionAt)
                .filter(seen -> heard.filter(seen::isAfter).isPresent())
                .isPresent();
    }
}

package dev.fleetline.healthsweep;

import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.carrier.CarrierGateway.LineState;
import dev.fleetline.device.WireTime;
import dev.fleetline.sweepfiles.SweptLoss.CarrierWord;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads what a carrier's record of a device says about its silence. */
final class CarrierView {

    private CarrierView() {}

    static CarrierWord of(CarrierDevice device) {
        return new CarrierWord(
                true,
                Optional.of(device.state().name().toLowerCase(Locale.ROOT)),
                time(device.document(), "lastConnectionDate"),
                time(device.document(), "lastupdated"));
    }

    /** That the carrier answered, and knows no such device. */
    static CarrierWord ofNobody() {
        return new CarrierWord(true, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Whether the line is off the network by the carrier's word. */
    static boolean isLineInactive(CarrierWord word) {
        return word.line()
                .filter(line -> line.equals(name(LineState.SUSPENDED)) || line.equals(name(LineState.DEACTIVATED)))
                .isPresent();
    }

    private static String name(LineState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Instant> time(Map<String, Object> document, String field) {
        return Optional.ofNullable(document.get(field))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .flatMap(WireTime::read);
    }
}

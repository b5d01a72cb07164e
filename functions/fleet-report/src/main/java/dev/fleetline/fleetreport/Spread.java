package dev.fleetline.fleetreport;

import dev.fleetline.fleetreport.RatedDevice.Measured;

/** How the newest values of a night's devices are spread. */
final class Spread {

    private final Histogram.Tally battery = Histogram.of("%", 0, 10, 10);
    private final Histogram.Tally signal = Histogram.of("dBm", -140, 5, 16);
    private int withoutBattery;
    private int withoutSignal;

    void add(Measured measured) {
        measured.battery().ifPresentOrElse(battery::add, () -> withoutBattery++);
        measured.rsrp().ifPresentOrElse(signal::add, () -> withoutSignal++);
    }

    Histogram battery() {
        return battery.histogram();
    }

    Histogram signal() {
        return signal.histogram();
    }

    int withoutBattery() {
        return withoutBattery;
    }

    int withoutSignal() {
        return withoutSignal;
    }
}

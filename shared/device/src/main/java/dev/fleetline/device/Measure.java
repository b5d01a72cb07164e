package dev.fleetline.device;

/** What a device measures and Fleetline keeps a window of. */
public enum Measure {
    /** Charge left, percent. */
    BATTERY("%"),
    /** Reference signal received power, dBm. */
    RSRP("dBm"),
    /** Reference signal received quality, dB. */
    RSRQ("dB"),
    /** Signal to interference and noise, dB. */
    SINR("dB"),
    /** Whether the network serves the device: 1 in service, 0 not. */
    SERVICE("");

    private final String unit;

    Measure(String unit) {
        this.unit = unit;
    }

    public String unit() {
        return unit;
    }
}

package dev.fleetline.device;

/** How bad a condition is; the order of the constants is the order of badness. */
public enum Severity {
    NONE,
    WARNING,
    CRITICAL;

    public boolean isWorseThan(Severity other) {
        return compareTo(other) > 0;
    }
}

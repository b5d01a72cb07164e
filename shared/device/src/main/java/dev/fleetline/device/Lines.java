package dev.fleetline.device;

/**
 * The two lines under which a measure is bad, and how far above a line it must come back. For every measure that
 * Fleetline judges, low is bad.
 *
 * @param inclusive whether a value on the line is already bad ("at or under 20 %") or only one below it ("under −110")
 * @param clearBy a condition that crossed a line ends at that line plus this
 */
public record Lines(double warning, double critical, double clearBy, boolean inclusive) {

    public Lines {
        if (!(critical < warning)) {
            throw new IllegalArgumentException(
                    "the critical line must lie under the warning line: " + critical + " and " + warning);
        }
        if (!(clearBy > 0)) {
            throw new IllegalArgumentException("clearBy must be more than 0, or a value on the line would flap");
        }
    }

    boolean crossesWarning(double value) {
        return inclusive ? value <= warning : value < warning;
    }

    boolean crossesCritical(double value) {
        return inclusive ? value <= critical : value < critical;
    }

    boolean clearsWarning(double value) {
        return value >= warning + clearBy;
    }

    boolean clearsCritical(double value) {
        return value >= critical + clearBy;
    }

    /** The line that a condition of this severity crossed. */
    double line(Severity severity) {
        return severity == Severity.CRITICAL ? critical : warning;
    }
}

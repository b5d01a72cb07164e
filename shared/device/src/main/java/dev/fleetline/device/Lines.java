package dev.fleetline.device;

/**
 * The two lines under which a measure is bad, and how far above a line it must come back. For every measure that
 * Fleetline judges, low is bad.
 *
 * @param clearBy a condition that crossed a line ends at that line plus this
 * @param inclusive whether a value on the critical line is already bad ("at or under 20 %") or only one below it ("under
 *     −110")
 * @param warningInclusive the same of the warning line
 */
public record Lines(double warning, double critical, double clearBy, boolean inclusive, boolean warningInclusive) {

    public Lines(double warning, double critical, double clearBy, boolean inclusive) {
        this(warning, critical, clearBy, inclusive, inclusive);
    }

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
        return warningInclusive ? value <= warning : value < warning;
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

    /**
     * The same, with what is under {@code below} and at or under {@code unusual} crossing the warning line as well.
     */
    Lines orUnusual(double below, double unusual) {
        double line = Math.min(below, unusual);
        return line > warning ? new Lines(line, critical, clearBy, inclusive, unusual < below) : this;
    }

    /** The line that a condition of this severity crossed. */
    double line(Severity severity) {
        return severity == Severity.CRITICAL ? critical : warning;
    }
}

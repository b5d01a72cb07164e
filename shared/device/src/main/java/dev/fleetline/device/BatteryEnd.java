package dev.fleetline.device;

import java.time.LocalDate;

/** When a battery will be empty if nobody charges it. What cannot be said well is not said. */
public sealed interface BatteryEnd {

    /**
     * It will be empty on that day.
     *
     * @param earliest nine in ten are not empty before this day
     * @param latest nine in ten are empty by this day; it may be far away
     */
    record Known(LocalDate date, LocalDate earliest, LocalDate latest) implements BatteryEnd {}

    /** Nobody can say. */
    record Unknown(Reason reason) implements BatteryEnd {}

    /** Why there is no date. */
    enum Reason {
        /** There are not ten days without charging since the battery was replaced, or they span less than two weeks. */
        THIN,
        /** The newest day saw it being charged. */
        CHARGED,
        /** It does not fall, or so little that noise and rounding may be all of it. */
        STEADY,
        /** It falls so slowly that the end lies more than three years away. */
        FAR
    }

    /** What the days without charging of the battery that is in the device now say. */
    static BatteryEnd of(BatteryHistory history) {
        return BatteryTrend.end(history.sinceReplaced());
    }
}

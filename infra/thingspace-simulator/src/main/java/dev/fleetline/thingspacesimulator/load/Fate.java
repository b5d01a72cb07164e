package dev.fleetline.thingspacesimulator.load;

import dev.fleetline.thingspacesimulator.web.Spelled;

/** What a load does to a report. */
enum Fate implements Spelled {
    /** Nothing: sent once, in order, in one piece. */
    WHOLE("whole"),
    /** Sent twice. */
    DUPLICATED("duplicated"),
    /** Sent after the device's next one. */
    REORDERED("reordered"),
    /** Sent with a body that breaks off before its end. */
    MALFORMED("malformed");

    private final String spelling;

    Fate(String spelling) {
        this.spelling = spelling;
    }

    @Override
    public String spelling() {
        return spelling;
    }
}

package dev.fleetline.healthsweep;

import dev.fleetline.alert.JudgeDevice.Judged;

/**
 * What was seen and done so far.
 *
 * @param judged devices whose alerts are now what their state says
 * @param skipped devices that could not be read or judged
 * @param candidates devices found lost
 */
record Tally(int judged, int skipped, int candidates, Judged alerts) {

    static final Tally NOTHING = new Tally(0, 0, 0, Judged.NOTHING);

    Tally plus(Tally other) {
        return new Tally(
                judged + other.judged,
                skipped + other.skipped,
                candidates + other.candidates,
                alerts.plus(other.alerts));
    }
}

package dev.fleetline.alert;

import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import java.util.List;

/** Where alerts are kept. Reads are consistent. */
public interface AlertBook {

    /** Every alert that the subject has or had, in no particular order; conditions that never were are not listed. */
    List<Alert> of(Subject subject);

    /**
     * Stores the alert if the stored one still has {@code alert.version()} and the device still has the version on
     * which it was judged, together with the consequences: all of it or nothing.
     */
    Written write(Alert alert, Device judged, Consequences consequences);

    /** Alerts that are open now, in no particular order; may miss what was written in the last second. */
    List<Alert.Open> open();

    /** What came of writing. */
    enum Written {
        STORED,
        /** The alert or the device has changed since it was read: read and judge again. */
        CHANGED
    }
}

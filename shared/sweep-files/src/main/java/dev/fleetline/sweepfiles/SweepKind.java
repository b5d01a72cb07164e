package dev.fleetline.sweepfiles;

import java.util.Locale;

/** What a pass goes over. */
public enum SweepKind {
    /** Every device. */
    FLEET,
    /** The devices whose time has come. */
    OVERDUE;

    /** As it stands in names and events. */
    public String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of this name. */
    static SweepKind named(String folder) {
        return valueOf(folder.toUpperCase(Locale.ROOT));
    }
}

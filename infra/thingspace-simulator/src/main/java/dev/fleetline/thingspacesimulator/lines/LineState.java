package dev.fleetline.thingspacesimulator.lines;

import dev.fleetline.thingspacesimulator.web.Spelled;

/** Where a line stands, in the platform's words. */
public enum LineState implements Spelled {
    /** In the account, and never on the network. */
    PREACTIVE("preactive"),
    /** An activation is under way. */
    PENDING_ACTIVATION("pending activation"),
    /** On the network. */
    ACTIVE("active"),
    /** Off the network for a while. */
    SUSPEND("suspend"),
    /** A deactivation is under way. */
    PENDING_DEACTIVATION("pending deactivation"),
    /** Off the network, its number gone. */
    DEACTIVE("deactive");

    private final String spelling;

    LineState(String spelling) {
        this.spelling = spelling;
    }

    @Override
    public String spelling() {
        return spelling;
    }
}

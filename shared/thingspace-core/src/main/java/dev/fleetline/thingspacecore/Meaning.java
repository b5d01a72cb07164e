package dev.fleetline.thingspacecore;

/** What an answer of Core says, before it becomes a reply. */
enum Meaning {
    YES,
    TOKEN_REFUSED,
    ALREADY_DONE,
    /** The device's state does not allow the action; whether because it is active already, its document says. */
    WRONG_STATE,
    REFUSED,
    NOT_NOW,
    /** It does not say whether anything was done. */
    NOTHING_SAID
}

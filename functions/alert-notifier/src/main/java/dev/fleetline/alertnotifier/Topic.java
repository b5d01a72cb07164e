package dev.fleetline.alertnotifier;

/** Where those listen who must know. */
@FunctionalInterface
interface Topic {

    /** Hands the letter over; throws when it was not taken. */
    void tell(Letter letter);
}

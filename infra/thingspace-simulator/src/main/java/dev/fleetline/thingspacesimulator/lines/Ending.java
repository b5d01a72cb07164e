package dev.fleetline.thingspacesimulator.lines;

import dev.fleetline.thingspacesimulator.m2m.CallbackContent.Subject;

/** How an order ended. */
sealed interface Ending {

    /** Whom it was about. */
    Subject subject();

    /** It is done. */
    record Done(Subject subject) implements Ending {}

    /** It is not. */
    record Failed(Subject subject, Refused why) implements Ending {}
}

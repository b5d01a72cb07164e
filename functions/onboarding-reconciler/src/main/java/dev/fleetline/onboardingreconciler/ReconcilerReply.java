package dev.fleetline.onboardingreconciler;

import org.slf4j.Logger;

/** What an invocation did, or found. */
sealed interface ReconcilerReply permits PassReply, OrderReply, OrdersReply {

    /** In one line, without anything that names a device or a person. */
    void log(Logger log);
}

/**
 * Makes what ThingSpace sends us match the settings, and says when nothing comes: streams, their targets, and the
 * listeners of callback services.
 */
package dev.fleetline.streamsubscription;

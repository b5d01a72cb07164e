/**
 * How the platform spells things: its ids that only look like UUIDs, its times in four formats, and the errors of its Core
 * services.
 */
package dev.fleetline.thingspacesimulator.wire;

/**
 * The language that Fleetline speaks on the bus: every event it publishes as a record whose components are the fields
 * of the event's {@code detail}, and the two ports through which events leave: {@link dev.fleetline.fleetevents.Outbox}
 * (written in the transaction that decided the event) and {@link dev.fleetline.fleetevents.FleetEvents} (the bus).
 *
 * <p>This module knows no other module of Fleetline: its records carry wire values, so that whoever reads events needs
 * nothing but their schemas in {@code events/schemas}.
 */
package dev.fleetline.fleetevents;

/**
 * Publishes the events that a crash, or a bus that was down, left in the outbox.
 * {@link dev.fleetline.outboxrelay.OutboxRelayHandler} is the doorway, {@code RelayEvents} the work.
 */
package dev.fleetline.outboxrelay;

/**
 * Fleetline's aggregates in DynamoDB: devices with the ids that belong to them, alerts, events on their way to the bus,
 * deliveries and claims. What belongs together is one transaction with conditions on versions, so a lost race is an
 * answer and never a half-written change. Every item carries {@code schema}; item types translate between records and
 * items, and a packed codec keeps a device with all its windows full within 2 KB.
 */
package dev.fleetline.fleetdynamodb;

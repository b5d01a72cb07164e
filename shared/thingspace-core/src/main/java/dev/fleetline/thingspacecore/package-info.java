/**
 * Verizon's Core API (v2) behind {@link dev.fleetline.carrier.CarrierGateway}: where its resources are, what is sent, and
 * what each of its answers means. Most of it was never documented by the carrier, so every guess has one place: paths in
 * {@code CorePaths}, meanings in {@code CoreAnswers}, bodies in {@code CoreDocuments}.
 */
package dev.fleetline.thingspacecore;

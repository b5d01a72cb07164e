/**
 * {@code template.yaml} read as data: its resources, its intrinsic functions evaluated for a deployment on loopback,
 * and its tables created from it, so that tests and the local runner hold to what is deployed and to no copy of it.
 */
package dev.fleetline.testing.template;

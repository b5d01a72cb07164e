/**
 * What the functions ask of AWS while tests run them: each call is written down by function, operation and resource, so
 * that the permissions in {@code template.yaml} can be held to it.
 */
package dev.fleetline.testing.calls;

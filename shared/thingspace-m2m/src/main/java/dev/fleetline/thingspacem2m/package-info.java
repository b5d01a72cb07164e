/**
 * Verizon's M2M (Connectivity) API behind {@link dev.fleetline.carrier.CallbackListeners}: where its resources are, what
 * is sent, and what each of its answers means. Every call shows two tokens, a bearer and a session.
 */
package dev.fleetline.thingspacem2m;

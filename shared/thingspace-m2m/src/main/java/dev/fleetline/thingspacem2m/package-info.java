/**
 * Verizon's M2M (Connectivity) API behind {@link dev.fleetline.carrier.CallbackListeners} and Cloud Connector behind
 * {@link dev.fleetline.carrier.CarrierStreams}: where their resources are, what is sent, and what each of their answers
 * means. Every call shows two tokens, a bearer and a session.
 */
package dev.fleetline.thingspacem2m;

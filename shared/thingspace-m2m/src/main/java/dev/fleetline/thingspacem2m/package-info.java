/**
 * Verizon's M2M (Connectivity) API behind {@link dev.fleetline.carrier.CarrierGateway} and
 * {@link dev.fleetline.carrier.CallbackListeners}, and Cloud Connector behind {@link dev.fleetline.carrier.CarrierStreams}:
 * where their resources are, what is sent, what each of their answers means, and how much of it they take. Every call
 * shows two tokens, a bearer and a session.
 */
package dev.fleetline.thingspacem2m;

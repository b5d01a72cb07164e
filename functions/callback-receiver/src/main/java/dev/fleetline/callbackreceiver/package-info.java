/**
 * Takes in what the platform sends over HTTPS: lets in who shows the key, stores each delivery once, and only then
 * says yes. What a delivery means is callback-processor's matter.
 */
package dev.fleetline.callbackreceiver;

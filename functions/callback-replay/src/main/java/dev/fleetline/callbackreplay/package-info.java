/** Plays deliveries again that are kept: of a device, of a time, of a reason, or because their device is known now. */
package dev.fleetline.callbackreplay;

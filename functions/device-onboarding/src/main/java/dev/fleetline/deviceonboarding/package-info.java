/**
 * Registers and activates devices: checks each order completely before anything reaches the carrier, keeps every step in
 * the registry before or with its effect, and goes on from there whenever an earlier try stopped. An activation is sent
 * once; when nobody knows whether it was, the device waits as UNCLEAR.
 */
package dev.fleetline.deviceonboarding;

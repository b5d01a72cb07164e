/**
 * The Core world's devices: registered, activated, ready, reporting; their documents with every quirk of the platform, and
 * the events that their reports leave behind.
 */
package dev.fleetline.thingspacesimulator.devices;

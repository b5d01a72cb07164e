/**
 * The M2M world, thingspace.verizon.com: its tokens, the sessions of its user behind a gateway, the listeners that are
 * registered for callbacks, and the callbacks.
 */
package dev.fleetline.thingspacesimulator.m2m;

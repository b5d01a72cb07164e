/**
 * The lines of the M2M account: devices are added, activated and taken off the network, by orders that are only accepted at
 * first and end later, by a callback if it arrives.
 */
package dev.fleetline.thingspacesimulator.lines;

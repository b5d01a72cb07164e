/**
 * What is to go wrong, and how the platform behaves where nobody knows for sure: set as a whole by the control API, used up
 * by the calls and deliveries it hits.
 */
package dev.fleetline.thingspacesimulator.faults;

/**
 * The simulator's time: a clock that can be moved by hand, and the agenda of everything that is due later on that clock.
 */
package dev.fleetline.thingspacesimulator.clock;

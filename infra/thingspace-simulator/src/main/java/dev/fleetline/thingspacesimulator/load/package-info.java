/**
 * A source of many reports at a fixed rate, sent by the simulator's own delivery, whose counts are the truth that a receiver
 * can be held against.
 */
package dev.fleetline.thingspacesimulator.load;

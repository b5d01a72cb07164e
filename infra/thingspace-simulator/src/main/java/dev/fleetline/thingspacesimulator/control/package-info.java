/**
 * The simulator's own API, {@code /control}: what a person, a test or a demonstration does to the simulated world and sees
 * of it.
 */
package dev.fleetline.thingspacesimulator.control;

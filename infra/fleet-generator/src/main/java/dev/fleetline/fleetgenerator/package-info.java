/**
 * A fleet whose truth is known: devices that report as real ones do, with everything that goes wrong with them, and
 * beside it what really happened and when.
 *
 * <p>{@link dev.fleetline.fleetgenerator.GeneratedFleet} is the way in. Nothing here knows how Fleetline judges; it knows
 * how devices, networks and platforms fail.
 */
package dev.fleetline.fleetgenerator;

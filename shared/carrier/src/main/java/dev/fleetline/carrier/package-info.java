/**
 * What Fleetline asks of a carrier's platform, everything that one can answer, how to go on when it refuses a token,
 * and what on it is ours. Knows no carrier: adapters such as {@code thingspace-core} translate.
 */
package dev.fleetline.carrier;

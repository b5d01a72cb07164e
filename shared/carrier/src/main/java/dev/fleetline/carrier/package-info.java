/**
 * What Fleetline asks of a carrier's platform, everything that one can answer, and how to go on when it refuses a token.
 * Knows no carrier: adapters such as {@code thingspace-core} translate.
 */
package dev.fleetline.carrier;

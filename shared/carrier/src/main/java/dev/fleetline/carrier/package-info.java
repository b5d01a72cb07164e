/**
 * What Fleetline asks of a carrier's platform and everything that one can answer. Knows no carrier: adapters such as
 * {@code thingspace-core} translate.
 */
package dev.fleetline.carrier;

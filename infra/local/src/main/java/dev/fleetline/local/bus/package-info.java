/**
 * The way from the bus to whoever a rule names: patterns, input transformers and targets as {@code template.yaml}
 * declares them, matched by AWS's own event-ruler.
 */
package dev.fleetline.local.bus;

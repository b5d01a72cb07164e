/**
 * Judges the whole fleet, segment by segment, so that what no report can show is found too: a device that has gone
 * silent. {@link dev.fleetline.healthsweep.HealthSweepHandler} is the doorway, {@code SweepFleet} the pass with its
 * claim and its conclusion, {@code RateSegment} the work on one part of the fleet.
 */
package dev.fleetline.healthsweep;

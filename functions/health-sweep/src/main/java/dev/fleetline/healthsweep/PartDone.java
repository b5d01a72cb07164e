package dev.fleetline.healthsweep;

/**
 * That a part of a segment is written, and its counts.
 *
 * @param through whether it is the segment's last one
 */
record PartDone(boolean through, Tally tally, Sizes sizes) {}

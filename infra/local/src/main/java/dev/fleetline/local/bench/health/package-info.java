/**
 * Holds what Fleetline tells people of a fleet against what really befell it, and measures what a pass over many devices
 * costs.
 */
@NullMarked
package dev.fleetline.local.bench.health;

import org.jspecify.annotations.NullMarked;

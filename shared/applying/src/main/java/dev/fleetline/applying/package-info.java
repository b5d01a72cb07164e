/**
 * Applies what was delivered: reads what a message says, merges it into its device, judges the device at once, and sets
 * aside with a reason what cannot be applied. Safe to run twice over the same delivery, from any point of a crash, at
 * its arrival and in a replay.
 */
package dev.fleetline.applying;

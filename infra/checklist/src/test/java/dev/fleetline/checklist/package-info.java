/**
 * What every function needs besides its code, read from the files alone. A module of its own, that knows no function, so
 * that it is reached also when a function is too unfinished for what starts them all.
 */
@org.jspecify.annotations.NullMarked
package dev.fleetline.checklist;

/** A function that reaches into another one, names an adapter and reads the clock. */
package dev.fleetline.checks.examples.onejob;

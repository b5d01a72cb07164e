/** A function that another one reaches into. */
package dev.fleetline.checks.examples.otherjob;

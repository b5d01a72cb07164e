/** A package that is named after a kind of classes. */
package dev.fleetline.checks.examples.util;

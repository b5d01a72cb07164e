package dev.fleetline.checks.examples.util;

/** In a package of no capability. */
record Odds(String end) {}

package dev.fleetline.checks.examples.onejob;

/** A name that says nothing. */
record ThingManager(String thing) {}

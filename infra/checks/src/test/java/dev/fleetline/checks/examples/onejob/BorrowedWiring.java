package dev.fleetline.checks.examples.onejob;

import dev.fleetline.checks.examples.adapter.TableOfThings;

/** The one that may. */
record BorrowedWiring(TableOfThings table) {}

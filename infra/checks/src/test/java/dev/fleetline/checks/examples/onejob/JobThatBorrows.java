package dev.fleetline.checks.examples.onejob;

import dev.fleetline.checks.examples.adapter.TableOfThings;
import dev.fleetline.checks.examples.otherjob.OtherJob;

/** Uses another function's use case, and an adapter without a wiring between. */
record JobThatBorrows(OtherJob borrowed, TableOfThings table) {}

/** Loads a running Fleetline, breaks what it lives on meanwhile, and counts what became of every report. */
package dev.fleetline.local.bench;

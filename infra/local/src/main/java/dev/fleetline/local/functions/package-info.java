/**
 * Fleetline's functions, hosted in this process: which there are, what they are set to and which class handles them is
 * read from {@code template.yaml}; they are called as Lambda calls them, JSON in and JSON out.
 */
package dev.fleetline.local.functions;

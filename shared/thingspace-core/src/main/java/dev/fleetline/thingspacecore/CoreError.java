package dev.fleetline.thingspacecore;

/** The error in an answer, {@code {error, error_description}}; empty texts where it has none. */
record CoreError(String code, String description) {}

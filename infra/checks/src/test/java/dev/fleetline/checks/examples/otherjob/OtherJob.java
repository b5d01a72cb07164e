package dev.fleetline.checks.examples.otherjob;

/** A use case that is nobody else's. */
public record OtherJob(String what) {}

package dev.fleetline.checks.examples.adapter;

/** What only a wiring may name. */
public record TableOfThings(String name) {}

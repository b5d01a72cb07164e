package dev.fleetline.checks.examples.domain;

import com.fasterxml.jackson.databind.JsonNode;

/** A rule of the domain that knows how messages are written. */
record RuleWithLibrary(JsonNode message) {}

package dev.fleetline.outboxrelay;

/** The schedule's tick; nothing in it matters. */
record RelayTick() {}

package dev.fleetline.outboxrelay;

/** What a run did: events that are on the bus now, and events that the bus did not take. */
record RelayReply(int published, int failed) {}

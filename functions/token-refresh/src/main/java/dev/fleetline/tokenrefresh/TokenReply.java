package dev.fleetline.tokenrefresh;

/** What became of a realm's token, in one word; for people who invoke by hand, and for tests. */
public record TokenReply(String outcome, String realm) {}

package dev.fleetline.tokenrefresh;

import java.util.List;

/** What became of each realm's token, in one word; for people who invoke by hand, and for tests. */
public record TokenReply(List<OfRealm> realms) {

    /** Copies the list. */
    public TokenReply {
        realms = List.copyOf(realms);
    }

    /** One realm's outcome. */
    public record OfRealm(String realm, String outcome) {}
}

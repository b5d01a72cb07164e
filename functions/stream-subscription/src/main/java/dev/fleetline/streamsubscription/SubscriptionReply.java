package dev.fleetline.streamsubscription;

import java.util.List;

/** What became of each part; for people who invoke by hand, and for tests. */
public record SubscriptionReply(String task, List<PartReply> parts) {

    /** Copies the list. */
    public SubscriptionReply {
        parts = List.copyOf(parts);
    }
}

package dev.fleetline.thingspacesimulator.streaming;

import java.util.List;

/** A message that is ready to be sent to a subscription, as often as it takes. */
public final class Parcel {

    private final StreamBook book;
    private final String subscriptionId;
    private final List<String> eventIds;
    private final String body;
    private final Escort escort;

    Parcel(StreamBook book, String subscriptionId, List<String> eventIds, String body, Escort escort) {
        this.book = book;
        this.subscriptionId = subscriptionId;
        this.eventIds = List.copyOf(eventIds);
        this.body = body;
        this.escort = escort;
    }

    StreamBook book() {
        return book;
    }

    String subscriptionId() {
        return subscriptionId;
    }

    List<String> eventIds() {
        return eventIds;
    }

    String body() {
        return body;
    }

    Escort escort() {
        return escort;
    }
}

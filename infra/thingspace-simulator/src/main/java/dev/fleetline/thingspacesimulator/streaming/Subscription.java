package dev.fleetline.thingspacesimulator.streaming;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.wire.PlatformTimes;
import java.time.Instant;

/**
 * A wish to have the events of a kind sent to a target.
 *
 * @param document what the platform tells about it: all that was asked for, and the counters
 */
record Subscription(String id, StreamKind kind, ObjectNode document) {

    String targetId() {
        return document.path("targetid").asText();
    }

    boolean disabled() {
        return document.path("disabled").asBoolean();
    }

    /** Whether its messages may carry more than one event; one that does not say lets them. */
    boolean aggregates() {
        return document.path("allowaggregation").asBoolean(true);
    }

    /** The same subscription with some of its fields changed; its counters go on. */
    Subscription with(ObjectNode fields, Instant time, String versionId) {
        ObjectNode changed = document.deepCopy();
        changed.setAll(fields);
        changed.put("lastupdated", PlatformTimes.millis(time)).put("versionid", versionId);
        return new Subscription(id, kind, changed);
    }

    /** The same subscription after an attempt to send. */
    Subscription after(Attempt.Outcome outcome, Instant time) {
        ObjectNode counted = document.deepCopy();
        switch (outcome) {
            case Attempt.Accepted _ -> counted.put("laststreamingstatus", "success");
            case Attempt.Refused _ -> failed(counted, "streamfailures");
            case Attempt.NoAnswer _ -> failed(counted, "networkfailures");
            case Attempt.Misconfigured _ -> failed(counted, "configurationfailures");
        }
        counted.put("laststreamingtime", PlatformTimes.millis(time));
        return new Subscription(id, kind, counted);
    }

    private static void failed(ObjectNode document, String counter) {
        document.put("laststreamingstatus", "fail");
        document.put(counter, document.path(counter).asInt() + 1);
    }
}

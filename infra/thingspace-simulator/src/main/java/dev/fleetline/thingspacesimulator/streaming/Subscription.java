package dev.fleetline.thingspacesimulator.streaming;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.wire.PlatformTimes;
import java.time.Instant;

/** A wish to have the events of a kind sent to a target; the document carries the counters. */
record Subscription(String id, StreamKind kind, String targetId, boolean disabled, ObjectNode document) {

    /** The same subscription to another target. */
    Subscription to(String otherTarget, Instant time, String versionId) {
        ObjectNode changed = document.deepCopy();
        changed.put("lastupdated", PlatformTimes.millis(time))
                .put("targetid", otherTarget)
                .put("versionid", versionId);
        return new Subscription(id, kind, otherTarget, disabled, changed);
    }

    /** The same subscription after an attempt to send. */
    Subscription after(Attempt.Outcome outcome, Instant time) {
        ObjectNode counted = document.deepCopy();
        switch (outcome) {
            case Attempt.Accepted _ -> counted.put("laststreamingstatus", "success");
            case Attempt.Refused _ -> failed(counted, "streamfailures");
            case Attempt.NoAnswer _ -> failed(counted, "networkfailures");
            case Attempt.NoTarget _ -> failed(counted, "configurationfailures");
        }
        counted.put("laststreamingtime", PlatformTimes.millis(time));
        return new Subscription(id, kind, targetId, disabled, counted);
    }

    private static void failed(ObjectNode document, String counter) {
        document.put("laststreamingstatus", "fail");
        document.put(counter, document.path(counter).asInt() + 1);
    }
}

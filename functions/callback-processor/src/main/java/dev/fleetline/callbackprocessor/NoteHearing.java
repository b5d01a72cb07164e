package dev.fleetline.callbackprocessor;

import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Hearing;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes that a source was heard, each at most once a minute. What cannot be noted keeps no delivery from being applied. */
final class NoteHearing {

    private static final Logger LOG = LoggerFactory.getLogger(NoteHearing.class);

    private final Hearing hearing;
    private final Map<String, Instant> noted = new ConcurrentHashMap<>();

    NoteHearing(Hearing hearing) {
        this.hearing = hearing;
    }

    /** Nothing that we asked for ourselves says that somebody speaks. */
    void of(Delivery delivery) {
        String source = delivery.source();
        Instant at = delivery.receivedAt();
        if (source.equals(Delivery.ASKED)
                || at.isBefore(noted.getOrDefault(source, Instant.MIN).plus(Hearing.AT_MOST_EVERY))) {
            return;
        }
        try {
            hearing.heard(source, at);
            noted.put(source, at);
        } catch (RuntimeException e) {
            LOG.warn("that {} was heard could not be noted; the next delivery notes it", source, e);
        }
    }
}

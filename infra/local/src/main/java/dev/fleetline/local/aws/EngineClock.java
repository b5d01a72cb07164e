package dev.fleetline.local.aws;

import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.elasticmq.util.NowProvider;

/** ElasticMQ's idea of now, taken from our clock. */
final class EngineClock extends NowProvider {

    private final InstantSource clock;

    EngineClock(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public long nowMillis() {
        return clock.millis();
    }

    @Override
    public OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}

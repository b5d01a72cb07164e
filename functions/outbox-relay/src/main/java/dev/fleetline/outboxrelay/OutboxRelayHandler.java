package dev.fleetline.outboxrelay;

import com.amazonaws.services.lambda.runtime.Context;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.lambda.Metrics;
import dev.fleetline.lambda.StreamHandler;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import dev.fleetline.outboxrelay.RelayEvents.Relayed;
import io.micronaut.context.ApplicationContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes, for each tick of the schedule, the events that were left behind. */
public final class OutboxRelayHandler extends StreamHandler<RelayTick, RelayReply> {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelayHandler.class);

    private final RelayEvents relayEvents;
    private final Metrics metrics;

    /** Of Lambda. */
    public OutboxRelayHandler() {
        this(Surroundings.ofProcess());
    }

    /** Of whoever runs it elsewhere. */
    public OutboxRelayHandler(Surroundings surroundings) {
        this(Wired.start("outbox-relay", surroundings));
    }

    OutboxRelayHandler(ApplicationContext wiring) {
        this(wiring.getBean(RelayEvents.class), Metrics.of(wiring.getBean(Surroundings.class)));
    }

    OutboxRelayHandler(RelayEvents relayEvents, Metrics metrics) {
        super("outbox-relay", RelayTick.class);
        this.relayEvents = relayEvents;
        this.metrics = metrics;
    }

    @Override
    protected RelayReply handle(RelayTick tick, Context context) {
        Relayed relayed = relayEvents.run(Deadline.of(context));
        if (relayed.failed() > 0) {
            LOG.warn("{} events published, {} not taken by the bus", relayed.published(), relayed.failed());
        } else if (relayed.published() > 0) {
            LOG.info("{} events published", relayed.published());
        }
        metrics.seconds("OutboxAgeSeconds", relayed.oldestLeft());
        return new RelayReply(relayed.published(), relayed.failed());
    }
}

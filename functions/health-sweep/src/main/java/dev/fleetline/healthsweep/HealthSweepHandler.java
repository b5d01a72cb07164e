package dev.fleetline.healthsweep;

import com.amazonaws.services.lambda.runtime.Context;
import dev.fleetline.device.Imei;
import dev.fleetline.healthsweep.SweepFleet.Swept;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.lambda.StreamHandler;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import io.micronaut.context.ApplicationContext;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges a segment of the fleet, or the whole fleet for each tick of the schedule. */
public final class HealthSweepHandler extends StreamHandler<SweepTask, SweepReply> {

    private static final Logger LOG = LoggerFactory.getLogger(HealthSweepHandler.class);

    private final SweepFleet sweepFleet;
    private final RateSegment rateSegment;
    private final InstantSource clock;

    /** Of Lambda. */
    public HealthSweepHandler() {
        this(Surroundings.ofProcess());
    }

    /** Of whoever runs it elsewhere. */
    public HealthSweepHandler(Surroundings surroundings) {
        this(Wired.start("health-sweep", surroundings));
    }

    HealthSweepHandler(ApplicationContext wiring) {
        this(
                wiring.getBean(SweepFleet.class),
                wiring.getBean(RateSegment.class),
                wiring.getBean(Surroundings.class).clock());
    }

    HealthSweepHandler(SweepFleet sweepFleet, RateSegment rateSegment, InstantSource clock) {
        super("health-sweep", SweepTask.class);
        this.sweepFleet = sweepFleet;
        this.rateSegment = rateSegment;
        this.clock = clock;
    }

    @Override
    protected SweepReply handle(SweepTask task, Context context) {
        Deadline deadline = Deadline.of(context);
        SweepReply reply =
                switch (task) {
                    case SweepTask.Rate rate -> rate(rate, deadline);
                    case SweepTask.Sweep sweep -> sweep(sweep, context.getAwsRequestId(), deadline);
                };
        LOG.info(
                "{}: sweep {}, segment {} of {}, {} judged, {} skipped, {} lost",
                reply.outcome(),
                reply.sweepId(),
                reply.segment(),
                reply.of(),
                reply.judged(),
                reply.skipped(),
                reply.candidates());
        return reply;
    }

    private SweepReply sweep(SweepTask.Sweep sweep, String holder, Deadline deadline) {
        Swept swept = sweepFleet.run(sweep, holder, deadline);
        if (swept instanceof Swept.Stopped(var sweepId, var _, var segment, var _)) {
            // nobody calls again by itself, and the next pass begins at the beginning
            LOG.error(
                    "sweep {} ran out of time in segment {} of {}: what lies behind is not judged; go on with the "
                            + "reply as input, and give health-sweep a larger PAGE_SIZE or a longer Timeout",
                    sweepId,
                    segment,
                    SweepFleet.SEGMENTS);
        }
        return SweepReply.of(swept);
    }

    private SweepReply rate(SweepTask.Rate rate, Deadline deadline) {
        String sweepId = rate.sweepId().orElseGet(() -> SweepFleet.idAt(clock.instant()));
        return SweepReply.of(
                rate,
                sweepId,
                rateSegment.run(rate.segment(), rate.of(), rate.startAfter().map(Imei::new), sweepId, deadline));
    }
}

package dev.fleetline.healthsweep;

import com.amazonaws.services.lambda.runtime.Context;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.lambda.StreamHandler;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import io.micronaut.context.ApplicationContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Woken by time, and by the state machine of the nightly pass for each of its steps. */
public final class HealthSweepHandler extends StreamHandler<SweepTask, SweepReply> {

    private static final Logger LOG = LoggerFactory.getLogger(HealthSweepHandler.class);

    private final RunPass runPass;

    /** As Lambda starts it. */
    public HealthSweepHandler() {
        this(Surroundings.ofProcess());
    }

    /** With the surroundings given: in a test, or in one process with everything else. */
    public HealthSweepHandler(Surroundings surroundings) {
        this(Wired.start("health-sweep", surroundings));
    }

    HealthSweepHandler(ApplicationContext wiring) {
        this(wiring.getBean(RunPass.class));
    }

    HealthSweepHandler(RunPass runPass) {
        super("health-sweep", SweepTask.class);
        this.runPass = runPass;
    }

    @Override
    protected SweepReply handle(SweepTask task, Context context) {
        Deadline deadline = Deadline.of(context);
        SweepReply reply =
                switch (task) {
                    case SweepTask.Plan plan -> runPass.plan(plan);
                    case SweepTask.Rate rate -> runPass.rate(rate, deadline);
                    case SweepTask.Platform platform -> runPass.platform(platform);
                    case SweepTask.Verify verify -> runPass.verify(verify, deadline);
                    case SweepTask.Conclude conclude -> runPass.conclude(conclude, deadline);
                    case SweepTask.Overdue overdue -> runPass.overdue(overdue, context.getAwsRequestId(), deadline);
                    case SweepTask.Sweep sweep -> runPass.sweep(sweep, context.getAwsRequestId(), deadline);
                };
        LOG.info("{}", reply);
        return reply;
    }
}

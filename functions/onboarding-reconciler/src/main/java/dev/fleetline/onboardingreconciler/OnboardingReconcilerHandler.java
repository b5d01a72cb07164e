package dev.fleetline.onboardingreconciler;

import com.amazonaws.services.lambda.runtime.Context;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.lambda.StreamHandler;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import dev.fleetline.onboardingreconciler.ReconcileWaiting.Reconciled;
import io.micronaut.context.ApplicationContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that orders end, and finds what the carrier holds otherwise than we do. */
public final class OnboardingReconcilerHandler extends StreamHandler<ReconcilerTask, ReconcilerReply> {

    private static final Logger LOG = LoggerFactory.getLogger(OnboardingReconcilerHandler.class);

    private final ReconcileWaiting reconcileWaiting;
    private final FindDrift findDrift;
    private final ServeByHand serveByHand;

    /** As AWS starts it. */
    public OnboardingReconcilerHandler() {
        this(Surroundings.ofProcess());
    }

    /** In other surroundings than the process's own. */
    public OnboardingReconcilerHandler(Surroundings surroundings) {
        this(Wired.start(ReconcilerEvents.MODULE, surroundings));
    }

    private OnboardingReconcilerHandler(ApplicationContext wiring) {
        this(
                wiring.getBean(ReconcileWaiting.class),
                wiring.getBean(FindDrift.class),
                wiring.getBean(ServeByHand.class));
    }

    OnboardingReconcilerHandler(ReconcileWaiting reconcileWaiting, FindDrift findDrift, ServeByHand serveByHand) {
        super(ReconcilerEvents.MODULE, ReconcilerTask.class);
        this.reconcileWaiting = reconcileWaiting;
        this.findDrift = findDrift;
        this.serveByHand = serveByHand;
    }

    @Override
    protected ReconcilerReply handle(ReconcilerTask task, Context context) {
        Deadline deadline = Deadline.of(context);
        ReconcilerReply reply =
                switch (task) {
                    case ReconcilerTask.Waiting() -> {
                        Reconciled done = reconcileWaiting.run(deadline);
                        yield PassReply.waiting(done.tally(), done.isThrough());
                    }
                    case ReconcilerTask.Drift drift ->
                        PassReply.drift(findDrift.run(drift.from(), drift.isBelieved(), deadline));
                    case ReconcilerTask.ByHand hand -> serveByHand.run(hand, deadline);
                };
        reply.log(LOG);
        return task.answer(reply);
    }
}

package dev.fleetline.deviceonboarding;

import com.amazonaws.services.lambda.runtime.Context;
import dev.fleetline.lambda.BatchReply;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.lambda.QueueLoop;
import dev.fleetline.lambda.SqsEvent;
import dev.fleetline.lambda.StreamHandler;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;

/** Takes the onboarding orders that the bus put into the queue, a batch at a time. */
public final class DeviceOnboardingHandler extends StreamHandler<SqsEvent, BatchReply> {

    private final QueueLoop loop;
    private final TakeOrders takeOrders;
    private final Duration longestOrder;

    /** Of Lambda. */
    public DeviceOnboardingHandler() {
        this(Surroundings.ofProcess());
    }

    /** Of whoever runs it elsewhere. */
    public DeviceOnboardingHandler(Surroundings surroundings) {
        this(Wired.start("device-onboarding", surroundings));
    }

    DeviceOnboardingHandler(ApplicationContext wiring) {
        super("device-onboarding", SqsEvent.class);
        this.loop = wiring.getBean(QueueLoop.class);
        this.takeOrders = wiring.getBean(TakeOrders.class);
        this.longestOrder =
                wiring.getBean(DeviceOnboardingConfig.class).platform().order();
    }

    @Override
    protected BatchReply handle(SqsEvent event, Context context) {
        return loop.run(event, takeOrders, Deadline.of(context), longestOrder);
    }
}

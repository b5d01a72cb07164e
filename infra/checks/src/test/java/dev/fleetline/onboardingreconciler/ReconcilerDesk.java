package dev.fleetline.onboardingreconciler;

import dev.fleetline.carrier.Carriers;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.lambda.Deadline;
import java.time.Duration;
import java.time.InstantSource;

/** What onboarding-reconciler does at a tick of its schedule. */
public final class ReconcilerDesk {

    private static final Deadline PLENTY = () -> Duration.ofMinutes(5);

    private final ReconcileWaiting reconcileWaiting;

    public ReconcilerDesk(
            DeviceRegistry registry,
            Carriers carriers,
            Announcer announcer,
            InstantSource clock,
            int lineActionsPerDay) {
        reconcileWaiting = new ReconcileWaiting(
                registry,
                carriers,
                new WaitingRules(lineActionsPerDay),
                new TakeStep(registry, announcer),
                clock,
                Duration.ofSeconds(10));
    }

    /** Looks after those that wait. */
    public void tick() {
        var _ = reconcileWaiting.run(PLENTY);
    }
}

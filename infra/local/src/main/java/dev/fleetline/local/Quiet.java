package dev.fleetline.local;

import dev.fleetline.lambda.Pause;
import dev.fleetline.local.sources.Pumps;
import java.time.Duration;

/** Whether nothing is under way any more: queues, stream and invocations are idle. What waits for the clock does not count. */
final class Quiet {

    private static final Duration GLANCE = Duration.ofMillis(10);
    private static final long ROUNDS_THAT_PROVE_IT = 3;

    private final EventBus bus;
    private final Pumps pumps;
    private final Invocations invocations;

    Quiet(EventBus bus, Pumps pumps, Invocations invocations) {
        this.bus = bus;
        this.pumps = pumps;
        this.invocations = invocations;
    }

    /** Waits for it; false when that would take longer. */
    boolean comesWithin(Duration patience) {
        long endNanos = System.nanoTime() + patience.toNanos();
        Pause pause = Pause.real();
        while (true) {
            int before = bus.events().size();
            pumps.restartCount();
            while (invocations.running() > 0 || pumps.idleRounds() < ROUNDS_THAT_PROVE_IT) {
                if (System.nanoTime() - endNanos > 0) {
                    return false;
                }
                pause.of(GLANCE);
            }
            if (invocations.running() == 0 && bus.events().size() == before) {
                return true;
            }
        }
    }
}

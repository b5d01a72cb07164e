package dev.fleetline.thingspacesimulator.load;

import dev.fleetline.thingspacesimulator.web.Courier;
import java.util.concurrent.Semaphore;

/** Where a load's errands run side by side, up to a number; who brings one more waits until another is done. */
final class Lane {

    private static final int WIDTH = 500;

    private final Semaphore free = new Semaphore(WIDTH, true);
    private final Courier courier;

    Lane(Courier courier) {
        this.courier = courier;
    }

    void run(Runnable errand) {
        free.acquireUninterruptibly();
        var _ = courier.inBackground(() -> {
            try {
                errand.run();
            } finally {
                free.release();
            }
            return true;
        });
    }

    /** Returns when all that ran at the call is done. */
    void drain() {
        free.acquireUninterruptibly(WIDTH);
        free.release(WIDTH);
    }
}

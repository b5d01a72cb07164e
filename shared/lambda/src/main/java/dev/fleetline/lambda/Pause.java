package dev.fleetline.lambda;

import java.time.Duration;

/** Waiting, passed in so that a test can record it instead of sitting through it. */
@FunctionalInterface
public interface Pause {

    /** Returns after about this long; earlier if the thread is interrupted, and then its interrupt flag is set. */
    void of(Duration duration);

    /** Really waits. */
    static Pause real() {
        return duration -> {
            try {
                Thread.sleep(duration);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }
}

package dev.fleetline.thingspacem2m;

import java.time.Duration;
import java.util.Optional;

/** How often activations may be requested by all instances together. */
@FunctionalInterface
public interface ActivationPace {

    /** Takes one of the requests that are left. Empty when it may be sent; else none was left for so long. */
    Optional<Duration> take();
}

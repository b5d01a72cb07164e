package dev.fleetline.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;

/** How long an invocation may still run. */
@FunctionalInterface
public interface Deadline {

    Duration left();

    /** Lambda's own. */
    static Deadline of(Context context) {
        return () -> Duration.ofMillis(context.getRemainingTimeInMillis());
    }

    /** Whether there is less left than {@code reserve}, which it takes to end in good order. */
    default boolean isNear(Duration reserve) {
        return left().compareTo(reserve) < 0;
    }
}

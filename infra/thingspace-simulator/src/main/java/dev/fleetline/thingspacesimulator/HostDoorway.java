package dev.fleetline.thingspacesimulator;

import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.web.Doorway;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The doorway of every host: each answer has a transaction id, and takes its time if it was told to. */
final class HostDoorway {

    private HostDoorway() {}

    static Doorway of(Faults faults, Supplier<UUID> ids, Consumer<Duration> pause) {
        return new Doorway(endpoint -> call -> {
            Duration slow = faults.settings().calls().slow();
            if (slow.isPositive()) {
                pause.accept(slow);
            }
            return endpoint.answer(call).with("x-transaction-id", ids.get().toString());
        });
    }
}

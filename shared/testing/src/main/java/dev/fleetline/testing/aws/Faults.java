package dev.fleetline.testing.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The faults that are waiting to happen, each to one call. */
final class Faults {

    private record Armed(Predicate<String> operation, Fault fault) {}

    private final List<Armed> armed = new ArrayList<>();

    synchronized void arm(Predicate<String> operation, int calls, Fault fault) {
        if (calls < 1) {
            throw new IllegalArgumentException("calls to fail must be at least 1: " + calls);
        }
        for (int i = 0; i < calls; i++) {
            armed.add(new Armed(operation, fault));
        }
    }

    synchronized Optional<Fault> next(String operation) {
        for (int i = 0; i < armed.size(); i++) {
            if (armed.get(i).operation().test(operation)) {
                return Optional.of(armed.remove(i).fault());
            }
        }
        return Optional.empty();
    }
}

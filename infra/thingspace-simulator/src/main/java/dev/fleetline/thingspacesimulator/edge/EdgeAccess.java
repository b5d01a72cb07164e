package dev.fleetline.thingspacesimulator.edge;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a token opens. It takes two scopes together to say so. */
enum EdgeAccess {
    FULL("ts.application.ro ts.mec.fullaccess"),
    LIMITED("ts.application.ro ts.mec.limitaccess");

    private final String scopes;

    EdgeAccess(String scopes) {
        this.scopes = scopes;
    }

    /** The access that a request asks for, in whatever order; full when it asks for nothing. */
    static Optional<EdgeAccess> askedFor(String scope) {
        if (scope.isBlank()) {
            return Optional.of(FULL);
        }
        return Arrays.stream(values())
                .filter(access -> setOf(access.scopes).equals(setOf(scope)))
                .findFirst();
    }

    /** The scopes as the platform says them; whoever asked for none gets a space before the first. */
    String spelling(String askedFor) {
        return askedFor.isBlank() ? " " + scopes : scopes;
    }

    private static Set<String> setOf(String text) {
        return Arrays.stream(text.strip().split("\\s+")).collect(Collectors.toSet());
    }
}

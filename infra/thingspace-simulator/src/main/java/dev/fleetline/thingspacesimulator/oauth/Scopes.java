package dev.fleetline.thingspacesimulator.oauth;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The scopes of a Core application, as the portal lists them. {@code ts.event} exists for reading alone. */
final class Scopes {

    private static final Set<String> KNOWN = Set.of(
            "ts.alert",
            "ts.alert.ro",
            "ts.device",
            "ts.device.ro",
            "ts.event.ro",
            "ts.place",
            "ts.schedule",
            "ts.schedule.ro",
            "ts.subscription",
            "ts.tag",
            "ts.tag.ro",
            "ts.target",
            "ts.target.ro",
            "ts.trigger",
            "ts.trigger.ro",
            "ts.user.ro");

    private Scopes() {}

    /** The scopes that {@code text} asks for; none for a blank one. */
    static List<String> in(String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .filter(scope -> !scope.isEmpty())
                .distinct()
                .toList();
    }

    static boolean areKnown(List<String> scopes) {
        return KNOWN.containsAll(scopes);
    }
}

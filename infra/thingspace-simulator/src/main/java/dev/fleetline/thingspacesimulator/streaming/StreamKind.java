package dev.fleetline.thingspacesimulator.streaming;

import dev.fleetline.thingspacesimulator.devices.DeviceEvent;
import java.util.Arrays;
import java.util.Optional;

/** What a subscription can be about. */
enum StreamKind {
    ALL("ts.event"),
    DIAGNOSTICS("ts.event.diagnostics"),
    CONFIGURATION("ts.event.configuration"),
    SECURITY("ts.event.security");

    private final String spelling;

    StreamKind(String spelling) {
        this.spelling = spelling;
    }

    static Optional<StreamKind> spelled(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.spelling.equals(text))
                .findFirst();
    }

    String spelling() {
        return spelling;
    }

    /** What a device says about its diagnostics counts as an event about them, whatever its own kind. */
    boolean includes(DeviceEvent event) {
        return this == ALL || spelling.equals(event.kind()) || (this == DIAGNOSTICS && event.hasDiagnostic());
    }
}

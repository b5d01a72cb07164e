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

    /** Devices here make no configuration and security events. */
    boolean includes(DeviceEvent event) {
        return switch (this) {
            case ALL -> true;
            case DIAGNOSTICS -> event.hasDiagnostic();
            case CONFIGURATION, SECURITY -> false;
        };
    }
}

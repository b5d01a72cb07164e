package dev.fleetline.tokens;

import java.util.List;

/** The scope without which a Core token opens no device. The one for reading alone is too little: devices are registered. */
public final class DeviceScope {

    /** As ThingSpace spells it. */
    public static final String NAME = "ts.device";

    private DeviceScope() {}

    /** Whether a token with these scopes opens devices. */
    public static boolean isAmong(List<String> scopes) {
        return scopes.contains(NAME);
    }
}

package dev.fleetline.thingspacecore;

import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Imei;
import java.net.URI;

/** Where Core's resources are. Only reading one device was ever recorded; the rest is inferred and stands here alone. */
final class CorePaths {

    private final String api;

    /** {@code base} is the host's address, with or without a slash at its end. */
    CorePaths(URI base) {
        String text = base.toString();
        this.api = (text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + "/api/v2";
    }

    URI devices() {
        return URI.create(api + "/devices");
    }

    URI devicesWith(Imei imei) {
        return URI.create(api + "/devices?imei=" + imei.digits());
    }

    URI device(DeviceId uid) {
        return URI.create(api + "/devices/" + uid.value());
    }

    URI activation(DeviceId uid) {
        return URI.create(api + "/devices/" + uid.value() + "/actions/activate");
    }

    URI targets() {
        return URI.create(api + "/targets");
    }

    URI subscriptions() {
        return URI.create(api + "/subscriptions");
    }
}

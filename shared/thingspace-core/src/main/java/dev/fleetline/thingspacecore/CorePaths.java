package dev.fleetline.thingspacecore;

import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Imei;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

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

    URI devices(int page, int limit) {
        return URI.create(api + "/devices?$limitnumber=" + limit + "&$page=" + page);
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

    URI target(String id) {
        return URI.create(api + "/targets/" + segment(id));
    }

    URI subscription(String id) {
        return URI.create(api + "/subscriptions/" + segment(id));
    }

    URI history(DeviceId uid) {
        return URI.create(api + "/devices/" + uid.value() + "/fields/actions/history");
    }

    /** An id is the carrier's own and looks like a UUID; whatever else it might be, it stays one segment. */
    private static String segment(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    URI subscriptions() {
        return URI.create(api + "/subscriptions");
    }
}

package dev.fleetline.alertdesk;

import dev.fleetline.alert.Alert;
import dev.fleetline.alert.AlertBook;
import dev.fleetline.alert.Subject;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import java.util.Optional;

/** Looks up what is open now. */
final class FindAlert {

    private final AlertBook alerts;
    private final DeviceRegistry devices;

    FindAlert(AlertBook alerts, DeviceRegistry devices) {
        this.alerts = alerts;
        this.devices = devices;
    }

    /** An open alert, and the name of what it is about, fit to be shown to whoever has a link. */
    record Found(Alert.Open alert, String about) {}

    /** Empty when no open alert has this id. */
    Optional<Found> byId(String alertId) {
        return alerts.open().stream()
                .filter(alert -> alert.alertId().equals(alertId))
                .findFirst()
                .map(alert -> new Found(alert, about(alert.subject())));
    }

    private String about(Subject subject) {
        return switch (subject) {
            case Subject.OfDevice(var imei) ->
                devices.find(imei).map(FindAlert::named).orElseGet(() -> "Device (" + imei + ")");
            case Subject.OfSite(var name) -> "Site " + name;
            case Subject.OfCell(var id) -> "Cell " + id;
            case Subject.OfFleet() -> "The whole fleet";
            case Subject.OfPlatform(var service) -> "The platform, " + service;
        };
    }

    private static String named(Device device) {
        return device.profile().name().orElse("Device") + " (" + device.imei() + ")"
                + device.profile().site().map(site -> ", " + site).orElse("");
    }
}

package dev.fleetline.testing;

import dev.fleetline.alert.Alert;
import dev.fleetline.alert.AlertBook;
import dev.fleetline.alert.Subject;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.testing.InMemoryStore.AlertKey;
import java.util.List;
import java.util.Optional;

/** Alerts in an {@link InMemoryStore}. */
public final class InMemoryAlertBook implements AlertBook {

    private final InMemoryStore store;

    public InMemoryAlertBook(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public List<Alert> of(Subject subject) {
        return store.read(stored -> stored.alerts.values().stream()
                .filter(alert -> alert.subject().equals(subject))
                .toList());
    }

    @Override
    public Written write(Alert alert, Device judged, Consequences consequences) {
        if (alert instanceof Alert.Never) {
            throw new IllegalArgumentException("an alert that never was is not written: " + alert.condition());
        }
        AlertKey key = new AlertKey(alert.subject().key(), alert.condition());
        return store.write("write alert", stored -> {
            long alertVersion = Optional.ofNullable(stored.alerts.get(key))
                    .map(Alert::version)
                    .orElse(0L);
            long deviceVersion = Optional.ofNullable(stored.devices.get(judged.imei()))
                    .map(Device::version)
                    .orElse(0L);
            if (alertVersion != alert.version() || deviceVersion != judged.version()) {
                return Written.CHANGED;
            }
            stored.alerts.put(key, alert.at(alertVersion + 1));
            stored.bring(alert.subject().key(), consequences);
            return Written.STORED;
        });
    }

    @Override
    public List<Alert.Open> open() {
        return store.read(stored -> stored.alerts.values().stream()
                .filter(Alert.Open.class::isInstance)
                .map(Alert.Open.class::cast)
                .toList());
    }
}

package dev.fleetline.alert;

import dev.fleetline.alert.Alert.Suppressor;
import dev.fleetline.device.Imei;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who is still lost though the wider alert, which was told instead, is over. Whether a wider alert is open is looked up
 * once: an instance is for one look, not for long.
 */
public final class Released {

    private final AlertBook alerts;
    private final Map<Suppressor, Boolean> over = new HashMap<>();

    public Released(AlertBook alerts) {
        this.alerts = alerts;
    }

    /** The devices whose loss is kept under a wider alert that is over. */
    public Set<Imei> imeis() {
        Set<Imei> released = new LinkedHashSet<>();
        for (Alert.Open alert : alerts.open()) {
            if (alert.subject() instanceof Subject.OfDevice(var imei) && isReleased(alert)) {
                released.add(imei);
            }
        }
        return released;
    }

    /** Whether this alert was kept under a wider one that is over. */
    public boolean isReleased(Alert.Open alert) {
        return alert.suppressedBy()
                .filter(wider -> over.computeIfAbsent(wider, this::isOver))
                .isPresent();
    }

    private boolean isOver(Suppressor wider) {
        return alerts.of(wider.subject()).stream()
                .noneMatch(alert ->
                        alert instanceof Alert.Open open && Suppressor.of(open).equals(wider));
    }
}

package dev.fleetline.callbackreplay;

import dev.fleetline.alert.JudgeDevice.Judged;
import dev.fleetline.applying.Applied;
import dev.fleetline.device.Imei;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What has been played so far, and what that changed. */
final class Played {

    private int applied;
    private int unchanged;
    private int takenApart;
    private int unhandled;
    private int left;
    private final Map<String, Integer> setAside = new TreeMap<>();
    private final Set<Imei> devices = new TreeSet<>();
    private Judged alerts = Judged.NOTHING;

    void add(Applied outcome) {
        switch (outcome) {
            case Applied.Done(var device, var changed, var judged) -> {
                if (changed) {
                    applied++;
                    devices.add(device);
                } else {
                    unchanged++;
                }
                alerts = alerts.plus(judged);
            }
            case Applied.SetAside(var reason, var _) -> setAside.merge(reason, 1, Integer::sum);
            case Applied.Unhandled _ -> unhandled++;
            case Applied.Again _ -> left++;
        }
    }

    void addUnchanged() {
        unchanged++;
    }

    void addTakenApart() {
        takenApart++;
    }

    int applied() {
        return applied;
    }

    int unchanged() {
        return unchanged;
    }

    int takenApart() {
        return takenApart;
    }

    int unhandled() {
        return unhandled;
    }

    /** Those that could not be applied for now. */
    int left() {
        return left;
    }

    /** How many are aside, by reason. */
    Map<String, Integer> setAside() {
        return Map.copyOf(setAside);
    }

    /** Which devices changed. */
    Set<Imei> devices() {
        return devices;
    }

    Judged alerts() {
        return alerts;
    }

    int all() {
        return applied
                + unchanged
                + takenApart
                + unhandled
                + left
                + setAside.values().stream().mapToInt(Integer::intValue).sum();
    }
}

package dev.fleetline.alert;

import dev.fleetline.alert.Alert.Suppressor;
import dev.fleetline.alert.JudgeDevice.Judged;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells one by one of the devices that are still lost though the wider alert, which was told instead of them, is over. May
 * run at any time and any number of times: it looks whether each wider alert is open.
 */
public final class TellReleased {

    private final AlertBook alerts;
    private final JudgeDevice judgeDevice;

    public TellReleased(AlertBook alerts, JudgeDevice judgeDevice) {
        this.alerts = alerts;
        this.judgeDevice = judgeDevice;
    }

    /** What it did to the alerts of those devices. */
    public Judged run(Visit visit) {
        Map<Suppressor, Boolean> isOver = new HashMap<>();
        return alerts.open().stream()
                .filter(alert -> alert.suppressedBy()
                        .filter(wider -> isOver.computeIfAbsent(wider, this::isOver))
                        .isPresent())
                .map(alert -> switch (alert.subject()) {
                    case Subject.OfDevice(var imei) -> judgeDevice.run(imei, visit);
                    case Subject.OfSite _, Subject.OfCell _, Subject.OfFleet _, Subject.OfPlatform _ -> Judged.NOTHING;
                })
                .reduce(Judged.NOTHING, Judged::plus);
    }

    private boolean isOver(Suppressor wider) {
        return alerts.of(wider.subject()).stream()
                .noneMatch(alert ->
                        alert instanceof Alert.Open open && Suppressor.of(open).equals(wider));
    }
}

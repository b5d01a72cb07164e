package dev.fleetline.callbackreplay;

import dev.fleetline.device.Imei;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was played again and what it changed.
 *
 * @param outcome {@code done}, or {@code stopped} when time ran out: then the same task with {@code startAfter} goes on
 * @param played how many deliveries; the next five and {@code setAside} add up to it
 * @param applied changed their device
 * @param unchanged were in their device already
 * @param takenApart had been kept whole; their parts are on their way to callback-processor
 * @param left could not be applied for now: play them again later
 * @param setAside how many are aside, by reason
 * @param devicesChanged how many devices changed
 * @param devices the first hundred of them
 */
record ReplayReply(
        String outcome,
        int played,
        int applied,
        int unchanged,
        int takenApart,
        int unhandled,
        int left,
        Map<String, Integer> setAside,
        int devicesChanged,
        List<String> devices,
        Alerts alerts,
        Optional<String> startAfter) {

    private static final int NAMED = 100;

    /** What became of alerts. */
    record Alerts(int raised, int worse, int better, int cleared) {}

    static ReplayReply of(Played played, Optional<String> startAfter) {
        var alerts = played.alerts();
        return new ReplayReply(
                startAfter.isPresent() ? "stopped" : "done",
                played.all(),
                played.applied(),
                played.unchanged(),
                played.takenApart(),
                played.unhandled(),
                played.left(),
                new TreeMap<>(played.setAside()),
                played.devices().size(),
                played.devices().stream().limit(NAMED).map(Imei::digits).toList(),
                new Alerts(alerts.raised(), alerts.worse(), alerts.better(), alerts.cleared()),
                startAfter);
    }
}

package dev.fleetline.alert;

import dev.fleetline.device.Circumstances;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Device;
import dev.fleetline.device.Finding;
import dev.fleetline.device.Health;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** What is true of a device, also of one that is not judged any more: then nothing that was open holds. */
final class Findings {

    private Findings() {}

    static List<Finding> of(
            Health health, Device device, Circumstances circumstances, Collection<Alert> known, Instant now) {
        List<Finding> found = health.judge(device, withLoss(circumstances, known), now);
        if (device.lifecycle().isJudged()) {
            return found;
        }
        Stream<Finding> over = known.stream()
                .filter(Alert.Open.class::isInstance)
                .map(Alert::condition)
                .filter(open -> found.stream().noneMatch(finding -> finding.condition() == open))
                .map(open -> Finding.none(open, now));
        return Stream.concat(found.stream(), over).toList();
    }

    private static Circumstances withLoss(Circumstances circumstances, Collection<Alert> known) {
        return known.stream()
                .filter(alert -> alert instanceof Alert.Open && alert.condition() == Condition.NETWORK_LOST)
                .map(Alert.Open.class::cast)
                .map(Alert.Open::holding)
                .findFirst()
                .map(loss -> circumstances.lostBefore(loss.since(), loss.cause()))
                .orElse(circumstances);
    }
}

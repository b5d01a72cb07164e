package dev.fleetline.healthsweep;

import dev.fleetline.alert.JudgeDevice;
import dev.fleetline.alert.JudgeDevice.Judged;
import dev.fleetline.alert.Visit;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.DeviceRegistry.Page;
import dev.fleetline.device.DeviceRegistry.Unreadable;
import dev.fleetline.device.Health;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Severity;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.lambda.LogKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Judges one part of the fleet, page by page. One bad device is counted and is never the end of it. */
final class RateSegment {

    private static final Logger LOG = LoggerFactory.getLogger(RateSegment.class);

    /** What a page and a good end take. */
    private static final Duration RESERVE = Duration.ofSeconds(10);

    private final DeviceRegistry devices;
    private final JudgeDevice judgeDevice;
    private final Health health;
    private final InstantSource clock;
    private final int pageSize;

    RateSegment(DeviceRegistry devices, JudgeDevice judgeDevice, Health health, InstantSource clock, int pageSize) {
        this.devices = devices;
        this.judgeDevice = judgeDevice;
        this.health = health;
        this.clock = clock;
        this.pageSize = pageSize;
    }

    /** What came of it; {@code next} is where to go on, empty when the segment is through. */
    record Rated(Tally tally, Optional<Imei> next) {}

    /**
     * Judges from behind {@code startAfter} until the segment is through or the deadline is near. The deadline is
     * looked at between pages only: so each call gets at least one page further, and an unreadable item, whose place
     * in a page nobody knows, is counted exactly once.
     */
    Rated run(int segment, int of, Optional<Imei> startAfter, String sweepId, Deadline deadline) {
        Tally tally = Tally.NOTHING;
        Optional<Imei> from = startAfter;
        do {
            Page page = devices.page(segment, of, from, pageSize);
            tally = tally.plus(rate(page, sweepId));
            from = page.next();
        } while (from.isPresent() && !deadline.isNear(RESERVE));
        return new Rated(tally, from);
    }

    private Tally rate(Page page, String sweepId) {
        Tally tally = new Tally(0, page.unreadable().size(), 0, Judged.NOTHING);
        for (Unreadable unreadable : page.unreadable()) {
            LOG.error("skipped item {}: {}", unreadable.key(), unreadable.reason());
        }
        for (Device device : page.devices()) {
            if (device.lifecycle().isJudged()) {
                tally = tally.plus(rate(device, sweepId));
            }
        }
        return tally;
    }

    private Tally rate(Device device, String sweepId) {
        MDC.put(LogKey.DEVICE.key(), device.imei().toString());
        try {
            Judged judged = judgeDevice.run(device.imei(), Visit.sweep(sweepId));
            return new Tally(1, 0, isLost(device) ? 1 : 0, judged);
        } catch (RuntimeException e) {
            LOG.error("skipped, could not be judged", e);
            return new Tally(0, 1, 0, Judged.NOTHING);
        } finally {
            MDC.remove(LogKey.DEVICE.key());
        }
    }

    private boolean isLost(Device device) {
        return health.judge(device, clock.instant()).stream()
                .anyMatch(finding ->
                        finding.condition() == Condition.NETWORK_LOST && finding.severity() != Severity.NONE);
    }
}

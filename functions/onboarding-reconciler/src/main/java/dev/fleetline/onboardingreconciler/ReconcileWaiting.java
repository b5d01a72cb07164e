package dev.fleetline.onboardingreconciler;

import dev.fleetline.carrier.Carriers;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Patience;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.lambda.LogKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Looks after the devices that wait for somebody, the longest due first, as far as the time reaches. One bad device is
 * counted and is never the end of it; whom this run does not reach, the next one takes first. Those whose carrier is
 * down are put off for a short while, so that they do not stand before those of the other one for ever.
 */
final class ReconcileWaiting {

    /** So many are taken from the index at once. */
    static final int LOT = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(ReconcileWaiting.class);

    private final DeviceRegistry registry;
    private final Carriers carriers;
    private final WaitingRules rules;
    private final TakeStep takeStep;
    private final InstantSource clock;
    private final Duration reserve;

    /** {@code reserve} is what one device may take. */
    ReconcileWaiting(
            DeviceRegistry registry,
            Carriers carriers,
            WaitingRules rules,
            TakeStep takeStep,
            InstantSource clock,
            Duration reserve) {
        this.registry = registry;
        this.carriers = carriers;
        this.rules = rules;
        this.takeStep = takeStep;
        this.clock = clock;
        this.reserve = reserve;
    }

    /** What came of a run; {@code isThrough} when nobody is left who was due. */
    record Reconciled(Tally tally, boolean isThrough) {}

    Reconciled run(Deadline deadline) {
        var askCarrier = new AskCarrier(carriers);
        Set<Imei> taken = new HashSet<>();
        Tally tally = Tally.NOTHING;
        List<Imei> lot;
        do {
            // the index may be a moment behind, and one that cannot be read stays where it is
            lot = registry.waiting(clock.instant(), LOT).stream()
                    .filter(taken::add)
                    .toList();
            for (Imei imei : lot) {
                if (deadline.isNear(reserve)) {
                    return new Reconciled(tally, false);
                }
                tally = tally.plus(reconcile(imei, askCarrier));
            }
        } while (!lot.isEmpty() && taken.size() >= LOT);
        return new Reconciled(tally, true);
    }

    private Tally reconcile(Imei imei, AskCarrier askCarrier) {
        MDC.put(LogKey.DEVICE.key(), imei.toString());
        try {
            return registry.find(imei)
                    .filter(device -> isDue(device, clock.instant()))
                    .map(device -> goOn(device, askCarrier))
                    .orElse(Tally.NOTHING);
        } catch (RuntimeException e) {
            LOG.error("skipped, could not be looked after", e);
            return Tally.skipped(1);
        } finally {
            MDC.remove(LogKey.DEVICE.key());
        }
    }

    private Tally goOn(Device device, AskCarrier askCarrier) {
        if (!WaitingRules.isCarrierAsked(device.lifecycle())) {
            return take(device, new Sight.Missing());
        }
        if (askCarrier.isGivenUp(device) && !isToldNow(device)) {
            return putOff(device);
        }
        return take(device, askCarrier.about(device));
    }

    private Tally putOff(Device device) {
        Instant now = clock.instant();
        Device later = device.waitsOn(now.plus(Patience.SOON), device.progress().told());
        takeStep.run(device, Step.waits(later), now);
        return Tally.LEFT;
    }

    private Tally take(Device device, Sight sight) {
        Instant now = clock.instant();
        return rules.next(device, sight, now)
                .map(step -> takeStep.run(device, step, now))
                .orElse(Tally.LEFT);
    }

    /** The index may be a moment behind. */
    private static boolean isDue(Device device, Instant now) {
        return device.progress().lookAt().filter(at -> !at.isAfter(now)).isPresent();
    }

    private boolean isToldNow(Device device) {
        return device.lifecycle().isOrderOpen()
                && Patience.noticesDue(device, clock.instant())
                        > device.progress().told();
    }
}

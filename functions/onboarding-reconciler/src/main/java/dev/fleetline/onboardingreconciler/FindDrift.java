package dev.fleetline.onboardingreconciler;

import dev.fleetline.carrier.Carriers;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.DeviceRegistry.Page;
import dev.fleetline.device.DeviceRegistry.Unreadable;
import dev.fleetline.device.Imei;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.lambda.LogKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Holds what the carriers list against what we have: our devices page by page, and of each carrier's account that one of
 * them is in the whole list, read when the first of them is met. A list that could not be read to its end, or that is
 * empty, says of nobody that the carrier has lost it; and of whom a list differs, the carrier is asked once more.
 */
final class FindDrift {

    private static final int PAGE = 100;

    private static final Logger LOG = LoggerFactory.getLogger(FindDrift.class);

    private final DeviceRegistry registry;
    private final Carriers carriers;
    private final TakeStep takeStep;
    private final InstantSource clock;
    private final Duration reserve;

    /** {@code reserve} is what a page of ours, or one call of a carrier, may take. */
    FindDrift(DeviceRegistry registry, Carriers carriers, TakeStep takeStep, InstantSource clock, Duration reserve) {
        this.registry = registry;
        this.carriers = carriers;
        this.takeStep = takeStep;
        this.clock = clock;
        this.reserve = reserve;
    }

    /** What came of a pass; {@code next} is where to go on, empty when the fleet is through. */
    record Compared(Tally tally, Optional<Imei> next) {}

    /**
     * Compares from behind {@code startAfter} until the fleet is through or the deadline is near, but always at least one
     * page, so that each call gets further.
     */
    Compared run(Optional<Imei> startAfter, Deadline deadline) {
        var pass = new Pass(deadline);
        Tally tally = Tally.NOTHING;
        Optional<Imei> from = startAfter;
        do {
            Page page = registry.page(0, 1, from, PAGE);
            tally = tally.plus(pass.compare(page));
            from = page.next();
        } while (from.isPresent() && !deadline.isNear(reserve));
        return new Compared(tally, from);
    }

    /** Whose list it is. */
    private record Account(String carrier, String account) {}

    /** One invocation, which has read some lists. */
    private final class Pass {

        private final Deadline deadline;
        private final AskCarrier askCarrier = new AskCarrier(carriers);
        private final Map<Account, CarrierList> lists = new HashMap<>();

        Pass(Deadline deadline) {
            this.deadline = deadline;
        }

        Tally compare(Page page) {
            for (Unreadable unreadable : page.unreadable()) {
                LOG.error("skipped item {}: {}", unreadable.key(), unreadable.reason());
            }
            Tally tally = Tally.skipped(page.unreadable().size());
            for (Device device : page.devices()) {
                if (DriftRules.isCompared(device.lifecycle())) {
                    tally = tally.plus(compare(device));
                }
            }
            return tally;
        }

        private Tally compare(Device device) {
            MDC.put(LogKey.DEVICE.key(), device.imei().toString());
            try {
                return listOf(device)
                        .of(device)
                        .flatMap(sight -> DriftRules.next(device, sight, clock.instant()))
                        .map(_ -> lookTwice(device))
                        .orElse(Tally.SEEN);
            } catch (RuntimeException e) {
                LOG.error("skipped, could not be compared", e);
                return Tally.skipped(1);
            } finally {
                MDC.remove(LogKey.DEVICE.key());
            }
        }

        /** The list may be as old as the pass, or wrong: what counts is what the carrier says of the one device now. */
        private Tally lookTwice(Device device) {
            if (deadline.isNear(reserve)) {
                return Tally.LEFT;
            }
            Sight sight = askCarrier.about(device);
            if (sight instanceof Sight.Unanswered) {
                return Tally.LEFT;
            }
            Instant now = clock.instant();
            return DriftRules.next(device, sight, now)
                    .map(step -> takeStep.run(device, step, now))
                    .orElse(Tally.SEEN);
        }

        private CarrierList listOf(Device device) {
            return lists.computeIfAbsent(
                    new Account(device.order().carrier(), device.order().account()), this::read);
        }

        private CarrierList read(Account whose) {
            Instant now = clock.instant();
            CarrierList list = carriers.named(whose.carrier())
                    .map(carrier -> CarrierList.read(carrier, whose.account(), now, deadline, reserve))
                    .orElseGet(() -> CarrierList.unread(now, "this deployment does not speak to it"));
            list.flaw()
                    .ifPresentOrElse(
                            flaw -> LOG.error(
                                    "an account's list of {} was not read to its end ({}): nobody is called missing",
                                    whose.carrier(),
                                    flaw),
                            () -> {
                                if (list.size() == 0) {
                                    LOG.error(
                                            "{} lists nothing for an account that has devices of ours: a fault of the "
                                                    + "platform, or of its settings; nobody is called missing",
                                            whose.carrier());
                                }
                            });
            return list;
        }
    }
}

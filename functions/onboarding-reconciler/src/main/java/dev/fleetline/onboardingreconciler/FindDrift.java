package dev.fleetline.onboardingreconciler;

import dev.fleetline.carrier.Carriers;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.DeviceRegistry.Page;
import dev.fleetline.device.DeviceRegistry.Saved;
import dev.fleetline.device.DeviceRegistry.Unreadable;
import dev.fleetline.device.Imei;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.lambda.LogKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Holds what the carriers list against what we have: our devices page by page, and of each carrier's account that one of
 * them is in the whole list, read when the first of them is met. A list that could not be read to its end, or that is
 * empty, says of nobody that the carrier has lost it; where more than a tenth of an account differs at once nothing is
 * believed; and of whom a list differs, the carrier is asked once more.
 */
final class FindDrift {

    private static final int PAGE = 100;

    /** So many times the reserve is left for what is to be told in the end. */
    private static final int TO_TELL = 3;

    /** So many may differ at once in an account of whatever size. */
    private static final int FEW = 5;

    /** More than the runs that look after those that wait are ever behind. */
    private static final Duration LONG_DUE = Duration.ofHours(1);

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

    /**
     * What came of a pass.
     *
     * @param isThrough whether the fleet was compared to its end, and all that differed was told
     * @param next where to go on, empty when from where it began
     * @param fault what kept an account from being believed
     */
    record Compared(Tally tally, boolean isThrough, Optional<Imei> next, Optional<String> fault) {}

    /**
     * Compares from behind {@code startAfter} until the fleet is through or the deadline is near, but always at least one
     * page. Only then is anything stored or told, and nothing of an account of which too much differs at once, unless a
     * person has looked and it {@code isBelieved}.
     */
    Compared run(Optional<Imei> startAfter, boolean isBelieved, Deadline deadline) {
        var pass = new Pass(deadline);
        Tally tally = Tally.NOTHING;
        Optional<Imei> from = startAfter;
        do {
            Page page = registry.page(0, 1, from, PAGE);
            tally = tally.plus(pass.compare(page));
            from = page.next();
        } while (from.isPresent() && !deadline.isNear(reserve.multipliedBy(TO_TELL)));
        tally = tally.plus(pass.tell(isBelieved));
        return new Compared(tally, from.isEmpty() && !pass.isCut, pass.isCut ? startAfter : from, pass.fault);
    }

    /** Whose list it is. */
    private record Account(String carrier, String account) {
        static Account of(Device device) {
            return new Account(device.order().carrier(), device.order().account());
        }
    }

    /** What a pass has seen of an account. */
    private static final class Seen {

        private final List<Imei> differing = new ArrayList<>();
        private final List<Imei> settling = new ArrayList<>();
        private int devices;

        /** So many at once is a fault of the platform, or of its answer, sooner than of the devices. */
        private boolean isTooMuch() {
            return differing.size() > FEW && differing.size() * 10L > devices;
        }
    }

    /** One invocation, which has read some lists. */
    private final class Pass {

        private final Deadline deadline;
        private final AskCarrier askCarrier = new AskCarrier(carriers);
        private final Map<Account, CarrierList> lists = new HashMap<>();
        private final Map<Account, Seen> seen = new HashMap<>();
        private boolean isCut;
        private Optional<String> fault = Optional.empty();

        Pass(Deadline deadline) {
            this.deadline = deadline;
        }

        Tally compare(Page page) {
            for (Unreadable unreadable : page.unreadable()) {
                LOG.error("skipped item {}: {}", unreadable.key(), unreadable.reason());
            }
            Tally tally = Tally.skipped(page.unreadable().size());
            for (Device device : page.devices()) {
                tally = tally.plus(of(device.imei(), () -> compare(device)));
            }
            return tally;
        }

        private Tally compare(Device device) {
            Instant now = clock.instant();
            if (isForgotten(device, now) && registry.save(device, Consequences.NONE) instanceof Saved.Stored) {
                LOG.info("an order that nobody had looked at for long is put where those that wait are found");
            }
            if (!DriftRules.isCompared(device.lifecycle())) {
                return Tally.NOTHING;
            }
            Seen account = seen.computeIfAbsent(Account.of(device), _ -> new Seen());
            account.devices++;
            Optional<Step> step = listOf(device).of(device).flatMap(sight -> DriftRules.next(device, sight, now));
            step.ifPresent(
                    found -> (found.events().isEmpty() ? account.settling : account.differing).add(device.imei()));
            return step.isPresent() ? Tally.NOTHING : Tally.SEEN;
        }

        /** An open order that is long due, so that no run has found it: it was stored before there was an index of them. */
        private static boolean isForgotten(Device device, Instant now) {
            return device.lifecycle().isOrderOpen()
                    && device.progress()
                            .lookAt()
                            .filter(at -> at.plus(LONG_DUE).isBefore(now))
                            .isPresent();
        }

        /** What differs, of every account that can be believed. */
        Tally tell(boolean isBelieved) {
            Tally tally = Tally.NOTHING;
            for (Map.Entry<Account, Seen> each : seen.entrySet()) {
                Seen account = each.getValue();
                if (account.isTooMuch() && !isBelieved) {
                    String words = account.differing.size() + " of " + account.devices + " devices of an account of "
                            + each.getKey().carrier() + " differ at once";
                    LOG.error("{}: nothing of it is stored or told until a person has looked", words);
                    fault = Optional.of(words);
                    tally = tally.plus(Tally.left(account.differing.size() + account.settling.size()));
                } else {
                    for (Imei imei : account.differing) {
                        tally = tally.plus(of(imei, () -> lookTwice(imei)));
                    }
                    for (Imei imei : account.settling) {
                        tally = tally.plus(of(imei, () -> lookTwice(imei)));
                    }
                }
            }
            return tally;
        }

        private Tally of(Imei imei, Supplier<Tally> work) {
            MDC.put(LogKey.DEVICE.key(), imei.toString());
            try {
                return work.get();
            } catch (RuntimeException e) {
                LOG.error("skipped, could not be compared", e);
                return Tally.skipped(1);
            } finally {
                MDC.remove(LogKey.DEVICE.key());
            }
        }

        /** The list may be as old as the pass, or wrong: what counts is what the carrier says of the one device now. */
        private Tally lookTwice(Imei imei) {
            if (deadline.isNear(reserve)) {
                isCut = true;
                return Tally.LEFT;
            }
            return registry.find(imei).map(this::lookTwice).orElse(Tally.NOTHING);
        }

        private Tally lookTwice(Device device) {
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
            return lists.computeIfAbsent(Account.of(device), this::read);
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

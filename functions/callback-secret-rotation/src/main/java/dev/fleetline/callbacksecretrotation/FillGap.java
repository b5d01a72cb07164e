package dev.fleetline.callbacksecretrotation;

import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.Deliveries;
import dev.fleetline.callbacksecretrotation.StreamMove.Gap;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierStreams;
import dev.fleetline.carrier.CarrierStreams.PastReport;
import dev.fleetline.carrier.FreshToken;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Imei;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.tokens.TokenRealm;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what devices reported while no subscription was there, and keeps it as the receiver would have, but as asked
 * for: it does not say that the stream speaks again. A report that did come in counts once all the same.
 *
 * <p>It costs one call per device, so it has a bound: of the devices behind it, the next report mends what was missed.
 */
final class FillGap {

    /** The platform's clock and the moment at which a change takes effect may differ by so much. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private static final int REPORTS_PER_DEVICE = 100;
    private static final int PAGE = 100;

    /** A device may take two answers of the platform and a wait for a token. */
    private static final Duration TO_END_IN_GOOD_ORDER = Duration.ofSeconds(45);

    private static final Logger LOG = LoggerFactory.getLogger(FillGap.class);

    private final CarrierStreams streams;
    private final FreshToken freshToken;
    private final DeviceRegistry registry;
    private final CallbackInbox inbox;
    private final InstantSource clock;
    private final int mostDevices;

    FillGap(
            CarrierStreams streams,
            FreshToken freshToken,
            DeviceRegistry registry,
            CallbackInbox inbox,
            InstantSource clock,
            int mostDevices) {
        this.streams = streams;
        this.freshToken = freshToken;
        this.registry = registry;
        this.inbox = inbox;
        this.clock = clock;
        this.mostDevices = mostDevices;
    }

    /**
     * What came of it.
     *
     * @param asked devices whose history was read
     * @param failed devices whose history could not be read
     * @param leftOut whether there are devices behind the bound, the time that was left, or the end of the token
     * @param stored reports that had not come in
     */
    record Filled(int asked, int failed, boolean leftOut, int stored) {}

    /** Never fails for a device: the stream is in order again, which counts for more than what it missed. */
    Filled run(Gap gap, Deadline deadline) {
        Tally tally = new Tally(gap);
        Optional<Imei> next = Optional.empty();
        do {
            DeviceRegistry.Page page = registry.page(0, 1, next, PAGE);
            for (Device device : page.devices()) {
                if (tally.isOver || tally.asked >= mostDevices || deadline.isNear(TO_END_IN_GOOD_ORDER)) {
                    return told(tally.filled(true));
                }
                device.uid().ifPresent(tally::ask);
            }
            next = page.next();
        } while (next.isPresent());
        return told(tally.filled(false));
    }

    private static Filled told(Filled filled) {
        if (filled.leftOut() || filled.failed() > 0) {
            LOG.warn("the gap was filled in part: {}; the next report of a device mends what is missing", filled);
        } else {
            LOG.info("the gap was filled: {}", filled);
        }
        return filled;
    }

    /** Counts while it asks. */
    private final class Tally {

        private final Instant from;
        private final Instant to;
        private int asked;
        private int failed;
        private int stored;
        private boolean isOver;

        Tally(Gap gap) {
            this.from = gap.from().minus(MARGIN);
            this.to = gap.to().plus(MARGIN);
        }

        void ask(DeviceId uid) {
            asked++;
            CarrierReply<List<PastReport>> reply =
                    freshToken.ask(TokenRealm.CORE, () -> streams.history(uid, REPORTS_PER_DEVICE));
            if (reply instanceof Ok<List<PastReport>>(var reports)) {
                reports.stream().filter(this::isOfTheGap).forEach(this::keep);
            } else {
                failed++;
                // every other device would wait for the token, too
                isOver = reply instanceof TokenRefused<List<PastReport>>;
            }
        }

        private boolean isOfTheGap(PastReport report) {
            return !report.receivedAt().isBefore(from) && !report.receivedAt().isAfter(to);
        }

        private void keep(PastReport report) {
            if (inbox.put(Deliveries.streamed(report.message(), clock.instant()).asked())) {
                stored++;
            }
        }

        Filled filled(boolean leftOut) {
            return new Filled(asked, failed, leftOut, stored);
        }
    }
}

package dev.fleetline.carrier;

import dev.fleetline.device.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * To whom a carrier streams what devices report: targets, the subscriptions that feed them, and what it remembers of the
 * reports themselves. Every call answers; none throws for what a carrier does.
 */
public interface CarrierStreams {

    /** Every target of the account; a carrier tells nobody their keys. */
    CarrierReply<List<Target>> targets();

    /** Makes a place to which streams can be sent; gives its id. */
    CarrierReply<String> createTarget(StreamTarget target);

    /** AlreadyDone when there is none of that id. */
    CarrierReply<String> deleteTarget(String targetId);

    /** Every subscription of the account. */
    CarrierReply<List<Subscription>> subscriptions();

    /** Has a stream sent to a target; AlreadyDone when there is a subscription of that kind. */
    CarrierReply<String> createSubscription(String targetId, String streamKind, String name);

    /**
     * Has a subscription feed another target from now on. Refused is the answer of a carrier that has no such call, too,
     * and then nothing was changed.
     */
    CarrierReply<String> moveSubscription(String subscriptionId, String targetId);

    /** AlreadyDone when there is none of that id. */
    CarrierReply<String> deleteSubscription(String subscriptionId);

    /**
     * What the carrier remembers of a device's last reports, newest first.
     *
     * @param limit how many at most; which of them are of interest, their times say
     */
    CarrierReply<List<PastReport>> history(DeviceId uid, int limit);

    /** A receiver of streams as the carrier tells of it; {@code createdAt} is the epoch when it does not say. */
    record Target(String id, String name, String address, Instant createdAt) {}

    /** What feeds a target; {@code createdAt} is the epoch when the carrier does not say. */
    record Subscription(String id, String name, String streamKind, String targetId, Instant createdAt, Health health) {

        /** One that nothing was sent through yet. */
        public Subscription(String id, String name, String streamKind, String targetId, Instant createdAt) {
            this(id, name, streamKind, targetId, createdAt, Health.UNTRIED);
        }
    }

    /**
     * How a subscription has fared, in the carrier's own words and counts.
     *
     * @param lastStatus {@code success} or {@code fail}; empty when nothing was ever sent
     * @param lastAt when that was
     * @param networkFailures how often the receiver was not reached
     * @param streamFailures how often it did not take what was sent
     * @param configurationFailures how often nothing could be sent as the target is set up
     * @param disabled whether somebody has switched it off
     */
    record Health(
            String lastStatus,
            Optional<Instant> lastAt,
            int networkFailures,
            int streamFailures,
            int configurationFailures,
            boolean disabled) {

        /** Of a subscription that is on and that nothing was sent through. */
        public static final Health UNTRIED = new Health("", Optional.empty(), 0, 0, 0, false);

        /** Whether what was sent last did not arrive. */
        public boolean isFailing() {
            return lastStatus.toLowerCase(Locale.ROOT).startsWith("fail");
        }
    }

    /**
     * One report.
     *
     * @param receivedAt when the carrier had it; the epoch when it does not say
     * @param message the text that the carrier streamed of it, or would have
     */
    record PastReport(Instant receivedAt, String message) {
        /** Without the message, which tells where a device is. */
        @Override
        public String toString() {
            return "PastReport[" + receivedAt + "]";
        }
    }

    /**
     * A receiver of streams.
     *
     * @param key what the carrier shall show us as Authorization; a secret of ours, never the carrier's own token
     */
    record StreamTarget(String name, String address, String key) {
        /** Without the key. */
        @Override
        public String toString() {
            return "StreamTarget[" + name + " at " + address + "]";
        }
    }
}

package dev.fleetline.healthsweep;

import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.Deliveries;
import dev.fleetline.callback.Delivery;
import dev.fleetline.carrier.CarrierGateway;
import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.carrier.CarrierGateway.Line;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierStreams;
import dev.fleetline.carrier.CarrierStreams.PastReport;
import dev.fleetline.carrier.FreshToken;
import dev.fleetline.claims.Claims;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Normalised;
import dev.fleetline.fleetevents.Digest;
import dev.fleetline.sweepfiles.SweptLoss.CarrierWord;
import dev.fleetline.tokens.TokenRealm;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Asks Core about one device, and fetches what the device has reported since we heard of it. That is kept as a delivery
 * that was asked for, so whoever applies deliveries applies it.
 */
final class AskCore {

    /** More than a device sends in one wake; the newest come first. */
    private static final int REPORTS = 10;

    private static final int TIMES_AN_HOUR = 4;
    private static final int MOST_IN_A_ROW = 3;

    private final CarrierGateway carrier;
    private final CarrierStreams streams;
    private final FreshToken freshToken;
    private final CallbackInbox inbox;
    private final Claims claims;
    private final InstantSource clock;
    private int left;
    private int unansweredInARow;

    /** Asks about so many devices at most. */
    AskCore(
            CarrierGateway carrier,
            CarrierStreams streams,
            FreshToken freshToken,
            CallbackInbox inbox,
            Claims claims,
            InstantSource clock,
            int devices) {
        this.carrier = carrier;
        this.streams = streams;
        this.freshToken = freshToken;
        this.inbox = inbox;
        this.claims = claims;
        this.clock = clock;
        this.left = devices;
    }

    /**
     * What Core says.
     *
     * @param hasReported whether the device has reported to Core what it has not to us
     */
    record Said(CarrierWord word, boolean hasReported) {}

    /** Whether nobody is asked any more. */
    boolean isOver() {
        return left <= 0 || unansweredInARow >= MOST_IN_A_ROW;
    }

    /** Empty when nobody may ask now, or nobody answered. */
    Optional<Said> about(Device device) {
        Instant now = clock.instant();
        String bucket = "ask#" + Digest.of(device.imei().digits());
        if (isOver() || !claims.take(bucket, TIMES_AN_HOUR, now, Duration.ofHours(1))) {
            return Optional.empty();
        }
        left--;
        CarrierReply<Optional<CarrierDevice>> reply = carrier.find(
                new Line(device.imei(), device.order().iccid(), device.order().account(), device.uid()));
        if (!(reply instanceof Ok<Optional<CarrierDevice>>(var found))) {
            unansweredInARow = reply instanceof TokenRefused<?> ? MOST_IN_A_ROW : unansweredInARow + 1;
            return Optional.empty();
        }
        unansweredInARow = 0;
        CarrierWord word = found.map(CarrierView::of).orElseGet(CarrierView::ofNobody);
        Optional<DeviceId> uid = found.flatMap(CarrierDevice::uid);
        // a document that somebody edited has moved, too: only the reports themselves say that there were some
        boolean hasMoved =
                word.newest().filter(newest -> isNewer(newest, device)).isPresent();
        return Optional.of(new Said(
                word, hasMoved && uid.filter(id -> hasReported(device, id)).isPresent()));
    }

    private boolean hasReported(Device device, DeviceId uid) {
        CarrierReply<List<PastReport>> reply = freshToken.ask(TokenRealm.CORE, () -> streams.history(uid, REPORTS));
        if (!(reply instanceof Ok<List<PastReport>>(var reports))) {
            unansweredInARow = reply instanceof Refused<?> ? unansweredInARow : unansweredInARow + 1;
            return false;
        }
        List<Delivery> missed = reports.stream()
                .map(report ->
                        Deliveries.streamed(report.message(), clock.instant()).asked())
                .filter(delivery ->
                        readingsAt(delivery).filter(at -> isNewer(at, device)).isPresent())
                .toList();
        missed.forEach(inbox::put);
        return !missed.isEmpty();
    }

    private static Optional<Instant> readingsAt(Delivery delivery) {
        return Deliveries.data(delivery)
                .map(data -> Normalised.event(data, delivery.receivedAt()))
                .flatMap(read -> read instanceof Normalised.Understood(var report)
                        ? Optional.of(report.seen())
                        : Optional.empty());
    }

    private static boolean isNewer(Instant at, Device device) {
        return device.vitals().lastSeen().filter(seen -> !at.isAfter(seen)).isEmpty();
    }
}

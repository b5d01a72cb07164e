package dev.fleetline.callback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.callback.Delivery.DeliveryId;
import dev.fleetline.device.WireTime;
import dev.fleetline.fleetevents.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * What makes a message this one and not another; why so, and what every other way would lose or double, says {@code
 * infra/decisions/0017-identity-of-a-delivery.md}.
 *
 * @param before the key under which the same message is kept if it came first in the half hour before
 */
record Identity(DeliveryId id, Optional<DeliveryId> before) {

    /** Twice as long as the platform takes for all its tries: the last is 15 minutes after the first. */
    private static final Duration HALF_HOUR = Duration.ofMinutes(30);

    /** Services that say one thing once to each request of ours, and repeat its id. */
    private static final Set<String> ANSWERING = Set.of("CarrierService", "DeviceService", "SMSDeliveryConfirmation");

    /** Of a stream event: by its own ids; without them by what it says, which includes when it was. */
    static Identity ofEvent(ObjectNode message, Instant receivedAt) {
        JsonNode data = message.path("data");
        Optional<String> device = NamedDevice.ofEvent(data).key();
        Optional<Instant> eventTime = PlatformJson.text(data, "createdon").flatMap(WireTime::read);
        Optional<String> own = PlatformJson.text(data, "id")
                .flatMap(id -> PlatformJson.text(data, "versionid").map(version -> Digest.of(id, version)));
        if (own.isPresent()) {
            return new Identity(key(device, eventTime, own.get()), Optional.empty());
        }
        String says = CanonicalJson.of(message);
        return eventTime.isPresent()
                ? new Identity(key(device, eventTime, Digest.of("stream", says)), Optional.empty())
                : inHalfHour(receivedAt, half -> key(device, eventTime, Digest.of("stream", says, half)));
    }

    /** Of a device's document: by what it says, which includes when it last changed. */
    static Identity ofDocument(ObjectNode document) {
        return new Identity(
                key(
                        NamedDevice.ofDocument(document).key(),
                        PlatformJson.text(document, "lastupdated").flatMap(WireTime::read),
                        Digest.of("document", CanonicalJson.of(document))),
                Optional.empty());
    }

    /** Of a service's message, from which its credentials were taken. */
    static Identity ofCallback(String service, ObjectNode message, Instant receivedAt) {
        Optional<String> device = NamedDevice.ofCallback(message).key();
        Optional<Instant> eventTime = ownTime(message);
        String says = CanonicalJson.of(message);
        boolean answersUs = ANSWERING.contains(service)
                && PlatformJson.text(message, "requestId").isPresent();
        return answersUs || eventTime.isPresent()
                ? new Identity(key(device, eventTime, Digest.of(service, says)), Optional.empty())
                : inHalfHour(receivedAt, half -> key(device, eventTime, Digest.of(service, says, half)));
    }

    /** When it happened, as the service itself says it; of several the first, so that their order does not matter. */
    private static Optional<Instant> ownTime(ObjectNode message) {
        return message.findParents("occurredAt").stream()
                .flatMap(parent -> PlatformJson.text(parent, "occurredAt").flatMap(WireTime::read).stream())
                .min(Comparator.naturalOrder());
    }

    /**
     * Of the same message while something in it keeps it from being applied: under its device and its time, and beside
     * the place where it is kept once it can be.
     */
    Identity setAside() {
        return new Identity(setAside(id), before.map(Identity::setAside));
    }

    private static DeliveryId setAside(DeliveryId id) {
        return new DeliveryId(id.device(), id.eventTime(), Digest.of("set aside", id.deliveryId()));
    }

    /** Of what cannot be read: by its bytes. */
    static Identity ofUnreadable(String source, String payload) {
        return new Identity(key(Optional.empty(), Optional.empty(), Digest.of(source, payload)), Optional.empty());
    }

    private static Identity inHalfHour(Instant receivedAt, LongFunction<DeliveryId> key) {
        long half = Math.floorDiv(receivedAt.getEpochSecond(), HALF_HOUR.toSeconds());
        return new Identity(key.apply(half), Optional.of(key.apply(half - 1)));
    }

    private static DeliveryId key(Optional<String> device, Optional<Instant> eventTime, String digest) {
        return new DeliveryId(device.orElse("unknown#" + digest), eventTime, digest);
    }
}

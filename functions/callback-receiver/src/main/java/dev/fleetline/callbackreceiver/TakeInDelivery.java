package dev.fleetline.callbackreceiver;

import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.Deliveries;
import dev.fleetline.callback.Delivery;
import java.time.Instant;
import java.time.InstantSource;

/** Lets a sender in or not, and keeps what it brought. */
final class TakeInDelivery {

    private final StreamKeyCheck keyCheck;
    private final CallbackInbox inbox;
    private final int maxBodyBytes;
    private final InstantSource clock;

    TakeInDelivery(StreamKeyCheck keyCheck, CallbackInbox inbox, int maxBodyBytes, InstantSource clock) {
        this.keyCheck = keyCheck;
        this.inbox = inbox;
        this.maxBodyBytes = maxBodyBytes;
        this.clock = clock;
    }

    /** What the sender is told. */
    sealed interface Taken {
        /** It is kept, now or since an earlier time; {@code stored} tells which. */
        record Kept(String deliveryId, boolean stored) implements Taken {}

        /** The key is missing or wrong, or no key is set up. */
        record Refused() implements Taken {}

        /** More bytes than {@code limit}. */
        record TooLarge(int limit) implements Taken {}

        /** It got lost on the way: what stands for the body's bytes is no Base64. */
        record Garbled() implements Taken {}
    }

    /** An exception means that it is not known to be kept, and the sender must send it again. */
    Taken run(Address address, String authorization, Body body) {
        if (!keyCheck.isGood(authorization)) {
            return new Taken.Refused();
        }
        return switch (body) {
            case Body.Garbled _ -> new Taken.Garbled();
            case Body.Bytes(var bytes) ->
                bytes.length > maxBodyBytes
                        ? new Taken.TooLarge(maxBodyBytes)
                        : keep(delivery(address, bytes, clock.instant()));
        };
    }

    private Taken keep(Delivery delivery) {
        return new Taken.Kept(delivery.id().deliveryId(), inbox.put(delivery));
    }

    private static Delivery delivery(Address address, byte[] body, Instant now) {
        return switch (address) {
            case Address.Stream _ -> Deliveries.streamed(body, now);
            case Address.Service(var name) -> Deliveries.calledBack(name, body, now);
        };
    }
}

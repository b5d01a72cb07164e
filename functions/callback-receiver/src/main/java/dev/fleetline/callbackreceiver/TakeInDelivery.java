package dev.fleetline.callbackreceiver;

import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.CallbackKeys;
import dev.fleetline.callback.Deliveries;
import dev.fleetline.callback.Deliveries.Credentials;
import dev.fleetline.callback.Delivery;
import java.time.Instant;
import java.time.InstantSource;

/** Lets a sender in or not, and keeps what it brought. */
final class TakeInDelivery {

    private final StreamKeyCheck keyCheck;
    private final LoginCheck loginCheck;
    private final CallbackInbox inbox;
    private final int maxBodyBytes;
    private final InstantSource clock;

    TakeInDelivery(CallbackKeys keys, CallbackInbox inbox, int maxBodyBytes, InstantSource clock) {
        this.keyCheck = new StreamKeyCheck(keys);
        this.loginCheck = new LoginCheck(keys);
        this.inbox = inbox;
        this.maxBodyBytes = maxBodyBytes;
        this.clock = clock;
    }

    /** What the sender is told. */
    sealed interface Taken {
        /** It is kept, now or since an earlier time; {@code stored} tells which. */
        record Kept(String deliveryId, boolean stored) implements Taken {}

        /** The key or the login is missing or wrong. */
        record Refused() implements Taken {}

        /** More bytes than {@code limit}. */
        record TooLarge(int limit) implements Taken {}

        /** It got lost on the way: what stands for the body's bytes is no Base64. */
        record Garbled() implements Taken {}
    }

    /** An exception means that it is not known to be kept, and the sender must send it again. */
    Taken run(Address address, String authorization, Body body) {
        if (!isLetIn(address, authorization, body)) {
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

    private boolean isLetIn(Address address, String authorization, Body body) {
        return switch (address) {
            case Address.Stream _ -> keyCheck.isGood(authorization);
            case Address.Service _ ->
                switch (credentials(body)) {
                    case Credentials.Shown(var login) -> loginCheck.isGood(login);
                    case Credentials.Garbled _ -> false;
                    // some services log in with a header of our choice, and show none in their bodies
                    case Credentials.Absent _ -> keyCheck.isGood(authorization);
                };
        };
    }

    /** Of a stranger nothing is read that is too large to be kept. */
    private Credentials credentials(Body body) {
        return switch (body) {
            case Body.Bytes(var bytes) when bytes.length <= maxBodyBytes -> Deliveries.credentials(bytes);
            case Body.Bytes _, Body.Garbled _ -> new Credentials.Absent();
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

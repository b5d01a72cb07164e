package dev.fleetline.callbackreceiver;

import dev.fleetline.callback.Arrival;
import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.CallbackKeys;
import dev.fleetline.callback.Credentials;
import dev.fleetline.callback.Intake;
import dev.fleetline.callback.SigningKeys;
import dev.fleetline.lambda.SideBySide;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Lets a sender in or not, and keeps what it brought, each message by itself. */
final class TakeInDelivery {

    private final StreamKeyCheck keyCheck;
    private final LoginCheck loginCheck;
    private final SignatureCheck signatureCheck;
    private final CallbackInbox inbox;
    private final Intake intake;
    private final int maxBodyBytes;
    private final InstantSource clock;

    TakeInDelivery(
            CallbackKeys keys,
            SigningKeys signingKeys,
            CallbackInbox inbox,
            Intake intake,
            int maxBodyBytes,
            InstantSource clock) {
        this.keyCheck = new StreamKeyCheck(keys);
        this.loginCheck = new LoginCheck(keys);
        this.signatureCheck = new SignatureCheck(signingKeys);
        this.inbox = inbox;
        this.intake = intake;
        this.maxBodyBytes = maxBodyBytes;
        this.clock = clock;
    }

    /**
     * What a sender shows in its headers.
     *
     * @param key the stream key, verbatim or as a bearer token; empty when it shows none
     * @param signature of the body
     */
    record Shown(String key, Optional<String> signature) {
        /** Without either. */
        @Override
        public String toString() {
            return "Shown[***]";
        }
    }

    /** What the sender is told. */
    sealed interface Taken {
        /** Its one message is kept, now or since an earlier time; {@code stored} tells which. */
        record Kept(String deliveryId, boolean stored) implements Taken {}

        /** So many messages are kept, and so many of them since now. */
        record KeptAll(int deliveries, int stored) implements Taken {}

        /** Key, login or signature is missing or wrong. */
        record Refused() implements Taken {}

        /** More bytes than {@code limit}. */
        record TooLarge(int limit) implements Taken {}

        /** It got lost on the way: what stands for the body's bytes is no Base64. */
        record Garbled() implements Taken {}
    }

    /** An exception means that it is not known to be kept, and the sender must send it again. */
    Taken run(Address address, Shown shown, Body body) {
        if (!isLetIn(address, shown, body)) {
            return new Taken.Refused();
        }
        return switch (body) {
            case Body.Garbled _ -> new Taken.Garbled();
            case Body.Bytes(var bytes) ->
                bytes.length > maxBodyBytes
                        ? new Taken.TooLarge(maxBodyBytes)
                        : keep(arrivals(address, bytes, clock.instant()));
        };
    }

    private boolean isLetIn(Address address, Shown shown, Body body) {
        return switch (address) {
            case Address.Stream _ -> keyCheck.isGood(shown.key());
            case Address.Service(var name) -> isLetIn(name, shown, body);
        };
    }

    private boolean isLetIn(String service, Shown shown, Body body) {
        // of a stranger nothing is read that is too large to be kept
        if (!(body instanceof Body.Bytes(var bytes)) || bytes.length > maxBodyBytes) {
            return keyCheck.isGood(shown.key());
        }
        return switch (Credentials.in(bytes)) {
            case Credentials.Shown(var logins) -> logins.stream().allMatch(loginCheck::isGood);
            case Credentials.Garbled _ -> false;
            // some services sign, some log in with a header of our choice; neither shows anything in the body
            case Credentials.Absent _ ->
                shown.signature()
                        .map(signature -> signatureCheck.isGood(service, signature, bytes))
                        .orElseGet(() -> keyCheck.isGood(shown.key()));
        };
    }

    private List<Arrival> arrivals(Address address, byte[] body, Instant now) {
        return switch (address) {
            case Address.Stream _ -> intake.streamed(body, now);
            case Address.Service(var name) -> intake.calledBack(name, body, now);
        };
    }

    private Taken keep(List<Arrival> arrivals) {
        if (arrivals.size() == 1) {
            Arrival one = arrivals.getFirst();
            return new Taken.Kept(one.delivery().id().deliveryId(), one.keepIn(inbox));
        }
        List<Boolean> stored = SideBySide.each(arrivals, arrival -> arrival.keepIn(inbox));
        return new Taken.KeptAll(arrivals.size(), (int)
                stored.stream().filter(Boolean::booleanValue).count());
    }
}

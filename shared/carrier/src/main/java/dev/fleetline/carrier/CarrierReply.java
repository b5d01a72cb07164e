package dev.fleetline.carrier;

import dev.fleetline.device.Mender;
import java.time.Duration;
import java.util.function.Function;

/**
 * Everything a carrier can answer. An exception means a bug of ours, never "no" and never "not now".
 *
 * @param <T> what it answers when it says yes
 */
public sealed interface CarrierReply<T> {

    /** Yes, and here it is. */
    record Ok<T>(T value) implements CarrierReply<T> {}

    /** What was asked for is so already; as good as yes. */
    record AlreadyDone<T>() implements CarrierReply<T> {}

    /** No, and asking again will not help; {@code mender} is who can do something about it. */
    record Refused<T>(String code, String detail, Mender mender) implements CarrierReply<T> {
        /** Of what was asked for wrongly. */
        public Refused(String code, String detail) {
            this(code, detail, Mender.SENDER);
        }
    }

    /** Not now; it is certain that nothing was done. */
    record TryLater<T>(Duration after, String reason) implements CarrierReply<T> {}

    /** The token was refused, so nothing was done; names the token's version so that just this one is renewed. */
    record TokenRefused<T>(String secret, String versionId) implements CarrierReply<T> {}

    /** No answer, or one that does not say; the carrier may have done it. Not for reads: those are TryLater. */
    record Unclear<T>(String reason) implements CarrierReply<T> {}

    /** The same answer about what a yes means to the asker. */
    default <U> CarrierReply<U> map(Function<T, U> meaning) {
        return switch (this) {
            case Ok<T>(var value) -> new Ok<>(meaning.apply(value));
            case AlreadyDone<T>() -> new AlreadyDone<>();
            case Refused<T>(var code, var detail, var mender) -> new Refused<>(code, detail, mender);
            case TryLater<T>(var after, var reason) -> new TryLater<>(after, reason);
            case TokenRefused<T>(var secret, var versionId) -> new TokenRefused<>(secret, versionId);
            case Unclear<T>(var reason) -> new Unclear<>(reason);
        };
    }

    /** For people, without a word of the carrier's own but its code: nobody knows what is in its texts. */
    default String words() {
        return switch (this) {
            case Ok<T> _ -> "yes";
            case AlreadyDone<T> _ -> "done already";
            case Refused<T>(var code, var _, var _) -> "the platform refuses it (" + code + ")";
            case TryLater<T>(var _, var reason) -> "not now (" + reason + "); it is tried again";
            case TokenRefused<T>(var secret, var _) ->
                "there is no good token in secret " + secret + ", and nobody renewed it in time; it is tried again";
            case Unclear<T>(var reason) -> "unclear whether it was done (" + reason + "); it is tried again";
        };
    }
}

package dev.fleetline.deviceonboarding;

import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.carrier.CarrierReply.Unclear;
import dev.fleetline.lambda.Verdict;
import dev.fleetline.lambda.Verdict.Again;
import java.time.Duration;
import java.util.Optional;

/** When an order comes again that a carrier's answer did not bring on. */
final class Later {

    private static final Duration UNTIL_TOKEN_IS_RENEWED = Duration.ofMinutes(15);

    private Later() {}

    /** A "yes" that is none of the expected ones says as little as no answer. */
    static Verdict than(CarrierReply<?> reply) {
        return switch (reply) {
            case TryLater<?>(var after, var reason) -> new Again(reason, Optional.of(after));
            case TokenRefused<?>(var secret, var _) ->
                new Again("waits for a new token in secret " + secret, Optional.of(UNTIL_TOKEN_IS_RENEWED));
            case Unclear<?>(var reason) -> new Again("unclear, will be looked up: " + reason);
            case Ok<?> _, AlreadyDone<?> _, Refused<?> _ -> new Again("an answer that says nothing");
        };
    }
}

package dev.fleetline.callbacksecretrotation;

import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.carrier.CarrierReply.Unclear;

/** What a carrier's answer means for a step, which can only go on or fail. */
final class Answers {

    private Answers() {}

    /** The value of a yes; any other answer ends the step, and the next try begins with what is there then. */
    static <T> T value(String what, CarrierReply<T> reply) {
        return switch (reply) {
            case Ok<T>(var value) -> value;
            case AlreadyDone<T> _ -> throw new StepRefused(what + ": the platform says that it is done already");
            case Refused<T> _, TryLater<T> _, TokenRefused<T> _, Unclear<T> _ -> throw no(what, reply);
        };
    }

    /** For a change that is as good when it was made before. */
    static void done(String what, CarrierReply<?> reply) {
        switch (reply) {
            case Ok<?> _, AlreadyDone<?> _ -> {}
            case Refused<?> _, TryLater<?> _, TokenRefused<?> _, Unclear<?> _ -> throw no(what, reply);
        }
    }

    private static StepRefused no(String what, CarrierReply<?> reply) {
        return new StepRefused(what + ": " + reply.words());
    }
}

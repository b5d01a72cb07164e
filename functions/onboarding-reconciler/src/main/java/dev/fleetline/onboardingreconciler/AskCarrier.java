package dev.fleetline.onboardingreconciler;

import dev.fleetline.carrier.CarrierGateway;
import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.carrier.CarrierGateway.Line;
import dev.fleetline.carrier.CarrierGateway.LineState;
import dev.fleetline.carrier.CarrierGateway.Progress;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.carrier.Carriers;
import dev.fleetline.device.Device;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the carriers about devices during one invocation. One that refuses the token, or has no time three times in a
 * row, is asked no more: it would take the time of those devices whose carrier answers.
 */
final class AskCarrier {

    private static final int MOST_IN_A_ROW = 3;

    private final Carriers carriers;
    private final Map<String, Integer> inARow = new HashMap<>();

    AskCarrier(Carriers carriers) {
        this.carriers = carriers;
    }

    /** Whether its carrier is asked no more. */
    boolean isGivenUp(Device device) {
        return inARow.getOrDefault(device.order().carrier(), 0) >= MOST_IN_A_ROW;
    }

    Sight about(Device device) {
        String name = device.order().carrier();
        Optional<CarrierGateway> carrier = carriers.named(name);
        if (carrier.isEmpty()) {
            return new Sight.Unanswered("this deployment does not speak to " + name);
        }
        if (isGivenUp(device)) {
            return new Sight.Unanswered("it did not answer for others");
        }
        CarrierReply<Optional<CarrierDevice>> reply = carrier.get().find(line(device));
        switch (reply) {
            case TokenRefused<?> _ -> inARow.put(name, MOST_IN_A_ROW);
            case TryLater<?> _ -> inARow.merge(name, 1, Integer::sum);
            case Ok<?> _, CarrierReply.AlreadyDone<?> _, CarrierReply.Refused<?> _, CarrierReply.Unclear<?> _ ->
                inARow.remove(name);
        }
        return reply instanceof Ok<Optional<CarrierDevice>>(var found)
                ? found.<Sight>map(line -> new Sight.Seen(line, isRequestFailed(carrier.get(), device, line)))
                        .orElseGet(Sight.Missing::new)
                : new Sight.Unanswered(reply.words());
    }

    /** Asked only where the line itself does not say how it stands; no answer means that it has not failed yet. */
    private static boolean isRequestFailed(CarrierGateway carrier, Device device, CarrierDevice line) {
        boolean isAsked = line.state() == LineState.NOT_ACTIVE
                || (line.state() == LineState.DEACTIVATED && device.progress().isAlone());
        return isAsked
                && device.progress()
                        .requestId()
                        .map(request -> carrier.progress(device.order().account(), request))
                        .filter(reply -> reply instanceof Ok<Progress>(var progress) && progress == Progress.FAILED)
                        .isPresent();
    }

    private static Line line(Device device) {
        return new Line(device.imei(), device.order().iccid(), device.order().account(), device.uid());
    }
}

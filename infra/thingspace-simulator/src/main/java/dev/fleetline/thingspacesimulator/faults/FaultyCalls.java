package dev.fleetline.thingspacesimulator.faults;

import dev.fleetline.thingspacesimulator.faults.FaultSettings.LostBy;
import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Endpoint;
import dev.fleetline.thingspacesimulator.wire.GatewayFaults;
import io.helidon.webserver.CloseConnectionException;
import java.util.Optional;
import java.util.function.Supplier;

/** Has calls fail in the ways that were asked for. */
public final class FaultyCalls {

    private final Faults faults;

    /** Fails calls as those faults say. */
    public FaultyCalls(Faults faults) {
        this.faults = faults;
    }

    /**
     * The endpoint, as it is behind that door.
     *
     * @param api as the gateway names it
     * @param error the endpoint's own words for a fault of the server
     */
    public Endpoint behind(Door door, String api, Supplier<Answer> error, Endpoint endpoint) {
        return call -> {
            Optional<Failing.Way> failure = faults.failAt(door);
            if (failure.isPresent()) {
                return switch (failure.get()) {
                    case STATUS_500 -> error.get();
                    case HTML -> GatewayFaults.page();
                    case GATEWAY -> GatewayFaults.throttled(api);
                    case LOST -> throw new IllegalStateException("an answer is lost after the call, not before");
                };
            }
            Answer answer = endpoint.answer(call);
            return answer.status() < 300 && faults.loseAt(door) ? lost() : answer;
        };
    }

    /** Carries a registration or activation out, and then may keep its answer from the caller. */
    public Endpoint mayLoseAnswer(Endpoint endpoint) {
        return call -> {
            Answer answer = endpoint.answer(call);
            return answer.status() < 300 && faults.loseAnswer() ? lost() : answer;
        };
    }

    /** Carries an activation out, unless it gets lost on its way: then nothing is done, and its caller hears as little. */
    public Endpoint mayGetLost(Endpoint activation) {
        Endpoint arrived = mayLoseAnswer(activation);
        return call -> faults.loseActivation() ? lost() : arrived.answer(call);
    }

    private Answer lost() {
        return switch (faults.settings().calls().lostAnswerBy()) {
            case LostBy.STATUS_504 -> Answer.empty(504);
            case LostBy.CLOSE -> throw new CloseConnectionException("the answer is lost, as asked for");
        };
    }
}

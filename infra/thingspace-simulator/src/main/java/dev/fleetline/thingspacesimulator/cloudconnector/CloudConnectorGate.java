package dev.fleetline.thingspacesimulator.cloudconnector;

import dev.fleetline.thingspacesimulator.faults.Door;
import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.faults.FaultyCalls;
import dev.fleetline.thingspacesimulator.m2m.M2mGate;
import dev.fleetline.thingspacesimulator.m2m.SessionBook;
import dev.fleetline.thingspacesimulator.oauth.StandingTokenBook;
import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Call;
import dev.fleetline.thingspacesimulator.web.Endpoint;
import dev.fleetline.thingspacesimulator.wire.GatewayFaults;
import dev.fleetline.thingspacesimulator.wire.PlatformErrors;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Lets a call through that has both tokens and a body about the account. */
public final class CloudConnectorGate {

    private static final String API = "/cc/v1";

    /** A bearer that the gateway could have made; of any other it does not say that it has ended. */
    private static final Pattern BEARER = Pattern.compile("\\p{XDigit}{32}");

    private static final M2mGate.Dialect DIALECT = new M2mGate.Dialect() {
        @Override
        public String api() {
            return API;
        }

        @Override
        public Answer badBearer(String bearer) {
            return BEARER.matcher(bearer).matches() ? GatewayFaults.badBearer(API) : PlatformErrors.malformedBearer();
        }

        @Override
        public Answer noSession() {
            return PlatformErrors.noSession();
        }

        @Override
        public Answer sessionIsNoGuid() {
            return PlatformErrors.noSession();
        }

        @Override
        public Answer expiredSession() {
            return PlatformErrors.noSession();
        }
    };

    private final M2mGate gate;
    private final FaultyCalls faulty;

    /** A gate that knows the tokens and sessions of those books. */
    public CloudConnectorGate(StandingTokenBook tokens, SessionBook sessions, Faults faults) {
        this.gate = new M2mGate(tokens, sessions, DIALECT);
        this.faulty = new FaultyCalls(faults);
    }

    /** For calls that look at something, or take it out: the account stands beside what they are about. */
    Endpoint forOrders(BiFunction<CloudConnectorBody, Call, Answer> endpoint) {
        return guarded(call -> endpoint.apply(CloudConnectorBody.of(call), call));
    }

    /** For calls that make something: the account must be in the resource itself, too. */
    Endpoint forResources(Function<CloudConnectorBody, Answer> endpoint) {
        return guarded(call -> {
            CloudConnectorBody body = CloudConnectorBody.of(call);
            body.requireOwner();
            return endpoint.apply(body);
        });
    }

    private Endpoint guarded(Function<Call, Answer> endpoint) {
        return faulty.behind(
                Door.CLOUD_CONNECTOR,
                API,
                PlatformErrors::simulatedFault,
                gate.withSession(session -> endpoint.apply(session.call())));
    }
}

package dev.fleetline.thingspacesimulator.m2m;

import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.oauth.StandingTokenBook;
import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Call;
import dev.fleetline.thingspacesimulator.web.Endpoint;
import dev.fleetline.thingspacesimulator.wire.GatewayFaults;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Lets a call through when its bearer, and then its session, may make it. Two tokens, two dialects of "no". */
final class M2mGate {

    /** The API as the gateway names it. */
    static final String API = "/m2m/v1";

    private static final Pattern GUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private final StandingTokenBook tokens;
    private final SessionBook sessions;
    private final Faults faults;

    M2mGate(StandingTokenBook tokens, SessionBook sessions, Faults faults) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.faults = faults;
    }

    /** For calls that need the bearer alone. */
    Endpoint withBearer(Endpoint endpoint) {
        return call -> {
            Optional<String> authorization = call.header("authorization");
            if (authorization.isEmpty()) {
                return GatewayFaults.missingBearer();
            }
            String header = authorization.get();
            if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
                return GatewayFaults.wrongScheme();
            }
            return tokens.accessOf(header.substring(7).strip()).isPresent()
                    ? endpoint.answer(call)
                    : GatewayFaults.badBearer(API);
        };
    }

    /** For calls that need a session too, which the call renews. */
    Endpoint withSession(Function<Session, Answer> endpoint) {
        return withBearer(call -> {
            Optional<String> token = call.header("vz-m2m-token");
            if (token.isEmpty()) {
                return M2mErrors.noSession();
            }
            if (!GUID.matcher(token.get()).matches()) {
                return M2mErrors.sessionIsNoGuid();
            }
            return sessions.use(token.get())
                    ? endpoint.apply(new Session(token.get(), call))
                    : M2mErrors.expiredSession(faults.settings().m2m().expiredSessionStatus());
        });
    }

    /** A call in an open session. */
    record Session(String token, Call call) {
        @Override
        public String toString() {
            return "Session[***]";
        }
    }
}

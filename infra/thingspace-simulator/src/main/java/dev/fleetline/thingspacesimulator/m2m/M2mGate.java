package dev.fleetline.thingspacesimulator.m2m;

import dev.fleetline.thingspacesimulator.oauth.StandingTokenBook;
import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Call;
import dev.fleetline.thingspacesimulator.web.Endpoint;
import dev.fleetline.thingspacesimulator.wire.GatewayFaults;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Lets a call through when its bearer, and then its session, may make it. Two tokens, two dialects of "no". */
public final class M2mGate {

    private static final Pattern GUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private final StandingTokenBook tokens;
    private final SessionBook sessions;
    private final Dialect dialect;

    /** A gate that knows the tokens and sessions of those books. */
    public M2mGate(StandingTokenBook tokens, SessionBook sessions, Dialect dialect) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.dialect = dialect;
    }

    /** How an API behind the gateway says no. */
    public interface Dialect {

        /** The API as the gateway names it. */
        String api();

        /** To a bearer that is not good. */
        default Answer badBearer(String bearer) {
            return GatewayFaults.badBearer(api());
        }

        /** To a call without a session. */
        Answer noSession();

        /** To a session that cannot be one. */
        Answer sessionIsNoGuid();

        /** To a session that was idle for too long, ended, or never was. */
        Answer expiredSession();
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
            String bearer = header.substring(7).strip();
            return tokens.accessOf(bearer).isPresent() ? endpoint.answer(call) : dialect.badBearer(bearer);
        };
    }

    /** For calls that need a session too, which the call renews. */
    public Endpoint withSession(Function<Session, Answer> endpoint) {
        return withBearer(call -> {
            Optional<String> token = call.header("vz-m2m-token");
            if (token.isEmpty()) {
                return dialect.noSession();
            }
            if (!GUID.matcher(token.get()).matches()) {
                return dialect.sessionIsNoGuid();
            }
            return sessions.use(token.get())
                    ? endpoint.apply(new Session(token.get(), call))
                    : dialect.expiredSession();
        });
    }

    /** A call in an open session. */
    public record Session(String token, Call call) {
        @Override
        public String toString() {
            return "Session[***]";
        }
    }
}

package dev.fleetline.thingspacesimulator.m2m;

import dev.fleetline.thingspacesimulator.faults.Door;
import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.faults.FaultyCalls;
import dev.fleetline.thingspacesimulator.oauth.StandingTokenBook;
import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Call;
import dev.fleetline.thingspacesimulator.web.Doorway;
import dev.fleetline.thingspacesimulator.web.Endpoint;
import dev.fleetline.thingspacesimulator.web.Json;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.util.UUID;
import java.util.function.Supplier;

/** The M2M world's {@code /api/m2m/v1/session}. */
public final class SessionApi implements HttpService {

    private final SessionBook sessions;
    private final Supplier<UUID> secrets;
    private final M2mGate gate;
    private final FaultyCalls faulty;
    private final Doorway doorway;

    /** The endpoints over that book. */
    public SessionApi(
            SessionBook sessions, StandingTokenBook tokens, Faults faults, Supplier<UUID> secrets, Doorway doorway) {
        this.sessions = sessions;
        this.secrets = secrets;
        this.gate = new M2mGate(tokens, sessions, M2mErrors.dialect(faults));
        this.faulty = new FaultyCalls(faults);
        this.doorway = doorway;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/login", doorway.to(mayFail(gate.withBearer(this::login))))
                .post("/logout", doorway.to(mayFail(gate.withSession(this::logout))))
                .put("/password/actions/reset", doorway.to(mayFail(gate.withSession(this::resetPassword))));
    }

    private Endpoint mayFail(Endpoint endpoint) {
        return faulty.behind(Door.SESSION, M2mErrors.API, M2mErrors::serverError, endpoint);
    }

    private Answer login(Call call) {
        M2mBody body = M2mBody.of(call);
        return switch (sessions.login(body.required("username"), body.required("password"))) {
            case SessionBook.Login.Opened(var session) -> told(session);
            case SessionBook.Login.Wrong _ -> M2mErrors.wrongPassword();
            case SessionBook.Login.Locked _ -> M2mErrors.locked();
        };
    }

    private Answer logout(M2mGate.Session session) {
        sessions.logout(session.token());
        return told(session.token());
    }

    /** A wrong old password is not a failed login. */
    private Answer resetPassword(M2mGate.Session session) {
        String next = "made-up-" + secrets.get();
        return sessions.resetPassword(M2mBody.of(session.call()).required("oldPassword"), next)
                ? Answer.json(200, Json.object().put("newPassword", next))
                : M2mErrors.wrongPassword();
    }

    private static Answer told(String session) {
        return Answer.json(200, Json.object().put("sessionToken", session));
    }
}

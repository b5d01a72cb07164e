package dev.fleetline.thingspaceoauth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fleetline.thingspaceoauth.Exchange.Answer;
import dev.fleetline.thingspaceoauth.Exchange.NoAnswer;
import dev.fleetline.thingspaceoauth.M2mVerdict.Verdict;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.SessionDesk;
import dev.fleetline.tokens.TokenProof;
import dev.fleetline.tokens.UserCredentials;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The VZ-M2M session ({@code thingspace.verizon.com/api/m2m/v1/session}), and the proof that token and session work.
 *
 * <p>A session ends when nobody has called for twenty minutes. The proof lists the callback listeners of an account: a
 * cheap call, which keeps the session from going idle.
 */
public final class M2mSessions implements SessionDesk, TokenProof {

    /** What the service refuses with; a refused login that has no code still is one. */
    private static final Set<Integer> REFUSALS = Set.of(400, 401, 403);

    /** Sent by what stands before the service, which saw nothing of it. */
    private static final Set<Integer> TURNED_AWAY = Set.of(429, 503);

    private final URI baseUrl;
    private final String account;
    private final Supplier<UserCredentials> user;
    private final Exchange exchange;

    /**
     * Calls the API whose paths begin at {@code baseUrl}.
     *
     * @param account the billing account whose listeners are listed
     * @param user read for each login; what it throws is thrown on
     */
    public M2mSessions(URI baseUrl, String account, Supplier<UserCredentials> user, Duration timeout) {
        this.baseUrl = baseUrl;
        this.account = account;
        this.user = user;
        this.exchange = new Exchange(timeout);
    }

    @Override
    public Login login() {
        return new UserLogin(user.get());
    }

    @Override
    public Proof prove(AccessToken token) {
        if (token.sessionToken().isEmpty()) {
            return new Proof.SessionEnded();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", "Bearer " + token.accessToken());
        headers.put("VZ-M2M-Token", token.sessionToken().get());
        return switch (exchange.get(Exchange.at(baseUrl, "/api/m2m/v1/callbacks/" + account), headers)) {
            case NoAnswer(var reason, var _) -> new Proof.Unavailable(reason);
            case Answer answer ->
                switch (M2mVerdict.of(answer.status(), answer.body())) {
                    case Verdict.Fine() -> new Proof.Alive();
                    case Verdict.TokenEnded() -> new Proof.TokenEnded();
                    case Verdict.SessionEnded() -> new Proof.SessionEnded();
                    case Verdict.Fault(var code) -> new Proof.Unavailable("answered " + answer.status() + " " + code);
                };
        };
    }

    private final class UserLogin implements Login {

        private final UserCredentials credentials;

        private UserLogin(UserCredentials credentials) {
            this.credentials = credentials;
        }

        @Override
        public String credentialsVersion() {
            return credentials.versionId();
        }

        @Override
        public Opened open(AccessToken token) {
            String body = JsonNodeFactory.instance
                    .objectNode()
                    .put("username", credentials.username())
                    .put("password", credentials.password())
                    .toString();
            URI login = Exchange.at(baseUrl, "/api/m2m/v1/session/login");
            return switch (exchange.postJson(login, Map.of("Authorization", "Bearer " + token.accessToken()), body)) {
                case NoAnswer(var reason, var mayHaveArrived) -> new Opened.Unavailable(reason, mayHaveArrived);
                case Answer answer -> opened(answer);
            };
        }
    }

    private static Opened opened(Answer answer) {
        return switch (M2mVerdict.of(answer.status(), answer.body())) {
            case Verdict.Fine() -> session(answer);
            // a login needs no session: whatever the code says of one, the login was not taken
            case Verdict.SessionEnded() -> new Opened.Refused("the login was answered as an ended session");
            case Verdict.TokenEnded() when M2mVerdict.isFromTheGateway(answer.body()) -> new Opened.TokenEnded();
            case Verdict.TokenEnded() -> notTaken(answer, "without a code");
            case Verdict.Fault(var code) -> notTaken(answer, code);
        };
    }

    private static Opened session(Answer answer) {
        Optional<String> token = Answers.object(answer).flatMap(fields -> Answers.text(fields, "sessionToken"));
        if (token.isEmpty()) {
            return new Opened.Unavailable("answered " + answer.status() + " without sessionToken", true);
        }
        return Answers.canBeSent(token.get())
                ? new Opened.Session(token.get())
                : new Opened.Unavailable("answered " + answer.status() + " with a session that cannot be sent", true);
    }

    /** Whatever is not surely the gateway's own word may be about the password, and counts. */
    private static Opened notTaken(Answer answer, String code) {
        int status = answer.status();
        String said = "answered " + status + " " + code;
        if (M2mVerdict.isFromTheService(answer.body())) {
            return status < 500 ? new Opened.Refused(code) : new Opened.Unavailable(said, true);
        }
        boolean isFromTheGateway = M2mVerdict.isFromTheGateway(answer.body());
        if (!isFromTheGateway && REFUSALS.contains(status)) {
            return new Opened.Refused("status_" + status);
        }
        boolean isTurnedAway = TURNED_AWAY.contains(status) || (isFromTheGateway && status / 100 == 4);
        return new Opened.Unavailable(said, !isTurnedAway);
    }
}

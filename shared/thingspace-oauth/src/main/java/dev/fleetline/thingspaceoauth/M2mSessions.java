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
import java.util.function.Supplier;

/**
 * The VZ-M2M session ({@code thingspace.verizon.com/api/m2m/v1/session}), and the proof that token and session work.
 *
 * <p>A session ends when nobody has called for twenty minutes. The proof lists the callback listeners of an account: a
 * cheap call, which keeps the session from going idle.
 */
public final class M2mSessions implements SessionDesk, TokenProof {

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
    public Opened open(AccessToken token) {
        UserCredentials credentials = user.get();
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("username", credentials.username())
                .put("password", credentials.password())
                .toString();
        URI login = Exchange.at(baseUrl, "/api/m2m/v1/session/login");
        return switch (exchange.postJson(login, Map.of("Authorization", "Bearer " + token.accessToken()), body)) {
            case NoAnswer(var reason, var _) -> new Opened.Unavailable(reason, true);
            case Answer answer -> opened(answer);
        };
    }

    @Override
    public String credentialsVersion() {
        return user.get().versionId();
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

    private static Opened opened(Answer answer) {
        return switch (M2mVerdict.of(answer.status(), answer.body())) {
            case Verdict.Fine() ->
                sessionToken(answer)
                        .<Opened>map(Opened.Session::new)
                        .orElseGet(() -> new Opened.Unavailable("answered 200 without sessionToken", false));
            case Verdict.TokenEnded() -> new Opened.TokenEnded();
            // a login needs no session: whatever the code says of one, the login was not taken
            case Verdict.SessionEnded() -> new Opened.Refused("the login was answered as an ended session");
            case Verdict.Fault(var code) ->
                M2mVerdict.isFromTheService(answer.body()) && answer.status() < 500
                        ? new Opened.Refused(code)
                        : new Opened.Unavailable(
                                "answered " + answer.status() + " " + code, mayHaveReachedTheService(answer));
        };
    }

    /** A gateway that gave up waiting, or a service that failed over the login, may have looked at the password. */
    private static boolean mayHaveReachedTheService(Answer answer) {
        return switch (answer.status()) {
            case 408, 500, 502, 504 -> true;
            default -> M2mVerdict.isFromTheService(answer.body());
        };
    }

    private static Optional<String> sessionToken(Answer answer) {
        return Answers.object(answer)
                .map(fields -> fields.path("sessionToken").asText())
                .filter(token -> !token.isBlank());
    }
}

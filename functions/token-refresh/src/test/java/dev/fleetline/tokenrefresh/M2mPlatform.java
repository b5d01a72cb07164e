package dev.fleetline.tokenrefresh;

import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.SessionDesk;
import dev.fleetline.tokens.TokenIssuer;
import dev.fleetline.tokens.TokenProof;
import dev.fleetline.tokens.TokenStore.BadSecret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The M2M platform as far as tokens go: one bearer an hour, sessions that go idle, a password that may be wrong. */
final class M2mPlatform implements TokenIssuer, SessionDesk, TokenProof {

    private static final Duration LIFE = Duration.ofHours(1);
    private static final Duration IDLE = Duration.ofMinutes(20);

    /** The process dies here. */
    static final class Crash extends RuntimeException {}

    private final InstantSource clock;
    private final Map<String, Instant> sessions = new HashMap<>();
    private final Deque<Opened> nextLogins = new ArrayDeque<>();
    private boolean setUp = true;
    private boolean rightPassword = true;
    private boolean userIsFilledIn = true;
    private boolean crashing;
    private String credentials = "version-1";
    private int bearers;
    private Instant bearerSince = Instant.MIN;
    private int logins;
    private int failedLogins;
    private int answeredFromTheScript;
    private Consumer<String> onEffect = _ -> {};

    M2mPlatform(InstantSource clock) {
        this.clock = clock;
    }

    /** Called before and after whatever changes something at the platform. */
    void onEffect(Consumer<String> listener) {
        onEffect = listener;
    }

    boolean isSetUp() {
        return setUp;
    }

    void isNotSetUp() {
        setUp = false;
    }

    void hasAnotherPassword() {
        rightPassword = false;
    }

    void isToldTheRightPassword(String versionId) {
        userIsFilledIn = true;
        rightPassword = true;
        credentials = versionId;
    }

    void hasNoUser() {
        userIsFilledIn = false;
    }

    void answersNextLogin(Opened opened) {
        nextLogins.add(opened);
    }

    void crashesAfterLogin() {
        crashing = true;
    }

    void forgetsTheBearer() {
        bearerSince = Instant.MIN;
    }

    void endsSessions() {
        sessions.clear();
    }

    int logins() {
        return logins;
    }

    int failedLogins() {
        return failedLogins;
    }

    int answeredFromTheScript() {
        return answeredFromTheScript;
    }

    boolean isAlive(AccessToken token) {
        return prove(token) instanceof Proof.Alive;
    }

    @Override
    public Issue issue(Grant grant) {
        onEffect.accept("issue token:before");
        Instant now = clock.instant();
        if (bearers == 0 || !now.isBefore(endOfBearer())) {
            bearers++;
            bearerSince = now;
        }
        return new Issue.Issued(new AccessToken(
                "bearer-" + bearers,
                Optional.empty(),
                List.of("am_application_scope", "default"),
                now,
                Duration.between(now, endOfBearer())));
    }

    @Override
    public Info info(String accessToken) {
        return new Info.Unavailable("says nothing about tokens");
    }

    @Override
    public Revocation revoke(String accessToken) {
        return new Revocation.Answered();
    }

    @Override
    public Login login() {
        if (!userIsFilledIn) {
            throw new BadSecret("secret fleetline/test/m2m/user: field username is missing");
        }
        String version = credentials;
        return new Login() {
            @Override
            public String credentialsVersion() {
                return version;
            }

            @Override
            public Opened open(AccessToken token) {
                return openSession();
            }
        };
    }

    private Opened openSession() {
        onEffect.accept("open session:before");
        if (!nextLogins.isEmpty()) {
            answeredFromTheScript++;
            return nextLogins.remove();
        }
        if (!rightPassword) {
            failedLogins++;
            return new Opened.Refused("INPUT_INVALID.Password.Invalid");
        }
        logins++;
        String session = "session-" + logins;
        sessions.put(session, clock.instant());
        if (crashing) {
            crashing = false;
            throw new Crash();
        }
        onEffect.accept("open session:after");
        return new Opened.Session(session);
    }

    @Override
    public Proof prove(AccessToken token) {
        Instant now = clock.instant();
        if (!token.accessToken().equals("bearer-" + bearers) || !now.isBefore(endOfBearer())) {
            return new Proof.TokenEnded();
        }
        Optional<String> session = token.sessionToken().filter(name -> isOpen(name, now));
        session.ifPresent(name -> sessions.put(name, now));
        return session.isPresent() ? new Proof.Alive() : new Proof.SessionEnded();
    }

    private Instant endOfBearer() {
        return bearerSince.equals(Instant.MIN) ? Instant.MIN : bearerSince.plus(LIFE);
    }

    private boolean isOpen(String session, Instant now) {
        Instant lastCall = sessions.get(session);
        return lastCall != null && now.isBefore(lastCall.plus(IDLE));
    }
}

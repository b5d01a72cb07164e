package dev.fleetline.testing;

import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.TokenIssuer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An OAuth service that knows the refresh tokens it was told of and the tokens it issued, unless the test has put
 * another answer first. Its one effect is {@code issue token}; the hook is called before and after.
 */
public final class ScriptedIssuer implements TokenIssuer {

    private static final Duration LIFE = Duration.ofDays(30);

    private final InstantSource clock;
    private final Set<String> refreshTokens = new HashSet<>();
    private final Map<String, List<String>> codes = new HashMap<>();
    private final Map<String, List<String>> granted = new HashMap<>();
    private final Map<String, Instant> alive = new HashMap<>();
    private final Deque<Issue> nextIssues = new ArrayDeque<>();
    private final Deque<Info> nextInfos = new ArrayDeque<>();
    private final List<Grant> grants = new ArrayList<>();
    private boolean rotating;
    private boolean losesNextAnswer;
    private int issued;
    private Consumer<String> onEffect = effect -> {};

    public ScriptedIssuer(InstantSource clock) {
        this.clock = clock;
    }

    /** From now on this refresh token counts. */
    public synchronized void knows(String refreshToken) {
        refreshTokens.add(refreshToken);
    }

    /** It issued this token at that time. */
    public synchronized void issued(String accessToken, Instant since) {
        alive.put(accessToken, since);
    }

    /** A person has consented to these scopes: the code counts once. */
    public synchronized void handsOut(String code, String... scopes) {
        codes.put(code, List.of(scopes));
    }

    /** From now on a refresh token counts once and the answer has the next one; otherwise an answer has none. */
    public synchronized void rotate() {
        rotating = true;
    }

    /** The next question for a token gets this answer. */
    public synchronized void answersNext(Issue issue) {
        nextIssues.add(issue);
    }

    /** The next question about a token gets this answer. */
    public synchronized void answersNext(Info info) {
        nextInfos.add(info);
    }

    /** The next question for a token is answered as ever, and the answer does not arrive in time. */
    public synchronized void losesNextAnswer() {
        losesNextAnswer = true;
    }

    /** Every question for a token, in its order: these are the logins. */
    public synchronized List<Grant> grants() {
        return List.copyOf(grants);
    }

    /** Called with {@code issue token:before} and {@code issue token:after}; may throw. */
    public synchronized void onEffect(Consumer<String> hook) {
        onEffect = hook;
    }

    @Override
    public Issue issue(Grant grant) {
        hook().accept("issue token:before");
        Issue answer = arrived(answer(grant));
        hook().accept("issue token:after");
        return answer;
    }

    @Override
    public synchronized Info info(String accessToken) {
        if (!nextInfos.isEmpty()) {
            return nextInfos.remove();
        }
        return Optional.ofNullable(alive.get(accessToken))
                .filter(since -> clock.instant().isBefore(since.plus(LIFE)))
                .<Info>map(since -> new Info.Alive(
                        "refresh_token",
                        "operator@example.test",
                        granted.getOrDefault(accessToken, List.of("ts.device")),
                        since,
                        LIFE))
                .orElseGet(Info.Unknown::new);
    }

    @Override
    public synchronized Revocation revoke(String accessToken) {
        alive.remove(accessToken);
        return new Revocation.Answered();
    }

    private synchronized Issue arrived(Issue answer) {
        if (!losesNextAnswer) {
            return answer;
        }
        losesNextAnswer = false;
        return new Issue.Unavailable("no answer within PT10S");
    }

    private synchronized Issue answer(Grant grant) {
        grants.add(grant);
        if (!nextIssues.isEmpty()) {
            return nextIssues.remove();
        }
        return switch (grant) {
            case Grant.Refresh(var refreshToken) -> {
                if (!refreshTokens.contains(refreshToken)) {
                    yield invalidGrant();
                }
                if (!rotating) {
                    yield issued(Optional.empty(), List.of());
                }
                refreshTokens.remove(refreshToken);
                String next = "refresh-after-" + (issued + 1);
                refreshTokens.add(next);
                yield issued(Optional.of(next), List.of());
            }
            case Grant.AuthorizationCode(var code, var _, var _) ->
                Optional.ofNullable(codes.remove(code))
                        .map(scopes -> {
                            granted.put("token-" + (issued + 1), scopes);
                            return issued(
                                    rotating ? Optional.of("refresh-after-" + (issued + 1)) : Optional.empty(), scopes);
                        })
                        .orElseGet(ScriptedIssuer::invalidGrant);
            case Grant.ClientCredentials() -> issued(Optional.empty(), List.of());
        };
    }

    private Issue issued(Optional<String> refreshToken, List<String> scopes) {
        issued++;
        String token = "token-" + issued;
        alive.put(token, clock.instant());
        return new Issue.Issued(new AccessToken(token, refreshToken, scopes, clock.instant(), LIFE));
    }

    private static Issue invalidGrant() {
        return new Issue.Refused("invalid_grant", "The provided authorization grant or refresh token is invalid.");
    }

    private synchronized Consumer<String> hook() {
        return onEffect;
    }
}

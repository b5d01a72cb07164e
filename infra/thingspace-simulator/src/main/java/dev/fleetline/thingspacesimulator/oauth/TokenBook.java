package dev.fleetline.thingspacesimulator.oauth;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** Every code and token that is out, and how many there have been. */
public final class TokenBook {

    private final InstantSource clock;
    private final Supplier<UUID> ids;
    private final Map<String, AuthorizationCode> codes = new HashMap<>();
    private final Map<String, AccessToken> tokens = new HashMap<>();
    private final Map<String, List<String>> refreshTokens = new HashMap<>();
    private final Map<Grant, Integer> issued = new EnumMap<>(Grant.class);
    private int revocations;
    private int revoked;

    /** An empty book on that clock. */
    public TokenBook(InstantSource clock, Supplier<UUID> ids) {
        this.clock = clock;
        this.ids = ids;
    }

    synchronized String newCode(List<String> scopes, Optional<String> redirectUri) {
        String code = newValue();
        codes.put(code, new AuthorizationCode(scopes, redirectUri, clock.instant()));
        return code;
    }

    /** Takes the code out: whatever comes of the exchange, the code is spent. */
    synchronized Optional<AuthorizationCode> spend(String code) {
        return Optional.ofNullable(codes.remove(code)).filter(found -> found.isLiveAt(clock.instant()));
    }

    synchronized AccessToken issue(Grant grant, List<String> scopes) {
        AccessToken token = new AccessToken(newValue(), grant, scopes, clock.instant());
        tokens.put(token.value(), token);
        issued.merge(grant, 1, Integer::sum);
        return token;
    }

    synchronized String newRefreshToken(List<String> scopes) {
        String value = newValue();
        refreshTokens.put(value, List.copyOf(scopes));
        return value;
    }

    /** The scopes that a refresh token stands for; empty when it is unknown or was taken out. */
    synchronized Optional<List<String>> scopesOfRefreshToken(String value) {
        return Optional.ofNullable(refreshTokens.get(value));
    }

    /** Takes a refresh token out; false when somebody else was first. */
    synchronized boolean spendRefreshToken(String value) {
        return refreshTokens.remove(value) != null;
    }

    /** The token of that value, if there is one that has neither expired nor been revoked. */
    synchronized Optional<AccessToken> live(String value) {
        return Optional.ofNullable(tokens.get(value)).filter(token -> token.isLiveAt(clock.instant()));
    }

    /** Ends an access or refresh token; an unknown one is nothing to complain about. */
    synchronized void revoke(String value) {
        revocations++;
        boolean wasLive = live(value).isPresent() || refreshTokens.containsKey(value);
        tokens.remove(value);
        refreshTokens.remove(value);
        revoked += wasLive ? 1 : 0;
    }

    /** How many revocations the client asked for. */
    public synchronized int revocations() {
        return revocations;
    }

    /** How many revocations ended a token. */
    public synchronized int revoked() {
        return revoked;
    }

    /** Ends every access token there is, as if its time were up; refresh tokens stay. Returns how many it ended. */
    public synchronized int expireAll() {
        int live = (int) tokens.values().stream()
                .filter(token -> token.isLiveAt(clock.instant()))
                .count();
        tokens.clear();
        return live;
    }

    /** How many tokens were issued by each grant, expired ones included. */
    public synchronized Map<String, Integer> issuedByGrant() {
        Map<String, Integer> counts = new TreeMap<>();
        for (Grant grant : Grant.values()) {
            counts.put(grant.spelling(), issued.getOrDefault(grant, 0));
        }
        return counts;
    }

    /** A UUID in base64: 48 characters, and a code looks just like a token. */
    private String newValue() {
        byte[] uuid = ids.get().toString().getBytes(StandardCharsets.US_ASCII);
        return Base64.getEncoder().encodeToString(uuid);
    }
}

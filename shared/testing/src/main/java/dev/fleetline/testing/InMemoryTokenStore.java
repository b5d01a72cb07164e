package dev.fleetline.testing;

import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenStore;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tokens in memory. Effects are {@code stage token} and {@code promote token}; the hook is called before and after each
 * and what it throws reaches the writer.
 */
public final class InMemoryTokenStore implements TokenStore {

    private static final class Versions {
        private final Map<String, Optional<AccessToken>> values = new LinkedHashMap<>();
        private Optional<String> current = Optional.empty();
        private Optional<String> candidate = Optional.empty();
        private Optional<String> previous = Optional.empty();
        private int reads;

        void makeCurrent(String versionId) {
            previous = current.filter(old -> !old.equals(versionId)).or(() -> previous);
            current = Optional.of(versionId);
        }

        Stored stored(String versionId) {
            return new Stored(versionId, values.getOrDefault(versionId, Optional.empty()));
        }
    }

    private final Map<TokenRealm, Versions> realms = new EnumMap<>(TokenRealm.class);
    private Consumer<String> onEffect = effect -> {};

    /** Makes this token the current one, as if somebody else had put it there. */
    public synchronized void has(TokenRealm realm, String versionId, AccessToken token) {
        put(realm, versionId, Optional.of(token));
    }

    /** Makes a version current that says that there has never been a token. */
    public synchronized void hasNone(TokenRealm realm, String versionId) {
        put(realm, versionId, Optional.empty());
    }

    /** How many versions there are, the replaced and the merely staged ones too. */
    public synchronized int versions(TokenRealm realm) {
        return of(realm).values.size();
    }

    /** How often the current version was asked for. */
    public synchronized int reads(TokenRealm realm) {
        return of(realm).reads;
    }

    /** Called with {@code stage token:before}, {@code stage token:after} and so on; may throw, may write itself. */
    public synchronized void onEffect(Consumer<String> hook) {
        onEffect = hook;
    }

    @Override
    public synchronized Stored current(TokenRealm realm) {
        Versions versions = of(realm);
        versions.reads++;
        return versions.current
                .map(versions::stored)
                .orElseThrow(() -> new BadSecret("secret " + secret(realm) + " has no value: put one there"));
    }

    @Override
    public synchronized Optional<Stored> candidate(TokenRealm realm) {
        Versions versions = of(realm);
        return versions.candidate
                .filter(id -> !versions.current.equals(Optional.of(id)))
                .map(versions::stored);
    }

    @Override
    public synchronized Optional<Stored> previous(TokenRealm realm) {
        Versions versions = of(realm);
        return versions.previous.map(versions::stored);
    }

    @Override
    public void stage(TokenRealm realm, String versionId, AccessToken token) {
        hook().accept("stage token:before");
        synchronized (this) {
            Versions versions = of(realm);
            Optional<AccessToken> before = versions.values.getOrDefault(versionId, Optional.empty());
            if (before.isPresent() && !before.get().equals(token)) {
                throw new IllegalArgumentException("version " + versionId + " already has another token");
            }
            if (before.isEmpty()) {
                versions.values.put(versionId, Optional.of(token));
                versions.candidate = Optional.of(versionId);
            }
        }
        hook().accept("stage token:after");
    }

    @Override
    public Promoted promote(TokenRealm realm, String versionId, String replaces) {
        hook().accept("promote token:before");
        Promoted promoted;
        synchronized (this) {
            Versions versions = of(realm);
            if (!versions.values.containsKey(versionId)) {
                throw new IllegalArgumentException("version " + versionId + " was never staged");
            }
            if (versions.current.equals(Optional.of(replaces))) {
                versions.makeCurrent(versionId);
            }
            promoted = versions.current.equals(Optional.of(versionId)) ? Promoted.CURRENT : Promoted.LOST_RACE;
        }
        hook().accept("promote token:after");
        return promoted;
    }

    @Override
    public String secret(TokenRealm realm) {
        return "fleetline/test/" + realm.code() + "/token";
    }

    private void put(TokenRealm realm, String versionId, Optional<AccessToken> token) {
        Versions versions = of(realm);
        versions.values.put(versionId, token);
        versions.makeCurrent(versionId);
    }

    private Versions of(TokenRealm realm) {
        return realms.computeIfAbsent(realm, none -> new Versions());
    }

    private synchronized Consumer<String> hook() {
        return onEffect;
    }
}

package dev.fleetline.testing;

import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.callback.CallbackSecretVersions;
import dev.fleetline.tokens.TokenStore.BadSecret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The callback secret in memory, and the part of Secrets Manager that begins rotations. Effects are {@code stage secret}
 * and {@code move label}; the hook is called before and after each and what it throws reaches the writer.
 */
public final class InMemoryCallbackSecretVersions implements CallbackSecretVersions {

    /** The secret's ARN. */
    public static final String ARN =
            "arn:aws:secretsmanager:us-east-1:000000000000:secret:fleetline/test/callback-abc123";

    private final InstantSource clock;
    private final Map<String, Version> versions = new LinkedHashMap<>();
    private boolean rotates;
    private boolean unfilled;
    private Optional<String> current = Optional.empty();
    private Optional<String> previous = Optional.empty();
    private Optional<String> pending = Optional.empty();
    private Optional<Instant> lastRotatedAt = Optional.empty();
    private Consumer<String> onEffect = effect -> {};

    /** A secret whose versions get their time from that clock. */
    public InMemoryCallbackSecretVersions(InstantSource clock) {
        this.clock = clock;
    }

    /** A person puts this value, and it is current. */
    public synchronized void has(String versionId, CallbackSecret value) {
        versions.put(versionId, new Version(versionId, clock.instant(), value));
        unfilled = false;
        move(versionId);
    }

    /** As it is deployed: the current version is there and has no field. */
    public synchronized void isUnfilled(String versionId) {
        unfilled = true;
        move(versionId);
    }

    /** Somebody has it rotated from now on. */
    public synchronized void rotationIs(boolean on) {
        rotates = on;
    }

    /** A rotation begins: this version is pending and has no value. */
    public synchronized void begins(String versionId) {
        rotates = true;
        pending = Optional.of(versionId);
    }

    /** Secrets Manager gives up on what is pending. */
    public synchronized void isCancelled() {
        pending = Optional.empty();
    }

    /** Secrets Manager has had its answer to the last step. */
    public synchronized void hasRotated() {
        lastRotatedAt = Optional.of(clock.instant());
    }

    /** The values that count: of the current, the previous and the pending version. */
    public synchronized List<CallbackSecret> counting() {
        return Stream.of(current, previous, pending)
                .flatMap(Optional::stream)
                .flatMap(id -> Optional.ofNullable(versions.get(id)).stream())
                .map(Version::value)
                .toList();
    }

    /** Called with {@code stage secret:before}, {@code stage secret:after} and so on; may throw. */
    public synchronized void onEffect(Consumer<String> hook) {
        onEffect = hook;
    }

    @Override
    public String secret() {
        return "fleetline/test/callback";
    }

    @Override
    public synchronized Labels labels() {
        return new Labels(ARN, rotates, current, pending, lastRotatedAt);
    }

    @Override
    public synchronized Optional<Version> version(String versionId) {
        if (unfilled && current.equals(Optional.of(versionId))) {
            throw new BadSecret("secret " + secret() + ": field username is missing or empty");
        }
        return Optional.ofNullable(versions.get(versionId));
    }

    @Override
    public synchronized void stage(String versionId, CallbackSecret value) {
        onEffect.accept("stage secret:before");
        versions.putIfAbsent(versionId, new Version(versionId, clock.instant(), value));
        pending = Optional.of(versionId);
        onEffect.accept("stage secret:after");
    }

    @Override
    public synchronized Moved makeCurrent(String versionId, String insteadOf) {
        onEffect.accept("move label:before");
        Moved moved = Moved.LOST_RACE;
        if (current.equals(Optional.of(versionId))) {
            moved = Moved.CURRENT;
        } else if (current.equals(Optional.of(insteadOf))) {
            move(versionId);
            moved = Moved.CURRENT;
        }
        onEffect.accept("move label:after");
        return moved;
    }

    private void move(String versionId) {
        if (!current.equals(Optional.of(versionId))) {
            previous = current;
            current = Optional.of(versionId);
        }
    }
}

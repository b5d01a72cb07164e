package dev.fleetline.thingspacesimulator.m2m;

import dev.fleetline.thingspacesimulator.oauth.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The sessions of the account's one API user, and the user. A session belongs to no bearer, lives as long as it is used, and
 * lives on beside a newer one.
 */
public final class SessionBook {

    private static final Duration IDLE = Duration.ofMinutes(20);
    private static final int FAILURES_UNTIL_LOCKED = 5;

    private final InstantSource clock;
    private final Supplier<UUID> ids;
    private final Map<String, Instant> lastUsed = new HashMap<>();
    private String password = Credentials.M2M_FIRST_PASSWORD;
    private boolean locked;
    private int failuresInARow;
    private int logins;
    private int badLogins;
    private int lockedLogins;

    /** No session is open, and the user has the first password. */
    public SessionBook(InstantSource clock, Supplier<UUID> ids) {
        this.clock = clock;
        this.ids = ids;
    }

    /** What became of a login. */
    sealed interface Login {
        /** A session is open. */
        record Opened(String session) implements Login {
            @Override
            public String toString() {
                return "Opened[***]";
            }
        }

        /** No such user, or not with this password. */
        record Wrong() implements Login {}

        /** The user is locked, whatever the password. */
        record Locked() implements Login {}
    }

    /**
     * How the user stands.
     *
     * @param failuresInARow wrong passwords since the last login or unlocking
     */
    public record User(boolean locked, int failuresInARow) {}

    /**
     * Numbers of the book.
     *
     * @param logins how many opened a session
     * @param badLogins how many had a wrong user or password
     * @param lockedLogins how many met a locked user
     * @param live how many sessions are open
     */
    public record Counts(int logins, int badLogins, int lockedLogins, int live) {}

    synchronized Login login(String username, String sent) {
        if (!username.equals(Credentials.M2M_USERNAME)) {
            badLogins++;
            return new Login.Wrong();
        }
        if (locked) {
            lockedLogins++;
            return new Login.Locked();
        }
        if (!sent.equals(password)) {
            badLogins++;
            failuresInARow++;
            locked = failuresInARow >= FAILURES_UNTIL_LOCKED;
            return new Login.Wrong();
        }
        failuresInARow = 0;
        logins++;
        String session = ids.get().toString();
        lastUsed.put(session, clock.instant());
        return new Login.Opened(session);
    }

    /** Starts a session's idle time anew; false when there is no such session any more. */
    synchronized boolean use(String session) {
        return lastUsed.computeIfPresent(key(session), (_, last) -> isLive(last) ? clock.instant() : null) != null;
    }

    synchronized void logout(String session) {
        lastUsed.remove(key(session));
    }

    /** Has the platform make a new password; false when {@code old} is not the one before it. */
    synchronized boolean resetPassword(String old, String next) {
        boolean right = old.equals(password);
        password = right ? next : password;
        return right;
    }

    /** The user's password of now. */
    public synchronized String password() {
        return password;
    }

    /** Changes the password from outside; sessions stay open. */
    public synchronized void changePassword(String next) {
        password = next;
    }

    /** Locks the user, or unlocks it as support does. */
    public synchronized void setLocked(boolean wanted) {
        locked = wanted;
        failuresInARow = 0;
    }

    /** How the user stands. */
    public synchronized User user() {
        return new User(locked, failuresInARow);
    }

    /** Ends every session there is, as if it had been idle for too long. Returns how many it ended. */
    public synchronized int expireAll() {
        int live = counts().live();
        lastUsed.clear();
        return live;
    }

    /** The numbers so far. */
    public synchronized Counts counts() {
        int live = (int) lastUsed.values().stream().filter(this::isLive).count();
        return new Counts(logins, badLogins, lockedLogins, live);
    }

    private boolean isLive(Instant last) {
        return clock.instant().isBefore(last.plus(IDLE));
    }

    private static String key(String session) {
        return session.toLowerCase(Locale.ROOT);
    }
}

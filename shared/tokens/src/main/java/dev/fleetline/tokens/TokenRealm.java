package dev.fleetline.tokens;

import java.time.Duration;

/**
 * A world of tokens: the platform has several, and a token of one is worth nothing in another.
 *
 * <p>Only Core is spoken so far. Its tokens live for about 30 days, and a new one can be had at any time.
 */
public enum TokenRealm {
    /** core.thingspace.verizon.com: devices, targets, subscriptions. */
    CORE("core", Duration.ofDays(3));

    private final String code;
    private final Duration renewBefore;

    TokenRealm(String code, Duration renewBefore) {
        this.code = code;
        this.renewBefore = renewBefore;
    }

    /** How the realm is called in the names of secrets and in events. */
    public String code() {
        return code;
    }

    /** With less than this left, a token is renewed. */
    public Duration renewBefore() {
        return renewBefore;
    }
}

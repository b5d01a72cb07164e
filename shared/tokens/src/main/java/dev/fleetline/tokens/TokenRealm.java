package dev.fleetline.tokens;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A world of tokens: the platform has three, and a token of one is worth nothing in another. */
public enum TokenRealm {
    /** core.thingspace.verizon.com: devices, targets, subscriptions. */
    CORE("core"),
    /** thingspace.verizon.com: connectivity and callbacks. A token goes together with a session of a user. */
    M2M("m2m"),
    /** 5gedge.verizon.com: edge discovery. */
    EDGE("edge");

    private final String code;

    TokenRealm(String code) {
        this.code = code;
    }

    /** How the realm is called in the names of secrets and in events. */
    public String code() {
        return code;
    }

    /** How tokens are had and kept there. */
    public RealmRules rules() {
        return switch (this) {
            case CORE -> RealmRules.CORE;
            case M2M -> RealmRules.M2M;
            case EDGE -> RealmRules.EDGE;
        };
    }

    /** The realm of that code; empty for a word that is none. */
    public static Optional<TokenRealm> of(String code) {
        return Arrays.stream(values()).filter(realm -> realm.code.equals(code)).findFirst();
    }

    /** All codes, for messages. */
    public static String codes() {
        return Arrays.stream(values()).map(TokenRealm::code).collect(Collectors.joining(", "));
    }
}

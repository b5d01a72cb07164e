package dev.fleetline.tokenauthorization;

import dev.fleetline.fleetevents.Digest;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What is sent along with a question for consent and must come back with the answer: 256 bits of chance.
 *
 * <p>Only its digest is ever kept and looked up, so who reads the claims learns no state, and how long a look takes says
 * nothing about one.
 */
record State(String value) {

    private static final int BYTES = 32;
    private static final String SHAPE = "[A-Za-z0-9_-]{43}";

    State {
        if (!value.matches(SHAPE)) {
            throw new IllegalArgumentException("a state has 43 characters of base64url");
        }
    }

    static State random(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new State(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Empty for what we never made. */
    static Optional<State> of(String text) {
        return text.matches(SHAPE) ? Optional.of(new State(text)) : Optional.empty();
    }

    /** Under what it is kept. */
    String ticket() {
        return "authorization#" + Digest.of("state", value);
    }

    /** Without the value. */
    @Override
    public String toString() {
        return "State[***]";
    }
}

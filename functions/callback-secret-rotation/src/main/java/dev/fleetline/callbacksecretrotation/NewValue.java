package dev.fleetline.callbacksecretrotation;

import dev.fleetline.callback.CallbackSecret;
import java.util.random.RandomGenerator;

/** Makes passwords and keys: letters and digits alone, because the platform refuses requests with certain others. */
final class NewValue {

    private static final String LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final RandomGenerator random;

    NewValue(RandomGenerator random) {
        this.random = random;
    }

    /** As long as the platform takes a password. */
    String next() {
        StringBuilder value = new StringBuilder();
        for (int place = 0; place < CallbackSecret.LONGEST_PASSWORD; place++) {
            value.append(LETTERS_AND_DIGITS.charAt(random.nextInt(LETTERS_AND_DIGITS.length())));
        }
        return value.toString();
    }
}

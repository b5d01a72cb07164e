package dev.fleetline.lambda;

import java.util.Locale;

/** The keys of the logging context; no log line has others. */
public enum LogKey {
    FUNCTION,
    REQUEST_ID,
    /** The message, delivery or event that is being worked on. */
    EVENT_ID,
    /** Masked. */
    DEVICE,
    OUTCOME;

    /** As it stands in the line: {@code requestId}. */
    public String key() {
        StringBuilder key = new StringBuilder();
        for (String word : name().toLowerCase(Locale.ROOT).split("_", -1)) {
            key.append(key.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return key.toString();
    }
}

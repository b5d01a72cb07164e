package dev.fleetline.alertlinks;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a person can do about an alert. */
public enum AlertAction {
    /** Somebody looks after it: no more reminders. */
    ACKNOWLEDGE,
    /** Silence until a time. */
    SNOOZE,
    /** It is over, because a person says so. */
    RESOLVE;

    /** As it stands in addresses: {@code acknowledge}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for a word that is none of them. */
    public static Optional<AlertAction> of(String word) {
        return Stream.of(values()).filter(action -> action.word().equals(word)).findFirst();
    }
}

package dev.fleetline.alertnotifier;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What became of an alert: the last word of its event's name. */
enum AlertWord {
    RAISED,
    ESCALATED,
    EASED,
    REMINDED,
    FLAPPING,
    ACKNOWLEDGED,
    SNOOZED,
    CLEARED;

    /** Empty for a word that this version does not know. */
    static Optional<AlertWord> of(String word) {
        return Stream.of(values())
                .filter(one -> one.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    /** Whether the one who reads of it has something to do about the alert. */
    boolean wantsSomebody() {
        return switch (this) {
            case RAISED, ESCALATED, EASED, REMINDED, FLAPPING -> true;
            case ACKNOWLEDGED, SNOOZED, CLEARED -> false;
        };
    }
}

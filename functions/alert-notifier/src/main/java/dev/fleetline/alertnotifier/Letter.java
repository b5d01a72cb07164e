package dev.fleetline.alertnotifier;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * One message to a topic.
 *
 * @param subject 1 to 100 ASCII characters on one line; empty for machines
 * @param attributes by which a subscription can choose what it wants to hear
 */
record Letter(Optional<String> subject, String text, Map<String, String> attributes) {

    Letter {
        requireNonNull(subject, "subject");
        requireNonNull(text, "text");
        attributes = Map.copyOf(attributes);
    }

    /** Without the text, in which there are links. */
    @Override
    public String toString() {
        return "Letter[" + subject.orElse("-") + "]";
    }
}

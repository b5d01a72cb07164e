package dev.fleetline.local.bench.health;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An alert as people heard of it.
 *
 * @param about {@code Device}, {@code Site}, {@code Cell}, {@code Fleet} or {@code Platform}
 * @param at when they heard of it first
 * @param cause what they were told then of why
 * @param words everything that was said of it, in order: {@code Raised}, {@code Escalated}
 */
record ToldAlert(
        String about, String subject, String condition, Instant at, Optional<String> cause, List<String> words) {

    ToldAlert {
        requireNonNull(about, "about");
        requireNonNull(at, "at");
        words = List.copyOf(words);
    }

    boolean isOfDevice() {
        return about.equals("Device");
    }

    boolean isLoss() {
        return isOfDevice() && condition.equals("NETWORK_LOST");
    }

    /** The name behind the kind of subject: an IMEI, a site. */
    String name() {
        return subject.substring(subject.indexOf('#') + 1);
    }
}

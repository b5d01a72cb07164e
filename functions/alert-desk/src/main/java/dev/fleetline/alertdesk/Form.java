package dev.fleetline.alertdesk;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetline.alertlinks.AlertAction;
import java.net.URLDecoder;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a person has filled in on the page, as it will be shown.
 *
 * @param length how long it shall be silent, as the page offers it; empty where nothing was chosen
 * @param opened when the page was made, which it brings back: so the same form sent twice asks for the same end of a
 *     snooze
 */
record Form(String by, String why, String length, Optional<Instant> opened) {

    /** How long a page that lies open may be used. */
    private static final Duration FRESH = Duration.ofHours(24);

    /** What the page offers. */
    static final Map<String, String> LENGTHS = lengths();

    private static final int LONGEST_BODY = 16_384;

    static Form empty() {
        return new Form("", "", "", Optional.empty());
    }

    /** Empty when the text is no form, or more than anybody fills in. */
    static Optional<Form> of(String text) {
        if (text.length() > LONGEST_BODY) {
            return Optional.empty();
        }
        var fields = new HashMap<String, String>();
        try {
            for (String pair : text.split("&", -1)) {
                int mark = pair.indexOf('=');
                if (mark > 0) {
                    fields.putIfAbsent(
                            URLDecoder.decode(pair.substring(0, mark), UTF_8),
                            URLDecoder.decode(pair.substring(mark + 1), UTF_8));
                }
            }
        } catch (IllegalArgumentException garbled) {
            return Optional.empty();
        }
        return Optional.of(new Form(
                Wish.plain(fields.getOrDefault("by", "")),
                Wish.plain(fields.getOrDefault("why", "")),
                fields.getOrDefault("length", ""),
                time(fields.getOrDefault("opened", ""))));
    }

    /** What is wrong, by the field that it is wrong with; nothing when the form can be done. */
    Map<String, String> faults(AlertAction action, Instant now) {
        var faults = new LinkedHashMap<String, String>();
        if (by.isEmpty() || by.length() > Wish.LONGEST_NAME) {
            faults.put("by", "Write your name, in " + Wish.LONGEST_NAME + " characters at most.");
        }
        if (why.isEmpty() || why.length() > Wish.LONGEST_REASON) {
            faults.put("why", "Write a reason, in " + Wish.LONGEST_REASON + " characters at most.");
        }
        if (action == AlertAction.SNOOZE) {
            if (!LENGTHS.containsKey(length)) {
                faults.put("length", "Choose how long.");
            } else if (opened.filter(at -> isFresh(at, now)).isEmpty()) {
                faults.put("length", "This page has been open for too long. Look at the alert and choose again.");
            }
        }
        return faults;
    }

    /** What it asks for, when nothing is wrong with it. */
    Wish wish(AlertAction action, Instant now) {
        return switch (action) {
            case ACKNOWLEDGE -> new Wish.Acknowledge(by, why);
            case SNOOZE -> new Wish.Snooze(by, why, opened.orElse(now).plus(Duration.parse(length)));
            case RESOLVE -> new Wish.Resolve(by, why);
        };
    }

    private static boolean isFresh(Instant at, Instant now) {
        return !at.isAfter(now) && at.plus(FRESH).isAfter(now);
    }

    private static Optional<Instant> time(String seconds) {
        try {
            return seconds.matches("[0-9]{1,12}")
                    ? Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds)))
                    : Optional.empty();
        } catch (DateTimeException outOfAllBounds) {
            return Optional.empty();
        }
    }

    private static Map<String, String> lengths() {
        var lengths = new LinkedHashMap<String, String>();
        lengths.put("PT4H", "4 hours");
        lengths.put("PT12H", "12 hours");
        lengths.put("P1D", "1 day");
        lengths.put("P3D", "3 days");
        lengths.put("P7D", "1 week");
        lengths.put("P14D", "2 weeks");
        return Collections.unmodifiableMap(lengths);
    }
}

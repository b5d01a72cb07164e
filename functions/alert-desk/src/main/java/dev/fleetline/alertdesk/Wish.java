package dev.fleetline.alertdesk;

import dev.fleetline.alert.TendAlert;
import dev.fleetline.alert.TendAlert.Tended;
import dev.fleetline.alert.TendAlert.Which;
import java.time.Duration;
import java.time.Instant;

/** What somebody wants done about an alert, with a name and a reason that are fit to be shown. */
sealed interface Wish {

    int LONGEST_NAME = 80;
    int LONGEST_REASON = 500;

    /** As long as anything can be silent. */
    Duration LONGEST_SILENCE = Duration.ofDays(14);

    record Acknowledge(String by, String why) implements Wish {}

    record Snooze(String by, String why, Instant until) implements Wish {}

    record Resolve(String by, String why) implements Wish {}

    /** Has it done. */
    default Tended with(TendAlert tendAlert, String alertId, String correlationId) {
        var which = new Which.ById(alertId);
        return switch (this) {
            case Acknowledge(var by, var why) -> tendAlert.acknowledge(which, by, why, correlationId);
            case Snooze(var by, var why, var until) -> tendAlert.snooze(which, by, why, until, correlationId);
            case Resolve(var by, var why) -> tendAlert.resolve(which, by, why, correlationId);
        };
    }

    /** On one line, without what controls how text is shown: it goes into messages, pages and terminals. */
    static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Cf}]+", " ")
                .replaceAll("\\s{2,}", " ")
                .strip();
    }
}

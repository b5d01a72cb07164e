package dev.fleetline.bulkonboarding;

import static java.util.Objects.requireNonNull;

import dev.fleetline.fleetevents.FleetEvent.BulkCounts;
import java.util.Optional;

/**
 * What became of a file; it is {@code report.json} too.
 *
 * @param file the key of the upload
 * @param mode {@code check} or {@code apply}
 * @param outcome {@code complete} when every row is or would be ordered or is so already, {@code partly} when some are,
 *     {@code nothing} when none is, {@code refused} when the file as a whole cannot be used, {@code passed-over} when it
 *     was no file for this function
 * @param counts adds up to its rows
 * @param code why it was refused, in a word for logs
 * @param reason why it was refused
 * @param results where to read on
 */
record BulkReply(
        String file,
        String mode,
        String outcome,
        BulkCounts counts,
        Optional<String> code,
        Optional<String> reason,
        Results results) {

    static final String COMPLETE = "complete";
    static final String PARTLY = "partly";
    static final String NOTHING = "nothing";
    static final String REFUSED = "refused";
    static final String PASSED_OVER = "passed-over";

    /** Where to read on. */
    record Results(Optional<String> report, Optional<String> failed) {}

    BulkReply {
        requireNonNull(file, "file");
        requireNonNull(mode, "mode");
        requireNonNull(outcome, "outcome");
        requireNonNull(counts, "counts");
        requireNonNull(code, "code");
        requireNonNull(reason, "reason");
        requireNonNull(results, "results");
    }

    /** A folder, say. */
    static BulkReply passedOver(String key) {
        return new BulkReply(
                key,
                "none",
                PASSED_OVER,
                new Tally().counts(),
                Optional.of("NO_FILE"),
                Optional.of("it is no file under incoming/check/ or incoming/apply/"),
                new Results(Optional.empty(), Optional.empty()));
    }

    /** Whether somebody has to be told aloud: orders were wanted, and there is not one. */
    boolean isLoud() {
        return mode.equals(Upload.Mode.APPLY.word()) && (outcome.equals(NOTHING) || outcome.equals(REFUSED));
    }
}

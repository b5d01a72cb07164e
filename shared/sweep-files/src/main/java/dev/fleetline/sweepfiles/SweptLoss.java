package dev.fleetline.sweepfiles;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What became of a loss; a line of {@link SweepFolder#verified}, and then of {@link SweepFolder#concluded}.
 *
 * @param outcome absent until it is concluded
 * @param cause the reason that its alert names, when it is concluded
 * @param suppressedBy the subject whose alert speaks for this one, {@code site#north}
 * @param word what the carrier says
 */
public record SweptLoss(
        LossCandidate lost,
        Optional<Outcome> outcome,
        Optional<String> cause,
        Optional<String> suppressedBy,
        CarrierWord word) {

    public SweptLoss {
        requireNonNull(lost, "lost");
        requireNonNull(word, "word");
    }

    /** How a pass ends for a loss. */
    public enum Outcome {
        /** Its alert began. */
        RAISED,
        /** Its alert was open, and is as bad as it was. */
        STILL,
        /** Its alert was open, and is worse. */
        WORSE,
        /** Its alert was open, and is better: it has reported, and is late again. */
        BETTER,
        /** It has reported since it was found lost. */
        BACK,
        /** The carrier had a newer reading: it is not lost, its report did not reach us. */
        MISSED_REPORT,
        /** It could not be concluded; the next pass will. */
        FAILED
    }

    /**
     * What the carrier says about a lost device.
     *
     * @param verified whether it was asked and answered
     * @param line {@code active}, {@code suspended}, {@code deactivated}
     * @param lastConnection when the device last held a connection
     * @param newest time of the newest reading that it has
     */
    public record CarrierWord(
            boolean verified, Optional<String> line, Optional<Instant> lastConnection, Optional<Instant> newest) {

        /** Of a device that it was not asked about. */
        public static final CarrierWord NONE =
                new CarrierWord(false, Optional.empty(), Optional.empty(), Optional.empty());
    }
}

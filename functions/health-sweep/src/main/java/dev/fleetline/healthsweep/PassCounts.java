package dev.fleetline.healthsweep;

import dev.fleetline.alert.JudgeDevice.Judged;
import dev.fleetline.fleetevents.Digest;
import dev.fleetline.fleetevents.FleetEvent.AlertCounts;
import dev.fleetline.fleetevents.FleetEvent.Coverage;
import dev.fleetline.fleetevents.FleetEvent.HealthSweepCompleted;
import dev.fleetline.fleetevents.FleetEvent.Verification;
import dev.fleetline.healthsweep.TellGroups.Wider;
import dev.fleetline.sweepfiles.SweepKind;
import dev.fleetline.sweepfiles.SweptLoss;
import dev.fleetline.sweepfiles.SweptLoss.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a pass came to, in numbers. */
record PassCounts(Coverage coverage, AlertCounts alerts, Verification verification) {

    /** Of what must be judged so much that anything can be concluded about sites and the fleet. */
    private static final double ENOUGH = 0.995;

    /** {@code sizes} are those of the fleet, also of a pass that judges less than all of it. */
    static PassCounts of(Pass pass, Counted counted, Sizes sizes, List<SweptLoss> losses) {
        Tally tally = counted.tally();
        int skipped = tally.skippedInAll();
        int active = tally.judged() + skipped;
        // few are due at once: one that cannot be read hides nothing of a site then, unless the fleet is small
        int known = pass.kind() == SweepKind.FLEET ? active : Math.max(active, sizes.fleet());
        boolean complete = counted.failedSegments() == 0 && known - skipped >= ENOUGH * known;
        return new PassCounts(
                new Coverage(
                        tally.judged(),
                        active,
                        skipped,
                        tally.skipped(),
                        counted.failedSegments(),
                        active == 0 ? 1 : (double) tally.judged() / active,
                        complete),
                counts(tally.alerts()),
                verification(losses));
    }

    private static AlertCounts counts(Judged judged) {
        return new AlertCounts(
                judged.raised(),
                judged.still(),
                judged.worse(),
                judged.better(),
                judged.cleared(),
                judged.suppressed());
    }

    private static Verification verification(List<SweptLoss> losses) {
        int asked = 0;
        int unverified = 0;
        int missed = 0;
        for (SweptLoss loss : losses) {
            asked += loss.word().verified() ? 1 : 0;
            unverified += loss.word().verified() || loss.lost().alreadyOpen() ? 0 : 1;
            missed += loss.outcome()
                            .filter(outcome -> outcome == Outcome.MISSED_REPORT)
                            .isPresent()
                    ? 1
                    : 0;
        }
        return new Verification(losses.size(), asked, unverified, missed);
    }

    /** With what concluding did: an alert that was open then was counted as unchanged before. */
    PassCounts with(Judged concluded) {
        int moved = concluded.worse() + concluded.better() + concluded.cleared();
        return new PassCounts(
                coverage,
                new AlertCounts(
                        alerts.raised() + concluded.raised(),
                        Math.max(0, alerts.still() - moved),
                        alerts.worse() + concluded.worse(),
                        alerts.better() + concluded.better(),
                        alerts.cleared() + concluded.cleared(),
                        alerts.suppressed() + concluded.suppressed()),
                verification);
    }

    HealthSweepCompleted completed(Pass pass, Wider wider, Instant now) {
        return new HealthSweepCompleted(
                Digest.of("HealthSweepCompleted", pass.kind().folder(), pass.sweepId()),
                pass.sweepId(),
                pass.kind().folder(),
                pass.startedAt(),
                (int) Duration.between(pass.startedAt(), now).toSeconds(),
                coverage,
                alerts,
                verification,
                wider.faults().subjects(),
                wider.suspect(),
                pass.folder().path());
    }
}

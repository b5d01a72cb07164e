package dev.fleetline.fleetreport;

import static java.util.Objects.requireNonNull;

import dev.fleetline.device.Circumstances.PlatformFault;
import dev.fleetline.fleetreport.Shortlist.Listed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a night's page shows. Everything in it is bounded: lists are cut after the first so many and say how long they
 * were, everything else is counted.
 */
record FleetReport(
        Night night,
        Map<ChangeKind, Listed<Change>> changes,
        Distributions distributions,
        LostPlaces lost,
        Batteries batteries,
        OwnFaults ownFaults) {

    FleetReport {
        requireNonNull(night, "night");
        requireNonNull(distributions, "distributions");
        requireNonNull(lost, "lost");
        requireNonNull(batteries, "batteries");
        requireNonNull(ownFaults, "ownFaults");
        changes = Map.copyOf(changes);
    }

    /**
     * The pass that is told of.
     *
     * @param before when the pass began that it is compared with; empty when there is none
     */
    record Night(String sweepId, Instant startedAt, Optional<Instant> before, Coverage coverage) {}

    /**
     * How much of the fleet was judged.
     *
     * @param ratio judged by active
     * @param complete whether that is enough to say anything of sites and the fleet
     * @param suspect whether so much was lost at once that the cause is hardly the devices'
     */
    record Coverage(int judged, int active, double ratio, boolean complete, boolean suspect) {}

    /** Values of a night, and of the one before where there was one. */
    record Compared(Histogram now, Optional<Histogram> before, int unmeasured, List<Line> lines) {

        Compared {
            lines = List.copyOf(lines);
        }
    }

    /** A line that a value is judged by. */
    record Line(String name, double value) {}

    /** How batteries and signals are spread over the fleet. */
    record Distributions(Compared battery, Compared signal) {}

    /**
     * Batteries whose end may come before somebody is there again.
     *
     * @param until the next visit
     * @param known of how many devices the end is known, and {@code unknown} of how many it is not
     */
    record Batteries(Instant until, int known, int unknown, Listed<DueBattery> due) {}

    /** A battery to be replaced. */
    record DueBattery(RatedDevice.Named device, String where, double percent, RatedDevice.BatteryEnd end) {}

    /**
     * What was wrong with us, and not with the devices.
     *
     * @param platform what of the platform was not well, {@code platform#core}
     * @param skipped how many devices were not judged, by the reason why
     * @param notJudged the first of them, each with why
     * @param failedSegments parts of the fleet of which the pass knows nothing
     * @param missedReports how many devices had reported to the carrier, and not to us
     * @param unverified of how many losses the carrier should have been asked and was not
     * @param unreadable what the report itself could not read, one sentence each
     */
    record OwnFaults(
            List<String> platform,
            Map<String, Integer> skipped,
            List<String> notJudged,
            int failedSegments,
            int missedReports,
            int unverified,
            List<String> unreadable) {

        OwnFaults {
            platform = List.copyOf(platform);
            skipped = Map.copyOf(skipped);
            notJudged = List.copyOf(notJudged);
            unreadable = List.copyOf(unreadable);
        }

        /** Whether one of them kept losses from being told; a listener's does not. */
        boolean excuseSilence() {
            return platform.stream().map(name -> name.replace("platform#", "")).anyMatch(PlatformFault::isOf);
        }
    }
}

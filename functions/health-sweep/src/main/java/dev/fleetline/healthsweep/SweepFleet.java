package dev.fleetline.healthsweep;

import dev.fleetline.alert.JudgeDevice.Judged;
import dev.fleetline.claims.Claims;
import dev.fleetline.device.Imei;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.Digest;
import dev.fleetline.fleetevents.FleetEvent.AlertCounts;
import dev.fleetline.fleetevents.FleetEvent.Coverage;
import dev.fleetline.fleetevents.FleetEvent.HealthSweepCompleted;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.healthsweep.RateSegment.Rated;
import dev.fleetline.healthsweep.SweepTask.Sweep;
import dev.fleetline.lambda.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** One pass over the whole fleet: claimed, so that a schedule that fires twice makes one pass, and concluded. */
final class SweepFleet {

    /** In how many parts one invocation works through the fleet. */
    static final int SEGMENTS = 4;

    private static final Duration SLOT = Duration.ofMinutes(15);

    /** Longer than Lambda tries an event again. */
    private static final Duration KEEP_CLAIM = Duration.ofDays(1);

    private final RateSegment rateSegment;
    private final Claims claims;
    private final Announcer announcer;
    private final InstantSource clock;

    SweepFleet(RateSegment rateSegment, Claims claims, Announcer announcer, InstantSource clock) {
        this.rateSegment = rateSegment;
        this.claims = claims;
        this.announcer = announcer;
        this.clock = clock;
    }

    /** What became of a pass. */
    sealed interface Swept {
        String sweepId();

        /** The whole fleet was judged, and that was said. */
        record Concluded(String sweepId, Tally tally) implements Swept {}

        /** Time ran out; {@code segment} and {@code startAfter} say where to go on. */
        record Stopped(String sweepId, Tally tally, int segment, Optional<Imei> startAfter) implements Swept {}

        /** Another invocation has this pass, or had it. */
        record AlreadyDone(String sweepId) implements Swept {}
    }

    /** The id of a pass that nobody has named: the quarter of an hour that it falls into. */
    static String idAt(Instant now) {
        long slot = Math.floorDiv(now.getEpochSecond(), SLOT.toSeconds());
        return Instant.ofEpochSecond(slot * SLOT.toSeconds()).toString();
    }

    /** {@code holder} is the request's id: Lambda's own retry of a pass that died goes on with it. */
    Swept run(Sweep task, String holder, Deadline deadline) {
        Instant startedAt = clock.instant();
        String sweepId = task.sweepId().orElseGet(() -> idAt(startedAt));
        if (!claims.once(claim(task, sweepId), holder, startedAt, startedAt.plus(KEEP_CLAIM))) {
            return new Swept.AlreadyDone(sweepId);
        }
        Tally tally = task.soFar().orElse(Tally.NOTHING);
        Optional<Imei> from = task.startAfter().map(Imei::new);
        for (int segment = task.segment().orElse(0); segment < SEGMENTS; segment++) {
            Rated rated = rateSegment.run(segment, SEGMENTS, from, sweepId, deadline);
            tally = tally.plus(rated.tally());
            from = rated.next();
            if (from.isPresent()) {
                return new Swept.Stopped(sweepId, tally, segment, from);
            }
        }
        announcer.announce(List.of(Outgoing.of("health-sweep", clock.instant(), completed(sweepId, startedAt, tally))));
        return new Swept.Concluded(sweepId, tally);
    }

    /** Each piece of a pass that goes on is claimed for itself. */
    private static String claim(Sweep task, String sweepId) {
        String whole = "sweep#all#" + sweepId;
        return task.goesOn()
                ? whole + "#" + task.segment().get() + "#" + task.startAfter().orElse("")
                : whole;
    }

    private static HealthSweepCompleted completed(String sweepId, Instant startedAt, Tally tally) {
        int active = tally.judged() + tally.skipped();
        Judged alerts = tally.alerts();
        return new HealthSweepCompleted(
                Digest.of("HealthSweepCompleted", sweepId),
                sweepId,
                startedAt,
                new Coverage(
                        tally.judged(), active, tally.skipped(), active == 0 ? 1 : (double) tally.judged() / active),
                new AlertCounts(alerts.raised(), alerts.still(), alerts.worse(), alerts.better(), alerts.cleared()),
                false);
    }
}

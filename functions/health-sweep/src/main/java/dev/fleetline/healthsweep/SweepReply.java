package dev.fleetline.healthsweep;

import dev.fleetline.device.Imei;
import dev.fleetline.healthsweep.RateSegment.Rated;
import dev.fleetline.healthsweep.SweepFleet.Swept;
import java.util.Optional;

/**
 * What an invocation did, and where to go on if it ran out of time.
 *
 * @param outcome {@code done}, {@code stopped} or {@code already done}
 * @param segment the segment that was judged last
 * @param startAfter where in it to go on; absent when it is through
 * @param soFar of a pass that stopped: what to hand back with {@code sweepId}, {@code segment} and {@code startAfter}
 */
record SweepReply(
        String outcome,
        String sweepId,
        int segment,
        int of,
        int judged,
        int skipped,
        int candidates,
        Optional<String> startAfter,
        Optional<Tally> soFar) {

    static SweepReply of(SweepTask.Rate task, String sweepId, Rated rated) {
        return reply(
                rated.next().isPresent() ? "stopped" : "done",
                sweepId,
                task.segment(),
                task.of(),
                rated.tally(),
                rated.next(),
                Optional.empty());
    }

    static SweepReply of(Swept swept) {
        return switch (swept) {
            case Swept.Concluded(var sweepId, var tally) ->
                reply(
                        "done",
                        sweepId,
                        SweepFleet.SEGMENTS - 1,
                        SweepFleet.SEGMENTS,
                        tally,
                        Optional.empty(),
                        Optional.empty());
            case Swept.Stopped(var sweepId, var tally, var segment, var startAfter) ->
                reply("stopped", sweepId, segment, SweepFleet.SEGMENTS, tally, startAfter, Optional.of(tally));
            case Swept.AlreadyDone(var sweepId) ->
                reply(
                        "already done",
                        sweepId,
                        0,
                        SweepFleet.SEGMENTS,
                        Tally.NOTHING,
                        Optional.empty(),
                        Optional.empty());
        };
    }

    private static SweepReply reply(
            String outcome,
            String sweepId,
            int segment,
            int of,
            Tally tally,
            Optional<Imei> startAfter,
            Optional<Tally> soFar) {
        return new SweepReply(
                outcome,
                sweepId,
                segment,
                of,
                tally.judged(),
                tally.skipped(),
                tally.candidates(),
                startAfter.map(Imei::digits),
                soFar);
    }
}

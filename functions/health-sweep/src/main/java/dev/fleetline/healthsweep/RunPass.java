package dev.fleetline.healthsweep;

import dev.fleetline.claims.Claims;
import dev.fleetline.healthsweep.SweepReply.Asked;
import dev.fleetline.healthsweep.SweepReply.Concluded;
import dev.fleetline.healthsweep.SweepReply.Looked;
import dev.fleetline.healthsweep.SweepReply.Planned;
import dev.fleetline.healthsweep.SweepReply.Rated;
import dev.fleetline.healthsweep.SweepTask.Conclude;
import dev.fleetline.healthsweep.SweepTask.Overdue;
import dev.fleetline.healthsweep.SweepTask.Plan;
import dev.fleetline.healthsweep.SweepTask.Platform;
import dev.fleetline.healthsweep.SweepTask.Rate;
import dev.fleetline.healthsweep.SweepTask.Sweep;
import dev.fleetline.healthsweep.SweepTask.Verify;
import dev.fleetline.healthsweep.VerifyLosses.Verified;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.sweepfiles.SweepKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of a pass, each for itself as the state machine calls them, and one after another in one invocation.
 *
 * <p>A pass is claimed first: schedules fire at least once. Whoever has claimed it may do each step again.
 */
final class RunPass {

    private static final Logger LOG = LoggerFactory.getLogger(RunPass.class);

    /** Longer than anybody tries a step again. */
    private static final Duration KEEP_CLAIM = Duration.ofDays(2);

    /** A step is begun only while there is so much time. */
    private static final Duration A_STEP = Duration.ofSeconds(20);

    private final Steps steps;
    private final Books books;
    private final Claims claims;
    private final InstantSource clock;
    private final int segments;

    /** What is done in a pass. */
    record Steps(
            RateSegment rateSegment,
            RateOverdue rateOverdue,
            LookAtPlatform lookAtPlatform,
            VerifyLosses verifyLosses,
            ConcludePass concludePass) {}

    RunPass(Steps steps, Books books, Claims claims, InstantSource clock, int segments) {
        this.steps = steps;
        this.books = books;
        this.claims = claims;
        this.clock = clock;
        this.segments = segments;
    }

    Planned plan(Plan task) {
        Instant at = task.at().orElseGet(clock::instant);
        return claimed(SweepKind.FLEET, task.sweepId().orElseGet(() -> Pass.idAt(at)), task.holder());
    }

    private Planned claimed(SweepKind kind, String sweepId, String holder) {
        Instant now = clock.instant();
        Pass pass = new Pass(kind, sweepId, now, holder);
        boolean isOurs = claims.once(pass.claim(), holder, now, now.plus(KEEP_CLAIM));
        int of = kind == SweepKind.FLEET ? segments : 1;
        return new Planned(
                isOurs ? SweepReply.CLAIMED : SweepReply.ALREADY_DONE,
                pass,
                of,
                isOurs ? IntStream.range(0, of).boxed().toList() : List.of());
    }

    Rated rate(Rate task, Deadline deadline) {
        return steps.rateSegment().run(task, deadline);
    }

    Looked platform(Platform task) {
        return new Looked(steps.lookAtPlatform().run(task.pass()).subjects());
    }

    Asked verify(Verify task, Deadline deadline) {
        Counted counted = Counted.of(task.pass(), task.of(), books.files());
        Verified verified = steps.verifyLosses()
                .run(
                        task.pass(),
                        counted.parts(),
                        LookAtPlatform.isOurs(books.faults().faults()),
                        deadline);
        return new Asked(verified);
    }

    Concluded conclude(Conclude task, Deadline deadline) {
        return steps.concludePass().run(task, deadline);
    }

    /** The whole fleet, as far as the time goes. */
    Concluded sweep(Sweep task, String holder, Deadline deadline) {
        if (task.goOn().isPresent()) {
            return run(task.goOn().get(), deadline);
        }
        Planned planned = claimed(SweepKind.FLEET, task.sweepId().orElseGet(() -> Pass.idAt(clock.instant())), holder);
        return planned.outcome().equals(SweepReply.CLAIMED)
                ? run(new Rate(planned.pass(), 0, planned.of(), Optional.empty(), 0), deadline)
                : Concluded.alreadyDone(planned.pass());
    }

    private Concluded run(SweepTask first, Deadline deadline) {
        SweepTask step = first;
        while (true) {
            SweepTask next;
            switch (step) {
                case Rate rate -> next = after(rate, rate(rate, deadline));
                case Platform platform -> {
                    platform(platform);
                    next = new Verify(platform.pass(), segments);
                }
                case Verify verify -> {
                    verify(verify, deadline);
                    next = new Conclude(verify.pass(), verify.of(), 0, 0, Optional.empty());
                }
                case Conclude conclude -> {
                    Concluded concluded = conclude(conclude, deadline);
                    if (concluded.next().isEmpty()) {
                        return concluded;
                    }
                    next = concluded.next().get();
                }
                case SweepTask.Plan _, SweepTask.Overdue _, SweepTask.Sweep _ ->
                    throw new IllegalArgumentException(
                            "goOn must be a step of a pass: rate, platform, verify, conclude");
            }
            if (deadline.isNear(A_STEP)) {
                LOG.error("the pass ran out of time: go on with the reply's next as input, and give health-sweep a "
                        + "larger PAGE_SIZE or a longer Timeout");
                return Concluded.stopped(next);
            }
            step = next;
        }
    }

    private static SweepTask after(Rate task, Rated rated) {
        return rated.next()
                .orElseGet(() -> task.segment() + 1 < task.of()
                        ? new Rate(task.pass(), task.segment() + 1, task.of(), Optional.empty(), 0)
                        : new Platform(task.pass()));
    }

    /** What is due. What the time does not suffice for is still due at the next pass. */
    Concluded overdue(Overdue task, String holder, Deadline deadline) {
        Planned planned =
                claimed(SweepKind.OVERDUE, task.sweepId().orElseGet(() -> Pass.idAt(clock.instant())), holder);
        if (!planned.outcome().equals(SweepReply.CLAIMED)) {
            return Concluded.alreadyDone(planned.pass());
        }
        Pass pass = planned.pass();
        Rated rated = steps.rateOverdue().run(pass, deadline);
        if (rated.outcome().equals(SweepReply.STOPPED)) {
            LOG.error("more was due than there was time for; the rest waits for the next pass");
        }
        platform(new Platform(pass));
        verify(new Verify(pass, 1), deadline);
        Concluded concluded = conclude(new Conclude(pass, 1, 0, 0, Optional.empty()), deadline);
        return concluded.next().isEmpty() ? concluded : concluded.left();
    }
}

package dev.fleetline.healthsweep;

import dev.fleetline.alert.Alert;
import dev.fleetline.alert.AlertBook;
import dev.fleetline.alert.JudgeDevice;
import dev.fleetline.alert.JudgeDevice.Judged;
import dev.fleetline.alert.Released;
import dev.fleetline.alert.Subject;
import dev.fleetline.alert.Visit;
import dev.fleetline.device.Circumstances;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Finding;
import dev.fleetline.device.Finding.Cause;
import dev.fleetline.device.Health;
import dev.fleetline.device.Imei;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.healthsweep.SweepReply.Concluded;
import dev.fleetline.healthsweep.SweepTask.Conclude;
import dev.fleetline.healthsweep.TellGroups.Wider;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.lambda.LogKey;
import dev.fleetline.sweepfiles.JsonLines;
import dev.fleetline.sweepfiles.LossCandidate;
import dev.fleetline.sweepfiles.SweepKind;
import dev.fleetline.sweepfiles.SweepSummary;
import dev.fleetline.sweepfiles.SweptDevice;
import dev.fleetline.sweepfiles.SweptLoss;
import dev.fleetline.sweepfiles.SweptLoss.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Ends a pass: what is lost together is told together, every other loss by itself, and what the pass came to is said. Done
 * again, it tells nothing twice.
 */
final class ConcludePass {

    private static final Logger LOG = LoggerFactory.getLogger(ConcludePass.class);

    /** What one device and a good end take. */
    private static final Duration RESERVE = Duration.ofSeconds(15);

    private final DeviceRegistry devices;
    private final JudgeDevice judgeDevice;
    private final AlertBook alerts;
    private final TellGroups tellGroups;
    private final Health health;
    private final Announcer announcer;
    private final Books books;
    private final InstantSource clock;

    ConcludePass(
            DeviceRegistry devices,
            JudgeDevice judgeDevice,
            AlertBook alerts,
            TellGroups tellGroups,
            Health health,
            Announcer announcer,
            Books books,
            InstantSource clock) {
        this.devices = devices;
        this.judgeDevice = judgeDevice;
        this.alerts = alerts;
        this.tellGroups = tellGroups;
        this.health = health;
        this.announcer = announcer;
        this.books = books;
        this.clock = clock;
    }

    Concluded run(Conclude task, Deadline deadline) {
        Pass pass = task.pass();
        Counted counted = Counted.of(pass, task.of(), books.files());
        List<SweptLoss> losses = new ArrayList<>();
        books.files().read(pass.folder().verified(), SweptLoss.class, losses::add);
        Sizes sizes =
                pass.kind() == SweepKind.FLEET ? counted.sizes() : books.sizes().sizes();
        PassCounts counts = PassCounts.of(pass, counted, sizes, losses);
        Wider wider = tellGroups.run(pass, counts, losses, sizes, lookedAt(pass, counted));

        Released released = new Released(alerts);

        Judged soFar = task.soFar().orElse(Judged.NOTHING);
        int next = task.from();
        try (JsonLines<SweptLoss> lines = books.files().write(pass.folder().concluded(task.part()))) {
            while (next < losses.size() && (next == task.from() || !deadline.isNear(RESERVE))) {
                Ended ended = conclude(losses.get(next), pass, wider, released);
                lines.add(ended.loss());
                soFar = soFar.plus(ended.judged());
                next++;
            }
            lines.keep();
        }
        if (next < losses.size()) {
            return new Concluded(
                    SweepReply.STOPPED,
                    pass.sweepId(),
                    Optional.empty(),
                    Optional.of(new Conclude(pass, task.of(), next, task.part() + 1, Optional.of(soFar))));
        }
        // what has ended in an earlier part of this has ended for those, too
        if (wider.hasEnded() || task.from() > 0) {
            released.imeis().forEach(this::comeNext);
        }
        PassCounts all = counts.with(soFar);
        end(pass, all, wider, losses, task.part() + 1, counted, sizes);
        return new Concluded(SweepReply.DONE, pass.sweepId(), Optional.of(all), Optional.empty());
    }

    /** A loss, and what its device's alerts have become. */
    private record Ended(SweptLoss loss, Judged judged) {}

    private Ended conclude(SweptLoss loss, Pass pass, Wider wider, Released released) {
        if (loss.outcome().isPresent()) {
            return new Ended(loss, Judged.NOTHING);
        }
        Imei imei = loss.lost().imei();
        MDC.put(LogKey.DEVICE.key(), imei.toString());
        try {
            if (loss.lost().alreadyOpen() && isReleased(imei, released)) {
                comeNext(imei);
                return left(loss);
            }
            return devices.find(imei)
                    .map(device -> conclude(loss, device, pass, wider))
                    .orElseGet(() -> failed(loss));
        } catch (RuntimeException e) {
            LOG.error("its loss could not be concluded", e);
            return failed(loss);
        } finally {
            MDC.remove(LogKey.DEVICE.key());
        }
    }

    private boolean isReleased(Imei imei, Released released) {
        return alerts.of(new Subject.OfDevice(imei)).stream()
                .anyMatch(alert -> alert instanceof Alert.Open open && released.isReleased(open));
    }

    /** To the next pass: nobody was asked about who was kept under an alert that has ended only now. */
    private static Ended left(SweptLoss loss) {
        return ended(loss, Outcome.STILL, new Judged(0, 1, 0, 0, 0));
    }

    private static Ended failed(SweptLoss loss) {
        return ended(loss, Outcome.FAILED, Judged.NOTHING);
    }

    private static Ended ended(SweptLoss loss, Outcome outcome, Judged judged) {
        return new Ended(
                new SweptLoss(loss.lost(), Optional.of(outcome), Optional.empty(), Optional.empty(), loss.word()),
                judged);
    }

    /** Whoever is released is due at once, so that the next pass asks about it, and then tells. */
    private void comeNext(Imei imei) {
        Optional<Instant> now = Optional.of(clock.instant());
        if (!devices.find(imei).map(device -> devices.watch(device, now)).orElse(true)) {
            devices.find(imei).ifPresent(device -> devices.watch(device, now));
        }
    }

    private Ended conclude(SweptLoss loss, Device device, Pass pass, Wider wider) {
        Instant now = clock.instant();
        Circumstances circumstances = known(loss, wider.faults().circumstances(now));
        Optional<Finding> found = Sight.of(device, health, circumstances, now).loss();
        Judged judged =
                judgeDevice.run(device, visit(loss, pass).under(wider.open()).knowing(circumstances));
        watch(device, circumstances, now);
        return new Ended(
                new SweptLoss(
                        loss.lost(),
                        Optional.of(found.isPresent() ? outcome(judged) : Outcome.BACK),
                        found.map(Finding::cause)
                                .filter(cause -> cause != Cause.UNKNOWN)
                                .map(Cause::name),
                        judged.suppressed() > 0 ? wider.over(device) : Optional.empty(),
                        loss.word()),
                judged);
    }

    /** What the carrier says now, or said when people were told. */
    private static Circumstances known(SweptLoss loss, Circumstances circumstances) {
        if (loss.word().verified()) {
            return circumstances.carrierSays(loss.word().lastConnection(), CarrierView.isLineInactive(loss.word()));
        }
        LossCandidate lost = loss.lost();
        return lost.knownCause()
                .map(cause -> circumstances.lostBefore(lost.since(), cause))
                .orElse(circumstances);
    }

    /** About one that is no news nobody need be asked. */
    private static Visit visit(SweptLoss loss, Pass pass) {
        return loss.lost().alreadyOpen() && !loss.word().verified()
                ? Visit.sweep(pass.sweepId())
                : Visit.sweep(pass.sweepId(), loss.word().verified());
    }

    private static Outcome outcome(Judged judged) {
        if (judged.raised() + judged.suppressed() > 0) {
            return Outcome.RAISED;
        }
        if (judged.worse() > 0) {
            return Outcome.WORSE;
        }
        return judged.better() > 0 ? Outcome.BETTER : Outcome.STILL;
    }

    /** What was told has changed the stored device, of which then another look finds the same moment reached. */
    private void watch(Device read, Circumstances circumstances, Instant now) {
        Optional<Instant> next = health.dueAt(read, circumstances, now);
        if (!read.due().equals(next) && !devices.watch(read, next)) {
            devices.find(read.imei())
                    .filter(stored ->
                            stored.vitals().lastSeen().equals(read.vitals().lastSeen()))
                    .ifPresent(stored -> devices.watch(stored, next));
        }
    }

    /** Of a pass over all that is nobody in particular. */
    private Set<Imei> lookedAt(Pass pass, Counted counted) {
        Set<Imei> lookedAt = new HashSet<>();
        if (pass.kind() == SweepKind.OVERDUE) {
            for (int part = 0; part < counted.parts().getFirst(); part++) {
                books.files()
                        .read(
                                pass.folder().devices(0, part),
                                SweptDevice.class,
                                device -> lookedAt.add(device.who().imei()));
            }
        }
        return lookedAt;
    }

    private void end(
            Pass pass,
            PassCounts counts,
            Wider wider,
            List<SweptLoss> losses,
            int lossParts,
            Counted counted,
            Sizes sizes) {
        Instant now = clock.instant();
        remember(pass, losses, lossParts, counted, sizes);
        Optional<SweepSummary> before = books.files().latest(pass.kind());
        SweepSummary summary = new SweepSummary(
                SweepSummary.SCHEMA,
                counts.completed(pass, wider, now),
                now,
                counted.parts(),
                lossParts,
                // done again, the newest may be this pass itself
                before.filter(last -> !last.folder().equals(pass.folder()))
                        .map(last -> last.folder().path())
                        .or(() -> before.flatMap(SweepSummary::previous)),
                counted.skipped());
        books.files().conclude(summary);
        announcer.announce(List.of(Outgoing.of("health-sweep", now, summary.completed())));
    }

    private void remember(Pass pass, List<SweptLoss> losses, int lossParts, Counted counted, Sizes sizes) {
        Set<Imei> back = new HashSet<>();
        for (int part = 0; part < lossParts; part++) {
            books.files().read(pass.folder().concluded(part), SweptLoss.class, loss -> {
                if (loss.outcome()
                        .filter(outcome -> outcome == Outcome.BACK || outcome == Outcome.MISSED_REPORT)
                        .isPresent()) {
                    back.add(loss.lost().imei());
                }
            });
        }
        List<LossCandidate> lost = losses.stream()
                .map(SweptLoss::lost)
                .filter(one -> !back.contains(one.imei()))
                .toList();
        if (pass.kind() == SweepKind.FLEET) {
            books.sizes().keep(pass, sizes);
            books.lost().keepAll(lost);
        } else {
            books.lost().keep(lookedAt(pass, counted), lost);
        }
    }
}

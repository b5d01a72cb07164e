package dev.fleetline.healthsweep;

import dev.fleetline.alert.Alert;
import dev.fleetline.alert.AlertBook;
import dev.fleetline.alert.Subject;
import dev.fleetline.alert.TellTogether;
import dev.fleetline.alert.TellTogether.Told;
import dev.fleetline.alert.Trouble;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Device;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Severity;
import dev.fleetline.sweepfiles.LossCandidate;
import dev.fleetline.sweepfiles.SweptLoss;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves on the alerts that are about more than one device: that reports were missed, and that a site, a cell or the fleet
 * is lost. While a fault is ours, and when too little of the fleet was judged, nothing is said of sites and the fleet,
 * neither that they are lost nor that they are back.
 */
final class TellGroups {

    /** The carrier had newer readings than we did for more of those asked about than this, in percent, and for so many. */
    private static final int MISSED_PERCENT = 20;

    private static final int MISSED_LEAST = 5;

    private static final String REPORTS = "reports";

    private static final Logger LOG = LoggerFactory.getLogger(TellGroups.class);

    private final AlertBook alerts;
    private final TellTogether tellTogether;
    private final Books books;
    private final InstantSource clock;

    TellGroups(AlertBook alerts, TellTogether tellTogether, Books books, InstantSource clock) {
        this.alerts = alerts;
        this.tellTogether = tellTogether;
        this.books = books;
        this.clock = clock;
    }

    /**
     * The alerts under which devices are not told.
     *
     * @param hasEnded whether one has ended, so that devices under it must be told one by one
     * @param suspect whether the whole fleet is lost together
     */
    record Wider(List<Alert.Open> open, Faults faults, boolean hasEnded, boolean suspect) {
        Wider {
            open = List.copyOf(open);
        }

        /** The widest one over this device, by its subject. */
        Optional<String> over(Device device) {
            return open.stream()
                    .map(Alert.Open::subject)
                    .filter(subject -> subject.covers(device))
                    .max(Comparator.comparing(Subject::about))
                    .map(Subject::key);
        }
    }

    /** {@code lookedAt} is who was judged by a pass that did not judge all. */
    Wider run(Pass pass, PassCounts counts, List<SweptLoss> losses, Sizes sizes, Set<Imei> lookedAt) {
        var teller = new Teller(new TellTogether.Pass(pass.sweepId(), pass.claim(), pass.holder()));
        Faults faults = missedReports(counts, teller);
        boolean isToBeSaid = counts.coverage().complete() && !faults.excuseSilence();
        boolean suspect = false;
        if (isToBeSaid) {
            List<LossCandidate> lost = losses.stream()
                    .filter(loss -> loss.outcome().isEmpty())
                    .map(SweptLoss::lost)
                    .toList();
            suspect = lost(withPresumed(lost, lookedAt), sizes, teller);
        } else {
            LOG.warn(
                    "nothing is said of sites and the fleet: {}",
                    faults.excuseSilence() ? "a fault of our own goes on" : "too little was judged");
            alerts.together().forEach(teller.open::add);
        }
        return new Wider(teller.open, faults, teller.hasEnded, suspect);
    }

    /** Whether the whole fleet is. What is lost within it stays as it was told; it has not come back. */
    private boolean lost(List<LossCandidate> lost, Sizes sizes, Teller teller) {
        List<Alert.Open> told = alerts.together().stream()
                .filter(open -> open.condition() == Condition.NETWORK_LOST)
                .toList();
        Set<Subject> known = told.stream().map(Alert.Open::subject).collect(Collectors.toSet());
        List<Together> groups = Together.of(lost, sizes, known);
        groups.forEach(teller::holds);
        Set<Subject> held = subjects(groups);
        Set<Subject> kept = subjects(Together.ofPlaces(lost, sizes, known));
        for (Alert.Open open : told) {
            if (kept.contains(open.subject()) && !held.contains(open.subject())) {
                teller.open.add(open);
            } else if (!held.contains(open.subject())) {
                teller.isOver(Trouble.over(open.subject(), open.condition(), clock.instant()));
            }
        }
        return held.contains(new Subject.OfFleet());
    }

    private static Set<Subject> subjects(List<Together> groups) {
        return groups.stream().map(Together::subject).collect(Collectors.toSet());
    }

    /** Of a wider alert with very many devices only some are looked at: if most of these are lost, so are the others. */
    private List<LossCandidate> withPresumed(List<LossCandidate> lost, Set<Imei> lookedAt) {
        if (lookedAt.isEmpty()) {
            return lost;
        }
        List<LossCandidate> all = new ArrayList<>(lost);
        List<LossCandidate> before = books.lost().lost();
        List<LossCandidate> others =
                before.stream().filter(one -> !lookedAt.contains(one.imei())).toList();
        for (Alert.Open open : alerts.together()) {
            List<LossCandidate> unseen = others.stream()
                    .filter(one -> RateOverdue.isOf(open.subject(), one) && !all.contains(one))
                    .toList();
            long seen = before.stream()
                    .filter(one -> RateOverdue.isOf(open.subject(), one) && lookedAt.contains(one.imei()))
                    .count();
            long stillLost = lost.stream()
                    .filter(one -> RateOverdue.isOf(open.subject(), one))
                    .count();
            if (stillLost * 2 > seen) {
                all.addAll(unseen);
            }
        }
        return all;
    }

    private Faults missedReports(PassCounts counts, Teller teller) {
        Instant now = clock.instant();
        Faults before = books.faults().faults();
        var asked = counts.verification();
        boolean isMissing = asked.missedReports() >= MISSED_LEAST
                && asked.missedReports() * 100L > (long) asked.asked() * MISSED_PERCENT;
        boolean isKnown = before.present().stream().anyMatch(span -> span.condition() == Condition.REPORTS_MISSED);
        if (isMissing) {
            var fault = new Fault(
                    REPORTS,
                    Condition.REPORTS_MISSED,
                    now,
                    asked.missedReports() + " of " + asked.asked() + " devices that we were about to call lost");
            teller.isMissing(fault);
            return books.faults().keep(before, before.seen(List.of(fault), List.of(Condition.REPORTS_MISSED), now));
        }
        // who could not ask anybody knows nothing new
        if (isKnown && (asked.asked() > 0 || asked.lost() == 0)) {
            teller.isOver(Trouble.over(new Subject.OfPlatform(REPORTS), Condition.REPORTS_MISSED, now));
            return books.faults().keep(before, before.seen(List.of(), List.of(Condition.REPORTS_MISSED), now));
        }
        return before;
    }

    /** Tells one after another, and keeps what is open then. */
    private final class Teller {

        private final TellTogether.Pass pass;
        private final List<Alert.Open> open = new ArrayList<>();
        private boolean hasEnded;

        Teller(TellTogether.Pass pass) {
            this.pass = pass;
        }

        void holds(Together group) {
            Severity worst = group.lost().stream()
                    .map(LossCandidate::severity)
                    .max(Comparator.naturalOrder())
                    .orElse(Severity.WARNING);
            Instant since = group.lost().stream()
                    .map(LossCandidate::since)
                    .max(Comparator.naturalOrder())
                    .orElseGet(clock::instant);
            tell(Trouble.lostTogether(
                    group.subject(),
                    worst,
                    since,
                    group.lost().stream().map(LossCandidate::imei).toList(),
                    group.of()));
        }

        void isMissing(Fault fault) {
            tell(Trouble.ofPlatform(fault.service(), fault.condition(), fault.since(), fault.reason()));
        }

        void isOver(Trouble over) {
            tell(over);
        }

        private void tell(Trouble trouble) {
            switch (tellTogether.run(trouble, pass)) {
                case Told.Holds(var alert, var _) -> open.add(alert);
                case Told.Over(var ended) -> hasEnded |= ended;
                case Told.NotOurs _ -> throw new IllegalStateException("the pass is not ours any more");
            }
        }
    }
}

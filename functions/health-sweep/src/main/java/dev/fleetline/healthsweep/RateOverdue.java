package dev.fleetline.healthsweep;

import dev.fleetline.alert.AlertBook;
import dev.fleetline.alert.Subject;
import dev.fleetline.device.CannotBeRead;
import dev.fleetline.device.Condition;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.DeviceRegistry.Unreadable;
import dev.fleetline.device.Imei;
import dev.fleetline.healthsweep.SweepReply.Rated;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.sweepfiles.LossCandidate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges the devices whose time has come, found by index: those that may be lost, those of which people must be reminded,
 * and those by which it shows whether a site is lost or back.
 */
final class RateOverdue {

    /** More than an invocation gets through; the rest is still due at the next pass. */
    private static final int MOST = 20_000;

    /** Of a wider alert so many devices are looked at again at most; the night looks at all. */
    private static final int MOST_OF_A_KIND = 2_000;

    private final DeviceRegistry devices;
    private final AlertBook alerts;
    private final RateDevices rateDevices;
    private final Books books;
    private final InstantSource clock;
    private final Duration reserve;

    /** {@code reserve} is left for the other steps of the pass. */
    RateOverdue(
            DeviceRegistry devices,
            AlertBook alerts,
            RateDevices rateDevices,
            Books books,
            InstantSource clock,
            Duration reserve) {
        this.devices = devices;
        this.alerts = alerts;
        this.rateDevices = rateDevices;
        this.books = books;
        this.clock = clock;
        this.reserve = reserve;
    }

    /** All in one part of one segment. One that is not through left some for the next pass. */
    Rated run(Pass pass, Deadline deadline) {
        Instant now = clock.instant();
        try (RateDevices.Part part =
                rateDevices.begin(pass, 0, 0, books.faults().faults().circumstances(now))) {
            Set<Imei> rated = new HashSet<>();
            boolean isThrough =
                    rate(due(now), rated, part, deadline) && rate(companions(part.lost()), rated, part, deadline);
            part.keep(isThrough);
            return new Rated(isThrough ? SweepReply.DONE : SweepReply.STOPPED, 0, part.tally(), Optional.empty());
        }
    }

    private Set<Imei> due(Instant now) {
        Set<Imei> due = new LinkedHashSet<>(devices.overdue(now, MOST));
        alerts.due(now, MOST).forEach(entry -> {
            if (entry.subject() instanceof Subject.OfDevice(var imei)) {
                due.add(imei);
            }
        });
        return due;
    }

    private boolean rate(Set<Imei> imeis, Set<Imei> rated, RateDevices.Part part, Deadline deadline) {
        for (Imei imei : imeis) {
            if (deadline.isNear(reserve)) {
                return false;
            }
            if (rated.add(imei)) {
                try {
                    devices.find(imei).ifPresent(part::rate);
                } catch (CannotBeRead e) {
                    part.skip(new Unreadable(imei.toString(), String.valueOf(e.getMessage())));
                }
            }
        }
        return true;
    }

    /** Those that were lost before, where they may make a wider alert with those that are lost now, or end one. */
    private Set<Imei> companions(List<LossCandidate> lostNow) {
        List<LossCandidate> before = books.lost().lost();
        List<Subject> wanted = new ArrayList<>();
        alerts.together().stream()
                .filter(open -> open.condition() == Condition.NETWORK_LOST)
                .forEach(open -> wanted.add(open.subject()));
        Set<Imei> nowLost = new HashSet<>();
        lostNow.forEach(one -> nowLost.add(one.imei()));
        List<LossCandidate> all = new ArrayList<>(lostNow);
        before.stream().filter(one -> !nowLost.contains(one.imei())).forEach(all::add);
        if (lostNow.stream().anyMatch(one -> !one.alreadyOpen())) {
            Together.of(all, books.sizes().sizes(), Set.of()).forEach(group -> wanted.add(group.subject()));
        }
        Set<Imei> companions = new LinkedHashSet<>();
        for (Subject subject : wanted) {
            before.stream()
                    .filter(one -> isOf(subject, one))
                    .limit(MOST_OF_A_KIND)
                    .forEach(one -> companions.add(one.imei()));
        }
        return companions;
    }

    static boolean isOf(Subject subject, LossCandidate one) {
        return switch (subject) {
            case Subject.OfFleet _ -> true;
            case Subject.OfSite(var site) -> one.site().filter(site::equals).isPresent();
            case Subject.OfCell(var cell) -> one.cell().filter(cell::equals).isPresent();
            case Subject.OfDevice(var imei) -> one.imei().equals(imei);
            case Subject.OfPlatform _ -> false;
        };
    }
}

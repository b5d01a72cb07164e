package dev.fleetline.fleetreport;

import dev.fleetline.device.Condition;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetreport.Change.State;
import dev.fleetline.fleetreport.FleetReport.Batteries;
import dev.fleetline.fleetreport.FleetReport.Compared;
import dev.fleetline.fleetreport.FleetReport.Distributions;
import dev.fleetline.fleetreport.FleetReport.DueBattery;
import dev.fleetline.fleetreport.FleetReport.Line;
import dev.fleetline.fleetreport.FleetReport.Night;
import dev.fleetline.fleetreport.FleetReport.OwnFaults;
import dev.fleetline.fleetreport.RatedDevice.Measured;
import dev.fleetline.fleetreport.RatedDevice.Trouble;
import dev.fleetline.fleetreport.Shortlist.Listed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A night held against the one before, device by device. Pure: it reads no file and asks no clock. Devices go by one at
 * a time; what stays is counted, or cut after the first so many.
 */
final class NightsCompared {

    private final NightBefore before;
    private final Instant tonight;
    private final Instant nextVisit;
    private final Map<ChangeKind, Shortlist<Change>> changes = new EnumMap<>(ChangeKind.class);
    private final Shortlist<DueBattery> due;
    private final Spread spread = new Spread();
    private final LostPlaces.Tally places = new LostPlaces.Tally();
    private int endsKnown;
    private int endsUnknown;

    /**
     * {@code before} has been read to its end.
     *
     * @param nextVisit when somebody can replace a battery at the earliest
     * @param most how many of each list are shown
     */
    NightsCompared(NightBefore before, Instant tonight, Instant nextVisit, int most) {
        this.before = before;
        this.tonight = tonight;
        this.nextVisit = nextVisit;
        for (ChangeKind kind : ChangeKind.values()) {
            changes.put(kind, new Shortlist<>(Change.WORST_FIRST, most));
        }
        this.due = new Shortlist<>(
                Comparator.comparing((DueBattery battery) -> battery.end().earliest())
                        .thenComparing(battery -> battery.device().imei().digits()),
                most);
    }

    /** The lines that values are judged by, for the plots. */
    record JudgedBy(List<Line> battery, List<Line> signal) {

        JudgedBy {
            battery = List.copyOf(battery);
            signal = List.copyOf(signal);
        }
    }

    /** Takes a device that was judged tonight, and says what has become of its troubles. */
    List<Change> add(RatedDevice device) {
        spread.add(device.measured());
        Map<Condition, Trouble> then = before.take(device.device().imei());
        Map<Condition, Trouble> now = NightBefore.byCondition(device);
        places.add(device.where(), now.containsKey(Condition.NETWORK_LOST));
        battery(device);
        List<Change> found = new ArrayList<>();
        Set<Condition> conditions = new HashSet<>(then.keySet());
        conditions.addAll(now.keySet());
        conditions.stream()
                .sorted()
                .map(condition -> change(
                        device, Optional.ofNullable(then.get(condition)), Optional.ofNullable(now.get(condition))))
                .forEach(found::add);
        found.forEach(this::count);
        return found;
    }

    /** What the devices say that were in trouble the night before and were not judged in this one. */
    List<Change> notJudged() {
        List<Change> found = new ArrayList<>();
        for (RatedDevice device : before.left()) {
            for (Trouble trouble : device.troubles()) {
                found.add(change(device, ChangeKind.UNKNOWN, trouble, Severity.NONE, trouble.severity()));
            }
        }
        found.forEach(this::count);
        return found;
    }

    /** The report, once every device has gone by and {@link #notJudged} was asked. */
    FleetReport report(Night night, JudgedBy judgedBy, OwnFaults ownFaults) {
        Map<ChangeKind, Listed<Change>> listed = new EnumMap<>(ChangeKind.class);
        changes.forEach((kind, list) -> listed.put(kind, list.listed()));
        boolean isCompared = before.startedAt().isPresent();
        return new FleetReport(
                night,
                listed,
                new Distributions(
                        new Compared(
                                spread.battery(),
                                isCompared ? Optional.of(before.spread().battery()) : Optional.empty(),
                                spread.withoutBattery(),
                                judgedBy.battery()),
                        new Compared(
                                spread.signal(),
                                isCompared ? Optional.of(before.spread().signal()) : Optional.empty(),
                                spread.withoutSignal(),
                                judgedBy.signal())),
                places.places(),
                new Batteries(nextVisit, endsKnown, endsUnknown, due.listed()),
                ownFaults);
    }

    private void count(Change change) {
        Optional.ofNullable(changes.get(change.kind())).ifPresent(list -> list.add(change));
    }

    private void battery(RatedDevice device) {
        Measured measured = device.measured();
        measured.end().ifPresentOrElse(_ -> endsKnown++, () -> endsUnknown++);
        measured.end()
                .filter(end -> !end.earliest().isAfter(nextVisit))
                .flatMap(end -> measured.battery()
                        .map(percent ->
                                new DueBattery(device.device(), device.where().inWords(), percent, end)))
                .ifPresent(due::add);
    }

    private Change change(RatedDevice device, Optional<Trouble> then, Optional<Trouble> now) {
        if (now.isEmpty()) {
            Trouble over = then.orElseThrow();
            return change(device, ChangeKind.RECOVERED, over, Severity.NONE, over.severity());
        }
        Severity was = before.severityOf(device.device().imei(), now.get(), then, tonight);
        Severity is = now.get().severity();
        ChangeKind kind = was == Severity.NONE
                ? ChangeKind.NEW
                : is.isWorseThan(was) ? ChangeKind.WORSE : was.isWorseThan(is) ? ChangeKind.BETTER : ChangeKind.STILL;
        return change(device, kind, now.get(), is, was);
    }

    private static Change change(RatedDevice device, ChangeKind kind, Trouble trouble, Severity now, Severity was) {
        return new Change(
                kind,
                device.device(),
                device.where().inWords(),
                trouble.condition(),
                new State(now, was, trouble.cause(), trouble.since(), trouble.unverified(), trouble.suppressed()));
    }
}

package dev.fleetline.local.whatif;

import dev.fleetline.device.Charging;
import dev.fleetline.device.Circumstances;
import dev.fleetline.device.Circumstances.PlatformFault;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Device;
import dev.fleetline.device.Finding;
import dev.fleetline.device.Health;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Measure;
import dev.fleetline.device.Reading;
import dev.fleetline.device.Report;
import dev.fleetline.device.Severity;
import dev.fleetline.device.Vitals;
import dev.fleetline.device.Window;
import dev.fleetline.sweepfiles.SweptDevice;
import dev.fleetline.sweepfiles.SweptDevice.Battery;
import dev.fleetline.sweepfiles.SweptDevice.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The life of one device as the stored nights show it, judged by one set of numbers: after each of its readings, in each
 * silence before a reading breaks it, and at the end of each night. What a night does not show was no silence.
 */
final class Replay {

    /** A device has one to be a device; no rule looks at it. */
    private static final Iccid ANY_SIM = new Iccid("89148000009999900014");

    private final HealthSettings settings;
    private final Health health;
    private final Map<Condition, Episode> open = new EnumMap<>(Condition.class);
    private final List<Episode> closed = new ArrayList<>();
    private Vitals vitals = Vitals.NONE;
    private Instant judgedAt = Instant.MIN;

    Replay(HealthSettings settings) {
        this.settings = settings;
        this.health = new Health(settings);
    }

    /** One night of it; nights come in the order of time. */
    void night(SweptDevice swept, Instant at, List<PlatformFault> faults) {
        Instant shownFrom = shownFrom(swept);
        heard(swept).forEach((time, readings) -> {
            boolean isLate = !time.isAfter(judgedAt);
            boolean isSilenceShown = !readings.isEmpty() && time.isAfter(shownFrom);
            if (!isLate && isSilenceShown && vitals.lastSeen().isPresent()) {
                judge(swept, faults, time.minusMillis(1));
            }
            Report report = new Report(Optional.empty(), Optional.empty(), time, readings, Optional.empty());
            vitals = device(swept).reported(report, settings, time).vitals();
            if (!isLate) {
                judge(swept, faults, time);
            }
        });
        judge(swept, faults, at);
    }

    /** What was wrong with it, in the order in which it ended; what has not ended last. */
    List<Episode> episodes() {
        List<Episode> all = new ArrayList<>(closed);
        all.addAll(open.values());
        return all;
    }

    private void judge(SweptDevice swept, List<PlatformFault> faults, Instant at) {
        if (at.isBefore(judgedAt)) {
            return;
        }
        judgedAt = at;
        for (Finding finding : health.judge(device(swept), known(faults, at), at)) {
            Condition condition = finding.condition();
            if (finding.severity() != Severity.NONE) {
                open.merge(
                        condition,
                        new Episode(condition, finding.severity(), at, Optional.empty()),
                        (known, _) -> known.stillAs(finding.severity()));
            } else if (open.containsKey(condition)) {
                closed.add(open.remove(condition).over(at));
            }
        }
    }

    /** As a pass at that time would have known them. */
    private static Circumstances known(List<PlatformFault> faults, Instant at) {
        return Circumstances.of(faults.stream()
                .filter(fault -> fault.from().isBefore(at))
                .map(fault -> fault.to().isAfter(at) ? new PlatformFault(fault.from(), at) : fault)
                .toList());
    }

    /** From when on the night has every reading: of who told more than it holds it has the last. */
    private static Instant shownFrom(SweptDevice swept) {
        return Stream.of(
                        swept.battery().map(Battery::readings).orElse(List.of()),
                        swept.signal().rsrp(),
                        swept.signal().rsrq())
                .filter(points -> points.size() >= Window.SIZE)
                .map(points -> points.getFirst().at())
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    /** What it told, by the time of telling; at the last one it may have told nothing that is kept. */
    private static SortedMap<Instant, Map<Measure, Reading>> heard(SweptDevice swept) {
        SortedMap<Instant, Map<Measure, Reading>> heard = new TreeMap<>();
        swept.battery().ifPresent(battery -> add(heard, Measure.BATTERY, battery.readings()));
        add(heard, Measure.RSRP, swept.signal().rsrp());
        add(heard, Measure.RSRQ, swept.signal().rsrq());
        swept.contact().lastSeen().ifPresent(last -> heard.computeIfAbsent(last, _ -> new EnumMap<>(Measure.class)));
        return heard;
    }

    private static void add(SortedMap<Instant, Map<Measure, Reading>> heard, Measure measure, List<Point> points) {
        for (Point point : points) {
            heard.computeIfAbsent(point.at(), _ -> new EnumMap<>(Measure.class))
                    .put(
                            measure,
                            new Reading(
                                    point.at(), point.value(), point.charging().orElse(Charging.UNKNOWN)));
        }
    }

    private Device device(SweptDevice swept) {
        SweptDevice.Who who = swept.who();
        SweptDevice.Contact contact = swept.contact();
        boolean isOwnInterval = !contact.origin().equals("fleet");
        Lifecycle lifecycle = contact.lastSeen().isPresent()
                ? new Lifecycle.InService(contact.activeSince())
                : new Lifecycle.ActiveUnseen(contact.activeSince());
        return new Device(
                who.imei(),
                who.uid(),
                new Device.Order("what-if", ANY_SIM, who.account(), who.carrier()),
                new Device.Profile(
                        who.name(),
                        who.group(),
                        who.site(),
                        who.model(),
                        isOwnInterval ? Optional.of(contact.interval()) : Optional.empty(),
                        Optional.empty()),
                lifecycle,
                vitals,
                new Device.Said(Optional.empty(), contact.activeSince()),
                Device.Progress.since(contact.activeSince()),
                0);
    }
}

package dev.fleetline.fleetreport;

import dev.fleetline.device.Severity;
import dev.fleetline.fleetreport.FleetReport.Compared;
import dev.fleetline.fleetreport.FleetReport.DueBattery;
import dev.fleetline.fleetreport.Shortlist.Listed;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A report in the words and numbers of its page; the template has no logic and asks for these by name. */
final class PageView {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final FleetReport report;

    PageView(FleetReport report) {
        this.report = report;
    }

    String night() {
        return DAY.format(report.night().startedAt());
    }

    String startedAt() {
        return MINUTE.format(report.night().startedAt()) + " UTC";
    }

    String sweepId() {
        return report.night().sweepId();
    }

    String since() {
        return report.night().before().map(at -> MINUTE.format(at) + " UTC").orElse("the night before");
    }

    String headline() {
        List<String> parts = Stream.of(ChangeKind.values())
                .filter(kind -> listed(kind).count() > 0)
                .map(kind -> listed(kind).count() + " " + kind.title().toLowerCase(Locale.ROOT))
                .toList();
        return (parts.isEmpty() ? "No device is in trouble." : String.join(", ", parts) + ".") + " "
                + coverage().words();
    }

    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (report.night().coverage().suspect()) {
            warnings.add("so much was lost at once that the cause is hardly the devices'.");
        }
        if (report.ownFaults().excuseSilence()) {
            warnings.add("our own platform is not well, so no loss was told; see our own faults.");
        }
        if (!report.night().coverage().complete()) {
            warnings.add("not the whole fleet was judged. Who was not judged is neither well nor in trouble here.");
        }
        if (report.night().before().isEmpty()) {
            warnings.add("there is no night to compare with, so what began within a day counts as new.");
        }
        if (!report.ownFaults().unreadable().isEmpty()) {
            warnings.add("not all files of the two nights could be read; see our own faults.");
        }
        return warnings;
    }

    List<Kind> kinds() {
        return Stream.of(ChangeKind.values())
                .filter(kind -> kind != ChangeKind.UNKNOWN || listed(kind).count() > 0)
                .map(kind -> new Kind(kind, listed(kind)))
                .toList();
    }

    private Listed<Change> listed(ChangeKind kind) {
        return Optional.ofNullable(report.changes().get(kind)).orElseGet(() -> new Listed<>(0, List.of()));
    }

    Coverage coverage() {
        return new Coverage(report.night().coverage());
    }

    List<Plot> plots() {
        return List.of(
                new Plot(
                        "battery",
                        "Battery, devices by percent",
                        report.distributions().battery()),
                new Plot(
                        "signal",
                        "Signal (RSRP), devices by dBm",
                        report.distributions().signal()));
    }

    MapSketch map() {
        return MapSketch.of(report.lost());
    }

    String visit() {
        return DAY.format(report.batteries().until());
    }

    BatteryPart batteries() {
        return new BatteryPart(report.batteries());
    }

    Faults faults() {
        return new Faults(report.ownFaults());
    }

    /** The changes of a kind. */
    record Kind(ChangeKind kind, Listed<Change> listed) {
        String word() {
            return kind.word();
        }

        String title() {
            return kind.title();
        }

        String meaning() {
            String meaning = kind.meaning();
            return Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1);
        }

        int count() {
            return listed.count();
        }

        /** What nobody has to act on stays folded. */
        boolean open() {
            return any() && (kind == ChangeKind.NEW || kind == ChangeKind.WORSE);
        }

        boolean any() {
            return listed.count() > 0;
        }

        int more() {
            return listed.more();
        }

        int shown() {
            return listed.first().size();
        }

        List<Row> rows() {
            return listed.first().stream().map(Row::new).toList();
        }
    }

    /** One change. */
    record Row(Change change) {
        String device() {
            return change.device().inWords();
        }

        String where() {
            return change.where();
        }

        String what() {
            Change.State state = change.state();
            var words = new StringBuilder(PageView.words(change.condition().name()));
            state.cause().filter(cause -> !cause.equals("UNKNOWN")).ifPresent(cause -> words.append(": ")
                    .append(PageView.words(cause)));
            if (state.unverified() && state.now() != Severity.NONE) {
                words.append("; the carrier was not asked");
            }
            if (state.suppressed()) {
                words.append("; told with its site, the fleet or the platform");
            }
            return words.toString();
        }

        String mark() {
            return switch (change.kind()) {
                case RECOVERED -> "over";
                case UNKNOWN -> "";
                case NEW, STILL, WORSE, BETTER -> change.state().now().name().toLowerCase(Locale.ROOT);
            };
        }

        String severity() {
            String now = PageView.words(change.state().now().name());
            String before = PageView.words(change.state().before().name());
            return switch (change.kind()) {
                case NEW, STILL -> now;
                case WORSE, BETTER -> now + ", was " + before;
                case RECOVERED -> "over, was " + before;
                case UNKNOWN -> "unknown, was " + before;
            };
        }

        String at() {
            return MINUTE.format(change.state().since());
        }
    }

    /** How much was judged. */
    record Coverage(FleetReport.Coverage of) {
        double ratio() {
            return of.ratio();
        }

        /** Rounded down: 99.996 % is not all. */
        String percent() {
            return String.format(Locale.ROOT, "%.2f %%", Math.floor(of.ratio() * 10_000) / 100);
        }

        String words() {
            return "%d of %d active devices were judged (%s).".formatted(of.judged(), of.active(), percent());
        }
    }

    /** A distribution. */
    record Plot(String id, String title, Compared values) {
        String unit() {
            return values.now().unit();
        }

        boolean compared() {
            return values.before().isPresent();
        }

        String words() {
            String lines = values.lines().stream()
                    .map(line -> line.name() + " at " + number(line.value()))
                    .reduce((one, other) -> one + ", " + other)
                    .orElse("no lines");
            return "%d devices with a value, %d without. Dashed: %s %s.%s"
                    .formatted(
                            values.now().total(),
                            values.unmeasured(),
                            lines,
                            unit(),
                            compared() ? " Outlined: the night before." : "");
        }

        List<ValueClass> classes() {
            Histogram now = values.now();
            return IntStream.range(0, now.counts().size())
                    .mapToObj(place -> new ValueClass(
                            range(now, place),
                            now.counts().get(place),
                            values.before()
                                    .map(then -> then.counts().get(place))
                                    .orElse(0)))
                    .toList();
        }

        private static String range(Histogram histogram, int place) {
            int begin = histogram.begin(place);
            return place == 0
                    ? "under " + (begin + histogram.width())
                    : place == histogram.counts().size() - 1
                            ? begin + " and more"
                            : begin + " to " + (begin + histogram.width());
        }

        private static String number(double value) {
            return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
        }
    }

    /** A class of values, and how many devices are in it. */
    record ValueClass(String range, int now, int before) {}

    /** The batteries to be replaced. */
    record BatteryPart(FleetReport.Batteries of) {
        boolean any() {
            return of.due().count() > 0;
        }

        String words() {
            String due = any()
                    ? "%d may be empty by then.%s"
                            .formatted(
                                    of.due().count(),
                                    of.due().more() > 0
                                            ? " The first " + of.due().first().size()
                                                    + " are shown; all are in devices.csv."
                                            : "")
                    : "None that is known.";
            return due
                    + " The end is known of %d devices and not of %d, whose history is too short or too uneven."
                            .formatted(of.known(), of.unknown());
        }

        List<BatteryRow> rows() {
            return of.due().first().stream().map(BatteryRow::new).toList();
        }
    }

    /** One of them. */
    record BatteryRow(DueBattery battery) {
        String device() {
            return battery.device().inWords();
        }

        String where() {
            return battery.where();
        }

        String percent() {
            return Math.round(battery.percent()) + " %";
        }

        String expected() {
            return DAY.format(battery.end().expected());
        }

        String earliest() {
            return DAY.format(battery.end().earliest());
        }

        String latest() {
            return DAY.format(battery.end().latest());
        }
    }

    /** What was wrong with us. */
    record Faults(FleetReport.OwnFaults of) {
        boolean any() {
            return !lines().isEmpty();
        }

        List<String> lines() {
            List<String> lines = new ArrayList<>();
            of.platform().stream()
                    .sorted()
                    .map(name -> name.replace("platform#", "") + " is not well")
                    .forEach(lines::add);
            of.skipped().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(entry -> "%d devices were not judged: %s".formatted(entry.getValue(), words(entry.getKey())))
                    .forEach(lines::add);
            of.notJudged().forEach(one -> lines.add("not judged: " + one));
            if (of.failedSegments() > 0) {
                lines.add("%d parts of the fleet failed; nothing is known of their devices"
                        .formatted(of.failedSegments()));
            }
            if (of.missedReports() > 0) {
                lines.add("%d devices had reported to the carrier, and not to us; their losses were not raised"
                        .formatted(of.missedReports()));
            }
            if (of.unverified() > 0) {
                lines.add("of %d losses the carrier should have been asked, and was not".formatted(of.unverified()));
            }
            lines.addAll(of.unreadable());
            return lines;
        }
    }

    /** {@code NETWORK_LOST} as people say it. */
    private static String words(String name) {
        return name.replace('_', ' ').toLowerCase(Locale.ROOT);
    }
}

package dev.fleetline.local.bench.health;

import dev.fleetline.local.bench.health.Score.Outage;
import dev.fleetline.local.bench.health.Score.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The score as lines for people, and which targets it misses. */
final class ScoreTable {

    private static final double LEAST = 0.95;
    private static final double MOST_FALSE_LOSSES = 0.001;
    private static final double MOST_MESSAGES = 1.2;

    private final Score score;
    private final List<String> lines = new ArrayList<>();
    private final List<String> missed = new ArrayList<>();

    ScoreTable(Score score) {
        this.score = score;
        losses();
        conditions();
        outages();
        messages();
        delays();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Each target that is not met, in words. */
    List<String> missed() {
        return List.copyOf(missed);
    }

    private void losses() {
        add("%-18s %9s %9s %9s %9s %9s", "cause of a loss", "true", "found", "told so", "recall", "precision");
        score.causes().forEach(row -> row(row, "cause " + row.name()));
        Row flapping = score.flapping();
        add(
                "%-18s %9d %9d  (held back on purpose, the more the worse it is)",
                flapping.name(), flapping.incidents(), flapping.found());
        add(
                "  %d losses are in no row: they ended before anybody could see them, or our own fault hid them",
                score.leftOut());
        double sleepers = score.falseLossesOfSleepers();
        add(
                "%-42s %.5f per device and night%s",
                "false losses of sleepers",
                sleepers,
                verdict("false losses of sleepers", sleepers < MOST_FALSE_LOSSES, "< " + MOST_FALSE_LOSSES));
    }

    private void conditions() {
        add("");
        add("%-18s %9s %9s %9s %9s %9s", "condition", "true", "found", "told so", "recall", "precision");
        score.conditions().forEach(row -> row(row, "condition " + row.name()));
        add("false alerts: %s", plain(score.falseAlerts()));
    }

    private void row(Row row, String name) {
        add(
                "%-18s %9d %9d %9d %9.3f %9.3f%s",
                row.name(),
                row.incidents(),
                row.found(),
                row.rightly(),
                row.recall(),
                row.precision(),
                verdict("recall of " + name, row.recall() >= LEAST, ">= " + LEAST)
                        + verdict("precision of " + name, row.precision() >= LEAST, ">= " + LEAST));
    }

    private void outages() {
        add("");
        for (boolean inStep : List.of(true, false)) {
            List<Outage> outages = score.outages().stream()
                    .filter(one -> one.inStep() == inStep)
                    .toList();
            Map<Integer, Long> told =
                    outages.stream().collect(Collectors.groupingBy(Outage::wide, TreeMap::new, Collectors.counting()));
            long once = told.getOrDefault(1, 0L);
            add(
                    "%-42s %d, told by one alert: %d, by number of alerts: %s; alerts of single devices beside: %d%s",
                    inStep ? "outages of sites that report in step" : "outages of sites that do not",
                    outages.size(),
                    once,
                    told,
                    outages.stream().mapToInt(Outage::single).sum(),
                    verdict("site outages told once", once == outages.size(), "all"));
        }
        List<Integer> faults = score.faultsTold();
        add(
                "%-42s %d, alerts of each: %s%s",
                "our own faults",
                faults.size(),
                faults,
                verdict("our own faults told once", faults.stream().allMatch(count -> count == 1), "1 each"));
        add("%-42s %s", "false alerts about more than one device", plain(score.falseWide()));
    }

    private void messages() {
        add("");
        double messages = score.messagesPerIncident();
        add(
                "%-42s %.3f (%d incidents)%s",
                "first messages per real incident",
                messages,
                score.incidents(),
                verdict("messages per real incident", messages <= MOST_MESSAGES, "<= " + MOST_MESSAGES));
        add(
                "%-42s %.3f: %s",
                "all words per real incident",
                score.words().values().stream().mapToLong(count -> count).sum() / (double) score.incidents(),
                plain(score.words()));
    }

    private void delays() {
        List<Double> delays = score.delays();
        add(
                "%-42s p50 %.2f, p95 %.2f, at most %.2f (%d losses)",
                "from true loss to alert, in intervals",
                percentile(delays, 50),
                percentile(delays, 95),
                percentile(delays, 100),
                delays.size());
    }

    private String verdict(String what, boolean isMet, String target) {
        if (!isMet) {
            missed.add(what + " (target " + target + ")");
        }
        return isMet ? "" : "  MISSED " + target;
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more library
    private void add(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }

    private static String plain(Map<String, Long> counts) {
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static double percentile(List<Double> sorted, int percent) {
        return sorted.isEmpty() ? Double.NaN : sorted.get((sorted.size() - 1) * percent / 100);
    }
}

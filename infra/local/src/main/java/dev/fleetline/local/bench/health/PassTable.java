package dev.fleetline.local.bench.health;

import dev.fleetline.local.bench.health.PassLoad.Measured;
import dev.fleetline.local.bench.health.PassRun.Passed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The passes as lines for people, and what is not as it should be. */
final class PassTable {

    static final Set<String> READS = Set.of("Scan", "Query", "GetItem", "BatchGetItem");
    private static final long MEGABYTE = 1024 * 1024;

    private final List<String> lines = new ArrayList<>();
    private final List<String> missed = new ArrayList<>();

    PassTable(List<Measured> measured) {
        add(
                "%-22s %9s %9s %8s %8s %9s %11s %11s %8s",
                "pass", "devices", "judged", "skipped", "calls", "per s", "read units", "a device", "heap MB");
        for (Measured one : measured) {
            row("the overdue, 1 %", one.devices(), one.overduePass());
            row("all", one.devices(), one.fullPass());
            row("all, 2 s a call", one.devices(), one.inPieces());
            check(one);
        }
        for (Measured one : measured) {
            add("");
            add(
                    "%d devices: the pass over the overdue reads %.2f %% of what a full pass reads",
                    one.devices(), 100 * read(one.overduePass()) / read(one.fullPass()));
            steps("overdue", one.overduePass());
            steps("all", one.fullPass());
        }
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Each thing that is wrong, in words. */
    List<String> missed() {
        return List.copyOf(missed);
    }

    private void check(Measured one) {
        expect(
                one.overduePass().judged() == one.overdue(),
                "overdue judged: " + one.overduePass().judged() + " of " + one.overdue());
        expect(
                one.fullPass().judged() == one.devices(),
                "judged: " + one.fullPass().judged() + " of " + one.devices());
        expect(
                one.inPieces().judged() == one.devices(),
                "judged in pieces: " + one.inPieces().judged() + " of " + one.devices());
        expect(
                one.overduePass().skipped()
                                + one.fullPass().skipped()
                                + one.inPieces().skipped()
                        == 0,
                "devices were skipped");
    }

    private void expect(boolean isSo, String otherwise) {
        if (!isSo) {
            missed.add(otherwise);
        }
    }

    private void row(String name, int devices, Passed passed) {
        add(
                "%-22s %9d %9d %8d %8d %9.0f %11.1f %11.3f %8d",
                name,
                devices,
                passed.judged(),
                passed.skipped(),
                passed.invocations(),
                passed.judged() / (passed.took().toMillis() / 1_000.0),
                read(passed),
                read(passed) / devices,
                passed.heapBytes() / MEGABYTE);
    }

    private void steps(String name, Passed passed) {
        new TreeMap<>(passed.units()).forEach((step, units) -> add("  %-8s %-40s %11.1f units", name, step, units));
    }

    private static double read(Passed passed) {
        return passed.units().entrySet().stream()
                .filter(step ->
                        READS.contains(step.getKey().substring(0, step.getKey().indexOf(' '))))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more library
    private void add(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }
}

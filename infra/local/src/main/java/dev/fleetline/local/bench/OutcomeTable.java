package dev.fleetline.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.local.bench.CallbackLoad.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An outcome as lines for people. */
public final class OutcomeTable {

    private static final double ANSWER_MILLIS = 300;
    private static final double ALERT_MILLIS = 10_000;
    /** What the store refused is tried again by the SDK for a while. */
    private static final long AFTERMATH_MILLIS = 3_000;

    private static final Map<String, String> WHY = Map.ofEntries(
            Map.entry("callback-receiver PutItem callbacks", "keeps the report, if its key is new: deduplication"),
            Map.entry(
                    "callback-receiver GetItem callbacks",
                    "the key of the half hour before, of what has no identity of its own"),
            Map.entry("callback-processor GetItem identities", "whose UID that is; consistent, it may be new"),
            Map.entry("callback-processor GetItem devices", "the device before the merge; consistent, for its version"),
            Map.entry("callback-processor PutItem devices", "the merged device, under its version and its ids"),
            Map.entry(
                    "callback-processor TransactWriteItems devices+identities",
                    "the merged device when it has another id, which is bound to it in the same transaction"),
            Map.entry(
                    "callback-processor TransactWriteItems devices+identities+history+outbox",
                    "the merged device when it comes into another state, with its ids, the line of its history and"
                            + " what is told"),
            Map.entry("callback-processor Query alerts", "the device's alerts before they are judged; consistent"),
            Map.entry(
                    "callback-processor TransactWriteItems alerts+devices",
                    "an alert that changes and is not told; on the device as it was judged"),
            Map.entry(
                    "callback-processor TransactWriteItems alerts+devices+outbox",
                    "an alert that changes, on the device as it was judged, with the event that tells it"),
            Map.entry("callback-processor BatchWriteItem outbox", "what was published leaves the outbox"),
            Map.entry("callback-processor PutItem outbox", "that a report was set aside, until it is published"),
            Map.entry("callback-processor UpdateItem callbacks", "marks what is set aside"),
            Map.entry("callback-processor GetItem claims", "hearing: when its source was heard last, once a minute"),
            Map.entry("callback-processor PutItem claims", "hearing: that its source was heard, once a minute"));

    private OutcomeTable() {}

    /** The lines. */
    public static List<String> of(Outcome outcome) {
        var lines = new ArrayList<String>();
        JsonNode load = outcome.seen().load().counts();
        lines.add("");
        lines.add(intoService(outcome));
        lines.add("");
        lines.add(String.format(
                Locale.ROOT, "%-11s %9s %9s %9s %9s %9s", "fate", "sent", "arrived", "given up", "accepted", "resent"));
        for (String fate : List.of("whole", "duplicated", "reordered", "malformed")) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-11s %9d %9d %9d %9d %9d",
                    fate,
                    count(load, "sent", fate),
                    count(load, "arrived", fate),
                    count(load, "givenUp", fate),
                    count(load, "accepted", fate),
                    count(load, "resent", fate)));
        }
        JsonNode tally = outcome.seen().tally();
        lines.add(row("battery", outcome.seen().falls().size() + " more reports, one for each battery that fell"));
        lines.add(row("stored", tally.path("deliveries").asText() + " of " + outcome.sent()));
        lines.add(row(
                "applied", outcome.applied() + " found in their device's window, " + outcome.notApplied() + " not"));
        lines.add(row("quarantined", tally.path("setAside").toString()));
        lines.add(row("lost", outcome.lost() + " (must be 0)"));
        lines.add(row("doubled", outcome.doubled() + " (must be 0)"));
        lines.add(row(
                "alerts",
                outcome.seen().falls().size() - outcome.alertsMissing() + " of "
                        + outcome.seen().falls().size() + " batteries told; " + outcome.toldAgain()
                        + " events a second time under one id"));
        lines.add(row("killed", outcome.seen().noted().path("deaths").toString()));
        lines.add(row("store failed", outcome.seen().noted().path("refused").asText() + " calls refused"));
        lines.add("");
        answers(outcome, lines);
        lines.add(row(
                "to alert",
                percentiles(
                                outcome.alertMillis().stream()
                                        .map(Long::doubleValue)
                                        .toList(),
                                50,
                                95)
                        + verdict(
                                outcome.alertMillis().stream()
                                        .map(Long::doubleValue)
                                        .toList(),
                                95,
                                ALERT_MILLIS)
                        + "; from sending the report, "
                        + (outcome.seen().falls().size() - outcome.alertMillis().size())
                        + " not accepted at once are left out"));
        lines.add("");
        units(outcome, lines);
        return lines;
    }

    private static String intoService(Outcome outcome) {
        JsonNode first = outcome.seen().first().counts();
        return row(
                "into service",
                outcome.first() + " devices before all this, by a report each, "
                        + outcome.order().size().intoServicePerSecond() + " a second: "
                        + count(first, "arrived", "whole") + " arrived, " + count(first, "givenUp", "whole")
                        + " given up, " + count(first, "resent", "whole")
                        + " resent; stored, applied, lost and doubled count them, the rest does not");
    }

    private static void answers(Outcome outcome, List<String> lines) {
        Map<String, List<Double>> phases = new HashMap<>();
        Instant start =
                Instant.parse(outcome.seen().load().counts().path("startedAt").asText());
        for (JsonNode answer : outcome.seen().answers()) {
            double waited = answer.get(1).asInt() / 1_000.0;
            String phase = phase(answer.get(0).asLong(), start, outcome.seen().outage());
            phases.computeIfAbsent(phase, _ -> new ArrayList<>()).add(waited);
            phases.computeIfAbsent("all", _ -> new ArrayList<>()).add(waited);
            if (!phase.equals("failing")) {
                phases.computeIfAbsent("not failing", _ -> new ArrayList<>()).add(waited);
            }
        }
        for (String phase : List.of("before", "failing", "after", "not failing", "all")) {
            List<Double> waited = phases.getOrDefault(phase, List.of());
            lines.add(row(
                    "answer, " + phase,
                    percentiles(waited, 50, 99) + verdict(waited, 99, ANSWER_MILLIS) + " of " + waited.size()
                            + " attempts"));
        }
        lines.add(
                "  before and after the store fails; failing: until 3 s after it is back, where the SDK's own tries are"
                        + " what a caller waits for");
    }

    private static String phase(long sinceStart, Instant start, Optional<Outage> outage) {
        if (outage.isEmpty()) {
            return "before";
        }
        long from = Duration.between(start, outage.get().from()).toMillis();
        long to = Duration.between(start, outage.get().to()).toMillis() + AFTERMATH_MILLIS;
        return sinceStart < from ? "before" : sinceStart <= to ? "failing" : "after";
    }

    private static void units(Outcome outcome, List<String> lines) {
        Map<String, JsonNode> before = new HashMap<>();
        outcome.seen()
                .before()
                .path("units")
                .forEach(step -> before.put(step.path("step").asText(), step));
        lines.add(String.format(Locale.ROOT, "%9s %11s %9s  %s", "calls", "units", "a call", "step, and why"));
        double all = 0;
        for (JsonNode step : outcome.seen().noted().path("units")) {
            String name = step.path("step").asText();
            Optional<JsonNode> earlier = Optional.ofNullable(before.get(name));
            int calls = step.path("calls").asInt()
                    - earlier.map(e -> e.path("calls").asInt()).orElse(0);
            double units = step.path("units").asDouble()
                    - earlier.map(e -> e.path("units").asDouble()).orElse(0.0);
            if (calls > 0) {
                all += units;
                lines.add(String.format(
                        Locale.ROOT,
                        "%9d %11.1f %9.2f  %s%s",
                        calls,
                        units,
                        units / calls,
                        name,
                        Optional.ofNullable(WHY.get(name))
                                .map(why -> ": " + why)
                                .orElse("")));
            }
        }
        lines.add(String.format(
                Locale.ROOT,
                "%9s %11.1f %9.2f  in all, and for each report",
                "",
                all,
                all / (outcome.sent() - outcome.first())));
        lines.add("  as the store's answers say: it counts nothing for a read that finds nothing and for a put whose"
                + " condition refuses a repetition, where AWS counts one");
    }

    private static String percentiles(List<Double> values, int one, int other) {
        List<Double> sorted = values.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "p%d %.1f ms, p%d %.1f ms",
                one,
                percentile(sorted, one),
                other,
                percentile(sorted, other));
    }

    private static String verdict(List<Double> values, int percent, double target) {
        double value = percentile(values.stream().sorted().toList(), percent);
        return value < target ? "" : String.format(Locale.ROOT, " (target %.0f ms MISSED)", target);
    }

    private static double percentile(List<Double> sorted, int percent) {
        return sorted.isEmpty() ? Double.NaN : sorted.get((sorted.size() - 1) * percent / 100);
    }

    private static int count(JsonNode load, String what, String fate) {
        return load.path(what).path(fate).asInt();
    }

    private static String row(String name, String value) {
        return String.format(Locale.ROOT, "%-20s %s", name, value);
    }
}

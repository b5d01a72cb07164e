package dev.fleetline.local.cli;

import dev.fleetline.device.Circumstances.PlatformFault;
import dev.fleetline.device.Condition;
import dev.fleetline.device.HealthSetting;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.healthsettings.HealthSettingsReader;
import dev.fleetline.lambda.Settings;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.local.whatif.WhatIf;
import dev.fleetline.local.whatif.WhatIf.Difference;
import dev.fleetline.local.whatif.WhatIf.Told;
import dev.fleetline.sweepfiles.SweepFiles;
import dev.fleetline.sweepfiles.SweepFiles.Gap;
import dev.fleetline.sweepfiles.SweepKind;
import dev.fleetline.sweepfiles.SweepSummary;
import dev.fleetline.sweepfiles.SweptFaults;
import dev.fleetline.sweepfiles.SweptFaults.Span;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Plays the stored nights against other numbers of health. Nothing is changed by it. */
@Command(
        name = "what-if",
        description = "Says which alerts other numbers of health would have added and removed in the last nights.",
        footer = {
            "",
            "With a running \"up\": fleetline what-if --battery-warn 25 --nights 14",
            "With a deployed stack: fleetline what-if --interval-factor 3 --stack fleetline-dev",
            "",
            "What a model or a device has set for itself stays as it is."
        })
final class WhatIfCommand implements Callable<Integer> {

    private static final int MOST_NIGHTS = 35;

    @Mixin
    private final Terminal terminal = new Terminal();

    @Mixin
    private final WhichFleetline which = new WhichFleetline();

    @Option(names = "--battery-warn", paramLabel = "PERCENT", description = "at or under which a battery is low")
    private Optional<Double> batteryWarn = Optional.empty();

    @Option(names = "--battery-critical", paramLabel = "PERCENT", description = "at or under which it is about to end")
    private Optional<Double> batteryCritical = Optional.empty();

    @Option(
            names = "--interval-factor",
            paramLabel = "N",
            description = "so many intervals of silence are a loss; a bad loss stays one interval later at least")
    private Optional<Double> intervalFactor = Optional.empty();

    @Option(names = "--slack", paramLabel = "PERCENT", description = "of the interval, that a device may be late")
    private Optional<Double> slack = Optional.empty();

    @Option(
            names = "--nights",
            paramLabel = "N",
            defaultValue = "14",
            description = "how many, the newest (default: ${DEFAULT-VALUE})")
    private int nights;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "show so many alerts of each kind (default: ${DEFAULT-VALUE})")
    private int limit;

    private final Surroundings surroundings;

    /** On this machine. */
    WhatIfCommand() {
        this(Surroundings.ofProcess());
    }

    /** In other surroundings than the process's own. */
    WhatIfCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        terminal.requireBetween("--nights", nights, 1, MOST_NIGHTS);
        try (FileDesk desk = which.orHere().files(surroundings)) {
            HealthSettings asIs = asIs(which.settings("health-sweep", surroundings));
            HealthSettings asMightBe = asMightBe(asIs);
            SweepFiles sweeps = new SweepFiles(desk.store());
            List<SweepSummary> stored = DeployedStack.told(() -> stored(sweeps));
            if (stored.isEmpty()) {
                throw new IllegalStateException("no night is stored yet; the nightly pass of health-sweep stores them"
                        + " (infra/local/README.md says how to have one now)");
            }
            WhatIf whatIf = new WhatIf(asIs, asMightBe);
            List<Gap> gaps = DeployedStack.told(() -> play(sweeps, stored, whatIf));
            show(whatIf, stored, gaps);
            return CommandLine.ExitCode.OK;
        }
    }

    private static HealthSettings asIs(Map<String, String> variables) {
        return new HealthSettingsReader(new Settings(variables, "health-sweep"))
                .number("BATTERY_WARNING")
                .number("BATTERY_CRITICAL")
                .duration("REPORTING_INTERVAL")
                .number("SLACK_PERCENT")
                .optional("HEALTH_SETTINGS");
    }

    private HealthSettings asMightBe(HealthSettings asIs) {
        Map<HealthSetting, Double> other = new EnumMap<>(HealthSetting.class);
        batteryWarn.ifPresent(percent -> other.put(HealthSetting.BATTERY_WARNING, percent));
        batteryCritical.ifPresent(percent -> other.put(HealthSetting.BATTERY_CRITICAL, percent));
        slack.ifPresent(percent -> other.put(HealthSetting.SLACK_PERCENT, percent));
        intervalFactor.ifPresent(factor -> {
            other.put(HealthSetting.LOST_WARNING_INTERVALS, factor);
            other.put(
                    HealthSetting.LOST_CRITICAL_INTERVALS,
                    Math.max(factor + 1, asIs.ofFleet().number(HealthSetting.LOST_CRITICAL_INTERVALS)));
        });
        if (other.isEmpty()) {
            throw terminal.mistake(
                    "say what might be otherwise: --battery-warn, --battery-critical, --interval-factor or --slack");
        }
        try {
            return asIs.withFleet(other);
        } catch (HealthSettings.Refused refused) {
            throw terminal.mistake("these numbers cannot be: " + refused.name().replaceFirst("^fleet\\.", "") + " "
                    + refused.what() + ": it must be " + refused.bound());
        }
    }

    /** The newest nights that there are, in the order of time. */
    private List<SweepSummary> stored(SweepFiles sweeps) {
        List<SweepSummary> found = new ArrayList<>();
        Optional<SweepSummary> next = sweeps.latest(SweepKind.FLEET);
        while (next.isPresent() && found.size() < nights) {
            found.add(next.get());
            next = sweeps.before(next.get());
        }
        return found.reversed();
    }

    private static List<Gap> play(SweepFiles sweeps, List<SweepSummary> stored, WhatIf whatIf) {
        sweeps.one(SweptFaults.FILE, SweptFaults.class).ifPresent(known -> known.spans().stream()
                .filter(Span::excusesSilence)
                .forEach(span -> whatIf.platformFault(span.from(), span.to().orElse(Instant.MAX))));
        List<Gap> gaps = new ArrayList<>();
        for (SweepSummary night : stored) {
            Instant at = night.completed().startedAt();
            if (night.completed().faults().stream()
                    .anyMatch(subject -> PlatformFault.isOf(subject.replace("platform#", "")))) {
                whatIf.platformFault(at, night.endedAt());
            }
            gaps.addAll(sweeps.readableDevices(night, device -> whatIf.device(device, at)));
        }
        return gaps;
    }

    private void show(WhatIf whatIf, List<SweepSummary> stored, List<Gap> gaps) {
        PrintWriter out = terminal.out();
        out.println("%d nights, %s to %s, %d devices"
                .formatted(
                        stored.size(),
                        stored.getFirst().completed().startedAt(),
                        stored.getLast().completed().startedAt(),
                        whatIf.deviceCount()));
        if (stored.size() < nights) {
            out.println("no more are stored");
        }
        gaps.forEach(gap -> out.println("left out: " + gap.inWords()));
        Map<Condition, Difference> differences = whatIf.differences();
        out.println(row("CONDITION", "ALERTS", "WOULD BE", "ADDED", "REMOVED"));
        differences.forEach((condition, difference) -> out.println(row(
                condition.name(),
                difference.alerts(),
                difference.alertsThen(),
                difference.added().size(),
                difference.removed().size())));
        differences.forEach((condition, difference) -> {
            list(out, "added", condition, difference.added());
            list(out, "removed", condition, difference.removed());
        });
        if (differences.values().stream()
                .allMatch(one -> one.added().isEmpty() && one.removed().isEmpty())) {
            out.println("no alert would be added or removed");
        }
        out.flush();
    }

    private void list(PrintWriter out, String what, Condition condition, List<Told> alerts) {
        alerts.stream()
                .sorted(Comparator.comparing((Told told) -> told.episode().from())
                        .thenComparing(told -> told.device().imei().digits()))
                .limit(Math.max(0, limit))
                .forEach(told -> out.println("%-7s  %-15s  %-8s  from %s%s  %s"
                        .formatted(
                                what,
                                condition,
                                told.episode().worst().name().toLowerCase(Locale.ROOT),
                                told.episode().from(),
                                told.episode().to().map(to -> " to " + to).orElse(""),
                                inWords(told))));
        if (alerts.size() > limit) {
            out.println("the first " + limit + " of " + alerts.size() + "; --limit shows more");
        }
    }

    /** Whatever somebody typed for a name moves no cursor. */
    private static String inWords(Told told) {
        String digits = told.device().imei().digits();
        String end = "…" + digits.substring(digits.length() - 4);
        return told.device()
                .name()
                .map(name -> name.replaceAll("\\p{C}", " ") + " (" + end + ")")
                .orElse(end);
    }

    private static String row(Object... columns) {
        return "%-15s  %8s  %8s  %8s  %8s".formatted(columns);
    }
}

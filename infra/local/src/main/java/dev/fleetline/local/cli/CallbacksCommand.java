package dev.fleetline.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.callback.DeviceName;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.local.ReplayView;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what was delivered and what became of it, and plays it again. */
@Command(
        name = "callbacks",
        description = "Shows what ThingSpace delivered and what became of it, and plays it again.",
        footer = {
            "",
            "With a running \"up\": fleetline callbacks list --local",
            "With a deployed stack: fleetline callbacks replay --reason UNKNOWN_DEVICE --stack fleetline-dev"
        })
final class CallbacksCommand implements Runnable {

    private static final Comparator<JsonNode> AS_RECEIVED =
            Comparator.comparing(line -> Instant.parse(line.path("receivedAt").asText()));

    /** A deployed one is looked at less often: a look may read its whole table. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private static final Duration BETWEEN_LOOKS_AT_A_STACK = Duration.ofSeconds(30);

    @Mixin
    private final Terminal terminal = new Terminal();

    private final Surroundings surroundings;

    /** On this machine, in real time. */
    CallbacksCommand() {
        this(Surroundings.ofProcess());
    }

    /** In other surroundings than the process's own. */
    CallbacksCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void run() {
        throw terminal.mistake("Missing subcommand: list, show, tail or replay");
    }

    /** Which deliveries, by what a person types. */
    static final class Choice {

        @Option(
                names = "--device",
                paramLabel = "IMEI|UID",
                description = "of this device: its IMEI, its ICCID or ThingSpace's id")
        private Optional<String> device = Optional.empty();

        @Option(names = "--from", paramLabel = "T", description = "received at this time or later")
        private Optional<String> from = Optional.empty();

        @Option(names = "--to", paramLabel = "T", description = "received before this time")
        private Optional<String> to = Optional.empty();

        @Option(
                names = "--reason",
                paramLabel = "CODE",
                description = "set aside for this reason, such as UNKNOWN_DEVICE; UNHANDLED: nobody handled it")
        private Optional<String> reason = Optional.empty();

        Wanted wanted(Terminal sub) {
            return new Wanted(
                    device.map(name -> device(sub, name)),
                    from.map(text -> time(sub, "--from", text)),
                    to.map(text -> time(sub, "--to", text)),
                    reason.map(code -> reason(sub, code)));
        }

        private static String device(Terminal sub, String name) {
            try {
                String key = DeviceName.of(name).key();
                return key.substring(key.indexOf('#') + 1);
            } catch (IllegalArgumentException e) {
                throw sub.mistake("--device names no device: " + e.getMessage());
            }
        }

        private static Instant time(Terminal sub, String option, String text) {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw sub.mistake(option + " must be a time such as 2026-03-02T15:00:00Z: " + text);
            }
        }

        private static String reason(Terminal sub, String code) {
            if (!code.matches("[A-Z0-9_]+")) {
                throw sub.mistake("--reason must be a code such as UNKNOWN_DEVICE: " + code);
            }
            return code;
        }
    }

    @Command(name = "list", description = "Lists deliveries, oldest first.")
    int list(
            @Mixin Terminal sub,
            @Mixin WhichFleetline which,
            @Mixin Choice choice,
            @Option(names = "--json", description = "one JSON object a line") boolean json,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "the newest so many (default: ${DEFAULT-VALUE})")
                    int limit) {
        Wanted wanted = choice.wanted(sub);
        try (CallbackDesk desk = which.callbacks(surroundings)) {
            List<JsonNode> found = found(desk, wanted);
            List<JsonNode> shown = found.subList(Math.max(0, found.size() - Math.max(0, limit)), found.size());
            print(shown, json, true);
            if (!json) {
                terminal.print(
                        shown.size() == found.size()
                                ? found.size() + " deliveries"
                                : "the newest " + shown.size() + " of " + found.size() + "; --limit shows more");
            }
            return CommandLine.ExitCode.OK;
        }
    }

    @Command(name = "show", description = "Shows one delivery with its message, which holds no credentials.")
    int show(
            @Mixin Terminal sub,
            @Mixin WhichFleetline which,
            @Parameters(paramLabel = "DELIVERY", description = "its id, as a list shows it") String deliveryId) {
        try (CallbackDesk desk = which.callbacks(surroundings)) {
            JsonNode whole = desk.whole(deliveryId)
                    .orElseThrow(() -> new IllegalStateException(
                            "there is no delivery " + deliveryId + "; \"callbacks list\" shows those that there are"));
            terminal.print(whole.toPrettyString());
            return CommandLine.ExitCode.OK;
        }
    }

    @Command(
            name = "tail",
            description = "Shows deliveries as they come and as they change, until it is stopped; a deployed one "
                    + "every 30 seconds, since each look without --device or --reason reads its whole table.")
    int tail(
            @Mixin Terminal sub,
            @Mixin WhichFleetline which,
            @Mixin Choice choice,
            @Option(names = "--json", description = "one JSON object a line") boolean json) {
        Wanted wanted = choice.wanted(sub);
        Set<String> seen = new HashSet<>();
        try (CallbackDesk desk = which.callbacks(surroundings)) {
            for (boolean first = true; !Thread.currentThread().isInterrupted(); first = false) {
                List<JsonNode> news = found(desk, wanted).stream()
                        .filter(line -> seen.add(line.path("deliveryId").asText()
                                + line.path("status").asText()
                                + line.path("reason").asText()))
                        .toList();
                print(news, json, first);
                surroundings.pause().of(which.isDeployed() ? BETWEEN_LOOKS_AT_A_STACK : BETWEEN_LOOKS);
            }
            return CommandLine.ExitCode.OK;
        }
    }

    @Command(
            name = "replay",
            description = "Plays kept deliveries again: of a device, of a time, or set aside for a reason. "
                    + "Nothing has a double effect.")
    int replay(
            @Mixin Terminal sub,
            @Mixin WhichFleetline which,
            @Mixin Choice choice,
            @Option(names = "--json", description = "the replies as JSON, one a line") boolean json) {
        ObjectNode task = task(choice.wanted(sub), sub);
        try (CallbackDesk desk = which.callbacks(surroundings)) {
            JsonNode reply;
            do {
                reply = desk.replay(task);
                terminal.print(json ? reply.toString() : ReplayView.inWords(reply));
                task.set("startAfter", reply.path("startAfter"));
            } while (reply.hasNonNull("startAfter"));
            return CommandLine.ExitCode.OK;
        }
    }

    private static ObjectNode task(Wanted wanted, Terminal sub) {
        ObjectNode task = EdgeJson.JSON.createObjectNode();
        boolean hasTime = wanted.from().isPresent() && wanted.to().isPresent();
        int ways = (wanted.device().isPresent() ? 1 : 0)
                + (hasTime ? 1 : 0)
                + (wanted.reason().isPresent() ? 1 : 0);
        if (ways != 1 || wanted.from().isPresent() != wanted.to().isPresent()) {
            throw sub.mistake("say what to play, in one way: --device IMEI, --from T --to T, or --reason CODE");
        }
        wanted.device().ifPresent(device -> task.put("task", "device").put("device", device));
        wanted.reason().ifPresent(reason -> task.put("task", "reason").put("reason", reason));
        wanted.from().ifPresent(from -> task.put("task", "time").put("from", from.toString()));
        wanted.to().ifPresent(to -> task.put("to", to.toString()));
        return task;
    }

    private List<JsonNode> found(CallbackDesk desk, Wanted wanted) {
        return desk.lines(wanted).stream()
                .filter(wanted::has)
                .sorted(AS_RECEIVED)
                .toList();
    }

    private void print(List<JsonNode> lines, boolean json, boolean withHead) {
        PrintWriter out = terminal.out();
        if (json) {
            lines.forEach(line -> out.println(line));
        } else {
            if (withHead) {
                out.println(row("RECEIVED", "STATUS", "REASON", "KIND", "IMEI", "DELIVERY"));
            }
            lines.forEach(line -> out.println(row(
                    line.path("receivedAt").asText(),
                    line.path("status").asText(),
                    line.path("reason").asText("-"),
                    line.path("kind").asText(),
                    line.path("imei").asText("-"),
                    line.path("deliveryId").asText())));
        }
        out.flush();
    }

    private static String row(String receivedAt, String status, String reason, String kind, String imei, String id) {
        return "%-24s  %-11s  %-18s  %-27s  %-15s  %s".formatted(receivedAt, status, reason, kind, imei, id);
    }
}

package dev.fleetline.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Surroundings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks after what ThingSpace sends us: streams and listeners, by the function whose work that is. */
@Command(
        name = "streams",
        description = "Looks after streams and callback listeners at ThingSpace, part by part.",
        footer = {
            "",
            "With a running \"up\": fleetline streams plan --local",
            "With a deployed stack: fleetline streams repair --stack fleetline-dev",
            "",
            "Exit code: 0 all is well, 1 a part failed, is broken or is somebody else's, 2 a typing mistake,",
            "3 a part differs."
        })
final class StreamsCommand implements Runnable {

    private static final String FUNCTION = "stream-subscription";
    private static final int EXIT_DIFFERS = 3;
    private static final String DIFFERS = "differs";

    /** After any other outcome somebody must look. */
    private static final Set<String> GOOD = Set.of("in-order", "repaired", "not-set-up", "torn-down");

    @Mixin
    private final Terminal terminal = new Terminal();

    private final Surroundings surroundings;
    private final InputStream keyboard;

    /** On this machine, in real time. */
    StreamsCommand() {
        this(Surroundings.ofProcess(), System.in);
    }

    /** In other surroundings than the process's own; {@code keyboard} is where a person types. */
    StreamsCommand(Surroundings surroundings, InputStream keyboard) {
        this.surroundings = surroundings;
        this.keyboard = keyboard;
    }

    @Override
    public void run() {
        throw terminal.mistake("Missing subcommand: plan, repair, watch or tear-down");
    }

    @Command(
            name = "plan",
            description = "Says what a repair would do, and does nothing; exit code 3 when there is anything.")
    int plan(
            @Mixin Terminal sub,
            @Mixin WhichFleetline which,
            @Option(names = "--json", description = "the reply as JSON") boolean json) {
        return ask("dry-run", which, json);
    }

    @Command(name = "repair", description = "Makes everything as the settings say.")
    int repair(
            @Mixin Terminal sub,
            @Mixin WhichFleetline which,
            @Option(names = "--json", description = "the reply as JSON") boolean json) {
        return ask("repair", which, json);
    }

    @Command(
            name = "watch",
            description =
                    "Looks whether anything is broken or silent, and tells operations as every quarter of an hour.")
    int watch(
            @Mixin Terminal sub,
            @Mixin WhichFleetline which,
            @Option(names = "--json", description = "the reply as JSON") boolean json) {
        return ask("watch", which, json);
    }

    @Command(
            name = "tear-down",
            description = "Deletes all streams and listeners that lead to this Fleetline; nothing reaches it any more.")
    int tearDown(
            @Mixin Terminal sub,
            @Mixin WhichFleetline which,
            @Option(names = "--json", description = "the reply as JSON") boolean json,
            @Option(names = "--yes", description = "without asking") boolean yes) {
        try (FunctionDesk desk = which.function(FUNCTION, surroundings)) {
            if (!yes && !isConfirmed(which)) {
                terminal.complain("nothing was deleted");
                return CommandLine.ExitCode.SOFTWARE;
            }
            return ask("tear-down", desk, json);
        }
    }

    private int ask(String task, WhichFleetline which, boolean json) {
        try (FunctionDesk desk = which.function(FUNCTION, surroundings)) {
            return ask(task, desk, json);
        }
    }

    private int ask(String task, FunctionDesk desk, boolean json) {
        JsonNode reply = desk.invoke(EdgeJson.JSON.createObjectNode().put("task", task));
        PrintWriter out = terminal.out();
        if (json) {
            out.println(reply);
        } else {
            table(reply.path("parts").valueStream().toList()).forEach(out::println);
        }
        out.flush();
        return exitCode(reply.path("parts").valueStream().toList());
    }

    private boolean isConfirmed(WhichFleetline which) {
        PrintWriter err = terminal.err();
        err.print("All streams and listeners of " + which.inWords()
                + " are deleted at ThingSpace, and nothing reaches it until a repair. Type yes to go on: ");
        err.flush();
        try {
            return "yes".equals(new BufferedReader(new InputStreamReader(keyboard, UTF_8)).readLine());
        } catch (IOException e) {
            throw new UncheckedIOException("the terminal cannot be read; --yes goes on without asking", e);
        }
    }

    private static List<String> table(List<JsonNode> parts) {
        if (parts.isEmpty()) {
            return List.of("There is nothing to look at: neither Core nor M2M has ever had a token.");
        }
        return Stream.concat(
                        Stream.of(row("PART", "OUTCOME", "STEPS, AND (NOTES)")),
                        parts.stream().flatMap(StreamsCommand::rows))
                .toList();
    }

    /** A line for each step and note, the first of them behind part and outcome. */
    private static Stream<String> rows(JsonNode part) {
        List<String> said = Stream.concat(
                        part.path("steps").valueStream().map(JsonNode::asText),
                        part.path("notes").valueStream().map(note -> "(" + note.asText() + ")"))
                .toList();
        return Stream.concat(
                Stream.of(row(part.path("part").asText(), outcome(part), said.isEmpty() ? "" : said.getFirst())),
                said.stream().skip(1).map(more -> row("", "", more)));
    }

    private static String row(String part, String outcome, String said) {
        return "%-38s  %-14s  %s".formatted(part, outcome, said).stripTrailing();
    }

    private int exitCode(List<JsonNode> parts) {
        Map<String, List<String>> notable = parts.stream()
                .filter(part -> !GOOD.contains(outcome(part)))
                .collect(Collectors.groupingBy(
                        StreamsCommand::outcome,
                        TreeMap::new,
                        Collectors.mapping(part -> part.path("part").asText(), Collectors.toList())));
        if (notable.isEmpty()) {
            return CommandLine.ExitCode.OK;
        }
        terminal.complain(notable.entrySet().stream()
                .map(outcome -> outcome.getKey() + ": " + String.join(", ", outcome.getValue()))
                .collect(Collectors.joining("; ")));
        return notable.keySet().equals(Set.of(DIFFERS)) ? EXIT_DIFFERS : CommandLine.ExitCode.SOFTWARE;
    }

    private static String outcome(JsonNode part) {
        return part.path("outcome").asText();
    }
}

package dev.fleetline.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Surroundings;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has a spreadsheet of orders checked, or applied, by the function whose work that is: it is uploaded as by hand. */
@Command(
        name = "bulk",
        description = "Checks a spreadsheet of orders, or orders its good rows.",
        footer = {
            "",
            "With a running \"up\": fleetline bulk june.csv --local",
            "With a deployed stack: fleetline bulk june.csv --apply --stack fleetline-dev",
            "",
            "Exit code: 0 every row is well, 1 it failed, or nothing was ordered that should be, 2 a typing mistake,",
            "3 faults were found."
        })
final class BulkCommand implements Callable<Integer> {

    private static final int EXIT_FAULTS = 3;
    private static final long MOST_BYTES = 50L * 1024 * 1024;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
    /** As long as the function may run with all its retries. */
    private static final Duration PATIENCE = Duration.ofMinutes(50);

    private static final int WIDTH_OF_THE_BAR = 30;
    private static final String COMPLETE = "complete";

    @Mixin
    private final Terminal terminal = new Terminal();

    @Mixin
    private final WhichFleetline which = new WhichFleetline();

    @Parameters(paramLabel = "FILE", description = "CSV in UTF-8, with a header that has imei and iccid")
    private Path file = Path.of("");

    @Option(names = "--apply", description = "order the good rows (default: only check)")
    private boolean apply;

    @Option(
            names = "--failed",
            paramLabel = "FILE",
            description = "put the rows that were not taken there, to be corrected and sent again")
    private Optional<Path> failed = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "show the first so many findings (default: ${DEFAULT-VALUE})")
    private int limit;

    @Option(names = "--json", description = "the summary as JSON, and no findings")
    private boolean json;

    private final Surroundings surroundings;
    private final boolean isTerminal;

    /** On this machine, in real time. */
    BulkCommand() {
        this(
                Surroundings.ofProcess(),
                Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .isPresent());
    }

    /** In other surroundings than the process's own. */
    BulkCommand(Surroundings surroundings, boolean isTerminal) {
        this.surroundings = surroundings;
        this.isTerminal = isTerminal;
    }

    @Override
    public Integer call() {
        if (!Files.isRegularFile(file)) {
            throw terminal.mistake("there is no file " + file);
        }
        long size = size();
        try (FileDesk desk = which.files(surroundings)) {
            if (size > MOST_BYTES) {
                terminal.complain("the file has " + size / (1024 * 1024)
                        + " MB, and may have 50; split it, each part with the header");
                return EXIT_FAULTS;
            }
            String name = name();
            desk.put("incoming/" + (apply ? "apply/" : "check/") + name + ".csv", file);
            JsonNode reply = reply(desk, name);
            show(desk, reply);
            save(desk, reply);
            return exitCode(reply);
        }
    }

    private JsonNode reply(FileDesk desk, String name) {
        Instant end = surroundings.clock().instant().plus(PATIENCE);
        while (surroundings.clock().instant().isBefore(end)) {
            Optional<byte[]> summary = desk.find("results/" + name + "/report.json");
            if (summary.isPresent()) {
                bar(1, 1);
                return parsed(summary.get());
            }
            if (isTerminal) {
                desk.find("results/" + name + "/progress.json")
                        .map(BulkCommand::parsed)
                        .ifPresent(progress -> bar(
                                progress.path("rows").asInt(),
                                progress.path("of").asInt()));
            }
            surroundings.pause().of(BETWEEN_LOOKS);
        }
        throw new IllegalStateException("nothing came back of incoming/…/" + name
                + ".csv; the log of bulk-onboarding says why (infra/runbooks/bulk-file-refused.md)");
    }

    private void show(FileDesk desk, JsonNode reply) {
        PrintWriter out = terminal.out();
        if (json) {
            out.println(reply);
        } else {
            String report = reply.at("/results/report").asText();
            if (!report.isEmpty()) {
                table(desk.find(report).orElse(new byte[0]), out);
            }
            out.println(inWords(reply));
        }
        out.flush();
    }

    private void table(byte[] report, PrintWriter out) {
        List<CsvRecord> records;
        try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(new String(report, UTF_8))) {
            // the heading of the file is ours, with a byte order mark before it
            records = csv.stream().skip(1).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the report cannot be read", e);
        }
        if (records.isEmpty()) {
            return;
        }
        out.println(row("LINE", "KIND", "FIELD", "RULE; WHAT TO DO"));
        records.stream()
                .limit(Math.max(0, limit))
                .forEach(found -> out.println(row(
                        found.getField(0).isEmpty() ? "-" : found.getField(0),
                        found.getField(1),
                        found.getField(2),
                        found.getField(3) + "; " + found.getField(4))));
        if (records.size() > limit) {
            out.println("the first " + limit + " of " + records.size() + "; --limit shows more");
        }
    }

    private static String row(String line, String kind, String field, String said) {
        return "%6s  %-5s  %-17s  %s".formatted(line, kind, field, said);
    }

    private String inWords(JsonNode reply) {
        JsonNode counts = reply.path("counts");
        String parts = counts.propertyStream()
                .filter(count ->
                        !count.getKey().equals("rows") && count.getValue().asInt() > 0)
                .map(count -> count.getValue().asInt() + " " + words(count.getKey()))
                .collect(Collectors.joining(", "));
        return reply.path("outcome").asText() + ": " + counts.path("rows").asInt() + " rows"
                + (parts.isEmpty() ? "" : ", of which " + parts)
                + (reply.has("reason") ? "; " + reply.path("reason").asText() : "");
    }

    private String words(String count) {
        return switch (count) {
            case "ordered" -> apply ? "ordered" : "to be ordered";
            case "inService" -> "in service already";
            case "orderedAlready" -> "ordered already";
            case "unsent" -> "good and not sent";
            default -> count;
        };
    }

    private void save(FileDesk desk, JsonNode reply) {
        String key = reply.at("/results/failed").asText();
        if (failed.isPresent() && !key.isEmpty()) {
            try {
                Files.write(failed.get(), desk.find(key).orElse(new byte[0]));
            } catch (IOException e) {
                throw new UncheckedIOException(failed.get() + " cannot be written", e);
            }
        }
    }

    private int exitCode(JsonNode reply) {
        String outcome = reply.path("outcome").asText();
        if (outcome.equals(COMPLETE)) {
            return CommandLine.ExitCode.OK;
        }
        return apply && !outcome.equals("partly") ? CommandLine.ExitCode.SOFTWARE : EXIT_FAULTS;
    }

    private void bar(int rows, int of) {
        if (isTerminal) {
            int full = of == 0 ? 0 : WIDTH_OF_THE_BAR * rows / of;
            PrintWriter err = terminal.err();
            err.print("\r[" + "#".repeat(full) + " ".repeat(WIDTH_OF_THE_BAR - full) + "] "
                    + (of == 0 ? 0 : 100 * rows / of) + " %" + (rows == of ? "\n" : ""));
            err.flush();
        }
    }

    /** Each upload has results of its own, also of the same file. */
    private String name() {
        String own = String.valueOf(file.getFileName()).replaceFirst("(?i)(?<=.)\\.csv$", "");
        return own + "-" + surroundings.clock().millis();
    }

    private long size() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private static JsonNode parsed(byte[] bytes) {
        try {
            return EdgeJson.JSON.readTree(new String(bytes, UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what came back is no JSON", e);
        }
    }
}

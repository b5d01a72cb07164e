package dev.fleetline.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings the newest nightly report here, and shows it. */
@Command(
        name = "report",
        description = "Brings the newest nightly report: page, spreadsheet and JSON.",
        footer = {
            "",
            "With a running \"up\": fleetline report --open",
            "With a deployed stack: fleetline report --stack fleetline-dev --folder monday"
        })
final class ReportCommand implements Callable<Integer> {

    private static final String LATEST = "reports/latest.json";

    @Mixin
    private final Terminal terminal = new Terminal();

    @Mixin
    private final WhichFleetline which = new WhichFleetline();

    @Option(names = "--open", description = "show the page in the browser")
    private boolean open;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "put the files there (default: a new temporary folder)")
    private Optional<Path> folder = Optional.empty();

    private final Surroundings surroundings;
    private final Predicate<Path> browser;

    /** On this machine. */
    ReportCommand() {
        this(Surroundings.ofProcess(), ReportCommand::isShown);
    }

    /** {@code browser} shows a page, and says whether it could. */
    ReportCommand(Surroundings surroundings, Predicate<Path> browser) {
        this.surroundings = surroundings;
        this.browser = browser;
    }

    @Override
    public Integer call() {
        try (FileDesk desk = which.orHere().files(surroundings)) {
            JsonNode latest = parsed(desk.find(LATEST)
                    .orElseThrow(() ->
                            new IllegalStateException("there is no report yet; it is written when the nightly pass of"
                                    + " health-sweep has ended (infra/local/README.md says how to have one"
                                    + " now)")));
            Path page = brought(desk, latest.path("files"));
            PrintWriter out = terminal.out();
            out.println("the night of " + latest.path("startedAt").asText() + ": " + inWords(latest.path("counts")));
            out.println(page);
            out.flush();
            if (open && !browser.test(page)) {
                terminal.complain("no browser could be started; open the page by hand");
            }
            return CommandLine.ExitCode.OK;
        }
    }

    /** Side by side, so that the page's own links work. */
    private Path brought(FileDesk desk, JsonNode files) {
        try {
            Path place = folder.isPresent()
                    ? Files.createDirectories(folder.get())
                    : Files.createTempDirectory("fleetline-report-");
            for (String file : List.of("devices", "report", "page")) {
                String name = files.path(file).asText();
                byte[] content = desk.find(name)
                        .orElseThrow(() -> new IllegalStateException(name + " is gone; wait for the next night"));
                Files.write(place.resolve(name.substring(name.lastIndexOf('/') + 1)), content);
            }
            return place.resolve("index.html").toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException("the report cannot be kept here", e);
        }
    }

    private static String inWords(JsonNode counts) {
        String parts = Stream.of("new", "still", "worse", "better", "recovered", "unknown")
                .filter(kind -> counts.path(kind).asInt() > 0)
                .map(kind -> counts.path(kind).asInt() + " " + kind)
                .collect(Collectors.joining(", "));
        return parts.isEmpty() ? "no device is in trouble" : parts;
    }

    private static JsonNode parsed(byte[] json) {
        try {
            return EdgeJson.JSON.readTree(new String(json, UTF_8));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(LATEST + " is not JSON", e);
        }
    }

    private static boolean isShown(Path page) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        List<String> command = system.contains("mac")
                ? List.of("open", page.toString())
                : system.contains("windows")
                        ? List.of("cmd", "/c", "start", "", page.toString())
                        : List.of("xdg-open", page.toString());
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .isAlive();
        } catch (IOException e) {
            return false;
        }
    }
}

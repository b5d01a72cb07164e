package dev.fleetline.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Surroundings;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists open alerts, and does what people want done about them. */
@Command(
        name = "alerts",
        description =
                "Lists open alerts, and says that somebody looks after one, that it can wait, or that it is over.",
        footer = {
            "",
            "With a running \"up\": fleetline alerts list --local",
            "With a deployed stack: fleetline alerts ack 7f246b66 --why \"on my way\" --stack fleetline-dev",
            "",
            "Exit code: 0 done, also if it was so already; 1 it could not be asked; 2 a typing mistake; 3 the answer"
                    + " is no."
        })
final class AlertsCommand implements Runnable {

    private static final int EXIT_NO = 3;
    private static final Duration LONGEST = Duration.ofDays(14);

    private static final Comparator<JsonNode> WORST_FIRST = Comparator.comparing(
                    (JsonNode alert) -> !alert.path("severity").asText().equals("CRITICAL"))
            .thenComparing(alert -> alert.path("since").asText())
            .thenComparing(alert -> alert.path("subject").asText());

    @Mixin
    private final Terminal terminal = new Terminal();

    private final Surroundings surroundings;

    /** On this machine, in real time. */
    AlertsCommand() {
        this(Surroundings.ofProcess());
    }

    /** In other surroundings than the process's own. */
    AlertsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void run() {
        throw terminal.mistake("Missing subcommand: list, ack, snooze or resolve");
    }

    /** Which alert, who says it, and why. */
    static final class Saying {

        @Parameters(paramLabel = "ALERT", description = "its id as a list shows it, or the beginning of it")
        private String alert = "";

        @Option(names = "--why", paramLabel = "TEXT", required = true, description = "the reason, for all to read")
        private String why = "";

        @Option(names = "--by", paramLabel = "NAME", description = "who says so (default: who is logged in)")
        private Optional<String> by = Optional.empty();

        /** What is sent, without what is wrong with it. */
        ObjectNode wish(Terminal sub, boolean isDeployed) {
            if (!alert.toLowerCase(Locale.ROOT).matches("[0-9a-f]{4,32}")) {
                throw sub.mistake(
                        "ALERT must be an id as \"alerts list\" shows it, or its beginning, 4 digits at least: "
                                + alert);
            }
            if (why.isBlank() || why.length() > 500) {
                throw sub.mistake("--why must be a reason of 1 to 500 characters");
            }
            if (by.filter(name -> name.isBlank() || name.length() > 80).isPresent()) {
                throw sub.mistake("--by must be a name of 1 to 80 characters");
            }
            ObjectNode wish = EdgeJson.JSON.createObjectNode().put("why", why);
            // deployed, the API knows who logged in
            by.or(() -> isDeployed ? Optional.empty() : Optional.ofNullable(System.getProperty("user.name")))
                    .ifPresent(name -> wish.put("by", name));
            return wish;
        }
    }

    @Command(name = "list", description = "Lists open alerts, the worst first.")
    int list(
            @Mixin Terminal sub,
            @Mixin WhichFleetline which,
            @Option(names = "--json", description = "one JSON object a line") boolean json) {
        try (AlertDesk desk = which.alerts(surroundings)) {
            List<JsonNode> open = desk.open().stream().sorted(WORST_FIRST).toList();
            PrintWriter out = terminal.out();
            if (json) {
                open.forEach(out::println);
            } else if (open.isEmpty()) {
                out.println("No alert is open.");
            } else {
                out.println(row("ALERT", "SEVERITY", "CONDITION", "SINCE", "STATUS", "OF"));
                open.forEach(alert -> out.println(row(
                        alert.path("alertId").asText(),
                        alert.path("severity").asText(),
                        alert.path("condition").asText(),
                        alert.path("since").asText(),
                        alert.path("status").asText(),
                        alert.path("subject").asText().replace('#', ' ') + care(alert))));
            }
            out.flush();
            return CommandLine.ExitCode.OK;
        }
    }

    @Command(name = "ack", description = "Says that somebody looks after an alert: nobody is reminded of it any more.")
    int acknowledge(@Mixin Terminal sub, @Mixin WhichFleetline which, @Mixin Saying saying) {
        return tend(which, sub, saying, "acknowledge", saying.wish(sub, which.isDeployed()));
    }

    @Command(name = "snooze", description = "Silences an alert for a while, 14 days at most.")
    int snooze(
            @Mixin Terminal sub,
            @Mixin WhichFleetline which,
            @Mixin Saying saying,
            @Option(
                            names = "--for",
                            paramLabel = "TIME",
                            required = true,
                            description = "how long: 90m, 4h, 2d, or ISO 8601 (PT4H)")
                    String length) {
        ObjectNode wish = saying.wish(sub, which.isDeployed())
                .put("for", length(sub, length).toString());
        return tend(which, sub, saying, "snooze", wish);
    }

    @Command(
            name = "resolve",
            description = "Ends an alert that a person has to end; refused while what it is about is still so.")
    int resolve(@Mixin Terminal sub, @Mixin WhichFleetline which, @Mixin Saying saying) {
        return tend(which, sub, saying, "resolve", saying.wish(sub, which.isDeployed()));
    }

    private int tend(WhichFleetline which, Terminal sub, Saying saying, String action, ObjectNode wish) {
        try (AlertDesk desk = which.alerts(surroundings)) {
            Optional<String> alertId = whole(desk, sub, saying.alert.toLowerCase(Locale.ROOT));
            if (alertId.isEmpty()) {
                return no("no open alert has an id that begins with " + saying.alert
                        + "; it may be over. \"alerts list\" shows those that are open");
            }
            JsonNode answer = desk.tend(alertId.get(), action, wish);
            String message = answer.path("message").asText();
            if (!answer.path("outcome").asText().startsWith("done")) {
                return no(message);
            }
            terminal.print(message);
            return CommandLine.ExitCode.OK;
        }
    }

    /** The id that begins so. */
    private static Optional<String> whole(AlertDesk desk, Terminal sub, String begin) {
        if (begin.length() == 32) {
            return Optional.of(begin);
        }
        List<String> found = desk.open().stream()
                .map(alert -> alert.path("alertId").asText())
                .filter(id -> id.startsWith(begin))
                .toList();
        if (found.size() > 1) {
            throw sub.mistake(found.size() + " alerts have an id that begins with " + begin + "; write more of it");
        }
        return found.stream().findFirst();
    }

    private static Duration length(Terminal sub, String text) {
        String iso = text.strip().toUpperCase(Locale.ROOT);
        if (iso.matches("[0-9]{1,5}[MH]")) {
            iso = "PT" + iso;
        } else if (iso.matches("[0-9]{1,5}D")) {
            iso = "P" + iso;
        }
        try {
            Duration length = Duration.parse(iso);
            if (length.isPositive() && length.compareTo(LONGEST) <= 0) {
                return length;
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw sub.mistake("--for must be a time such as 90m, 4h or 2d, 14 days at most: " + text);
    }

    private int no(String message) {
        terminal.complain(message);
        return EXIT_NO;
    }

    private static String care(JsonNode alert) {
        String by = alert.path("by").asText();
        String until = alert.path("until").asText();
        return by.isEmpty()
                ? ""
                : " (" + by + (until.isEmpty() ? "" : ", until " + until) + ": "
                        + alert.path("why").asText() + ")";
    }

    private static String row(String id, String severity, String condition, String since, String status, String of) {
        return "%-32s  %-8s  %-17s  %-24s  %-12s  %s".formatted(id, severity, condition, since, status, of);
    }
}

package dev.fleetline.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.device.Imei;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Surroundings;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows orders that are under way, and has one that waits for a person sent on, or its device retired. */
@Command(
        name = "orders",
        description = "Shows orders that are under way, sends one on that waits for a person, or retires its device.",
        footer = {
            "",
            "With a running \"up\": fleetline orders list --local",
            "With a deployed stack: fleetline orders release 999999000000014 --by ana --why \"support says that"
                    + " nothing is on its way\" --stack fleetline-dev",
            "",
            "Exit code: 0 it is as it was to be, 1 it was refused, 2 a typing mistake."
        })
final class OrdersCommand implements Runnable {

    private static final String FUNCTION = "onboarding-reconciler";

    @Mixin
    private final Terminal terminal = new Terminal();

    private final Surroundings surroundings;

    /** On this machine, in real time. */
    OrdersCommand() {
        this(Surroundings.ofProcess());
    }

    /** In other surroundings than the process's own. */
    OrdersCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void run() {
        throw terminal.mistake("Missing subcommand: list, show, release or retire");
    }

    /** Who decides, and why: both are kept with what is done. */
    static final class Decided {

        @Option(names = "--by", required = true, paramLabel = "NAME", description = "who decides it")
        private String by = "";

        @Option(names = "--why", required = true, paramLabel = "TEXT", description = "for what reason")
        private String why = "";

        private ObjectNode in(ObjectNode task) {
            return task.put("by", by).put("why", why);
        }
    }

    @Command(name = "list", description = "Lists orders that are under way, the oldest first.")
    int list(
            @Mixin Terminal sub,
            @Mixin WhichFleetline which,
            @Option(names = "--state", paramLabel = "STATE", description = "in this state only, such as PARKED")
                    Optional<String> state,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "at most so many (default: ${DEFAULT-VALUE})")
                    int limit,
            @Option(names = "--json", description = "the reply as JSON") boolean json) {
        ObjectNode task = task("orders").put("limit", limit);
        state.ifPresent(name -> task.put("state", name));
        JsonNode reply = asked(task, which);
        if (json) {
            terminal.print(reply.toString());
            return CommandLine.ExitCode.OK;
        }
        terminal.print(row("ORDERED", "STATE", "CODE", "NEXT LOOK", "CARRIER", "IMEI", "ORDER"));
        reply.path("orders")
                .forEach(order -> terminal.print(row(
                        order.path("orderedAt").asText(),
                        order.path("state").asText(),
                        order.path("code").asText("-"),
                        order.path("lookAt").asText("-"),
                        order.path("carrier").asText(),
                        order.path("imei").asText(),
                        order.path("onboardingId").asText())));
        terminal.print(reply.path("orders").size() + " orders"
                + (reply.path("more").asBoolean() ? ", and there may be more: --limit or --state" : ""));
        return CommandLine.ExitCode.OK;
    }

    @Command(name = "show", description = "Shows how the order of a device stands, and what has befallen the device.")
    int show(
            @Mixin Terminal sub,
            @Mixin WhichFleetline which,
            @Parameters(paramLabel = "IMEI", description = "the device") String imei) {
        JsonNode reply = asked(ofDevice("order", imei, sub), which);
        if (reply.has("order")) {
            terminal.print(reply.path("order").toPrettyString());
        }
        if (!reply.path("history").isEmpty()) {
            terminal.print(line("AT", "WHAT", "BY", "NOTE"));
            reply.path("history")
                    .forEach(entry -> terminal.print(line(
                            entry.path("at").asText(),
                            entry.path("what").asText(),
                            entry.path("by").asText(),
                            entry.path("note").asText())));
        }
        return said(reply);
    }

    @Command(
            name = "release",
            description = "Sends an order on that is PARKED, UNCLEAR or STUCK. The carrier is looked at before, and a "
                    + "line that is active or pending is not activated again; any other is, which may be paid for.")
    int release(
            @Mixin Terminal sub,
            @Mixin WhichFleetline which,
            @Mixin Decided decided,
            @Parameters(paramLabel = "IMEI", description = "the device") String imei) {
        return said(asked(decided.in(ofDevice("release", imei, sub)), which));
    }

    @Command(
            name = "retire",
            description =
                    "Takes a device out of the fleet whose order is over or waits for a person, and frees its SIM. "
                            + "Its line must be off.")
    int retire(
            @Mixin Terminal sub,
            @Mixin WhichFleetline which,
            @Mixin Decided decided,
            @Parameters(paramLabel = "IMEI", description = "the device") String imei) {
        return said(asked(decided.in(ofDevice("retire", imei, sub)), which));
    }

    private JsonNode asked(ObjectNode task, WhichFleetline which) {
        try (FunctionDesk desk = which.function(FUNCTION, surroundings)) {
            return desk.invoke(task);
        }
    }

    /** What came of it, in one line: an error when it is not as it was to be. */
    private int said(JsonNode reply) {
        String outcome = reply.path("outcome").asText();
        String state = reply.at("/order/state").asText();
        String line = outcome
                + (state.isEmpty() ? "" : ", the device is " + state)
                + (reply.has("reason") ? ": " + reply.path("reason").asText() : "");
        if (outcome.equals("done") || outcome.equals("already")) {
            terminal.print(line);
            return CommandLine.ExitCode.OK;
        }
        terminal.complain(line);
        return CommandLine.ExitCode.SOFTWARE;
    }

    private ObjectNode ofDevice(String name, String imei, Terminal sub) {
        try {
            return task(name).put("imei", Imei.parse(imei).digits());
        } catch (IllegalArgumentException e) {
            throw sub.mistake(e);
        }
    }

    private static ObjectNode task(String name) {
        return EdgeJson.JSON.createObjectNode().put("task", name);
    }

    private static String line(String at, String what, String by, String note) {
        return "%-24s  %-18s  %-24s  %s".formatted(at, what, by, note).stripTrailing();
    }

    private static String row(
            String at, String state, String code, String look, String carrier, String imei, String id) {
        return "%-24s  %-10s  %-11s  %-24s  %-7s  %-15s  %s".formatted(at, state, code, look, carrier, imei, id);
    }
}

package dev.fleetline.local.cli;

import dev.fleetline.thingspacesimulator.SimulatorMain;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The program: nothing by itself, its subcommands do the work. */
@Command(
        name = "fleetline",
        description = "Runs the whole of Fleetline on this machine, with ThingSpace simulated.",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            InvokeCommand.class,
            BenchCallbacksCommand.class,
            BenchHealthCommand.class,
            BenchTokensCommand.class,
            AuthorizeCommand.class,
            CallbacksCommand.class,
            StreamsCommand.class,
            AlertsCommand.class,
            BulkCommand.class,
            OrdersCommand.class,
            ReportCommand.class,
            WhatIfCommand.class,
            BenchBulkCommand.class,
            BenchOnboardingCommand.class
        },
        footer = {"", "Begin with: infra/local/fleetline demo"})
public final class FleetlineCommand implements Runnable {

    @Mixin
    private final Terminal terminal = new Terminal();

    private FleetlineCommand() {}

    /** Runs it as a process. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command with all its subcommands; errors in one line each. */
    static CommandLine commandLine() {
        CommandLine commandLine =
                new CommandLine(new FleetlineCommand()).addSubcommand("simulator", new SimulatorMain());
        return inOneLine(commandLine);
    }

    /** Has whatever goes wrong told in one line, which for a typing mistake says where help is. */
    static CommandLine inOneLine(CommandLine commandLine) {
        return commandLine
                .setParameterExceptionHandler((mistake, _) -> {
                    CommandLine command = mistake.getCommandLine();
                    command.getErr()
                            .println("fleetline: " + mistake.getMessage() + " (see: "
                                    + command.getCommandSpec().qualifiedName() + " --help)");
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((failure, command, _) -> {
                    command.getErr().println("fleetline: " + failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    /** A folder inside the project: the script says where it is, and else it is the working directory. */
    static Path project() {
        return Path.of(System.getProperty("fleetline.home", "")).toAbsolutePath();
    }

    @Override
    public void run() {
        throw terminal.mistake(
                "Missing subcommand: demo, up, simulator, invoke, authorize, callbacks, streams, alerts, bulk, orders,"
                        + " report or what-if");
    }
}

package dev.fleetline.local.cli;

import picocli.CommandLine.Option;

/** What each command offers: help, and no version, since it has none of its own. */
final class HelpOption {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this and exit")
    @SuppressWarnings("UnusedVariable") // picocli acts on it and never starts the command
    private boolean help;
}

package dev.fleetline.local.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a command talks with whoever typed it. Each has one, and with it help; none has a version of its own. */
final class Terminal {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this and exit")
    @SuppressWarnings("UnusedVariable") // picocli acts on it and never starts the command
    private boolean help;

    /** A line of what was asked for, to be seen at once. */
    void print(String line) {
        PrintWriter out = out();
        out.println(line);
        out.flush();
    }

    /** A line of what did not go well. */
    void complain(String line) {
        err().println("fleetline: " + line);
    }

    /** For what is more than a line. */
    PrintWriter out() {
        return command.commandLine().getOut();
    }

    /** For what is not to be among what was asked for. */
    PrintWriter err() {
        return command.commandLine().getErr();
    }

    /** What was typed cannot be done: nothing has begun. */
    ParameterException mistake(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    /** What was typed cannot be done, as its reader says. */
    ParameterException mistake(Exception unreadable) {
        return new ParameterException(command.commandLine(), String.valueOf(unreadable.getMessage()), unreadable);
    }

    /** Makes sure of a number. */
    void requireBetween(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw mistake(option + " must be from " + least + " to " + most + ": " + value);
        }
    }
}

package dev.fleetline.local.demo;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Somebody who types commands of {@code fleetline} about the one that runs here, and reads what they say. */
final class Terminal {

    private final CommandLine commands;
    private final URI fleetline;

    Terminal(CommandLine commands, URI fleetline) {
        this.commands = commands;
        this.fleetline = fleetline;
    }

    /** What a command says; one that fails says so by an exception. */
    String type(String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        String[] all = Stream.concat(Stream.of(words), Stream.of("--local", "--url", fleetline.toString()))
                .toArray(String[]::new);
        int exit = commands.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
        if (exit != CommandLine.ExitCode.OK) {
            throw new IllegalStateException(err.toString().strip());
        }
        return out.toString().strip();
    }
}

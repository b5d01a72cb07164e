package dev.fleetline.local.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An {@code up} in a process of its own, on free ports and with what can go wrong, until it is closed. */
final class RunningUp implements AutoCloseable {

    private static final Pattern ADDRESSES = Pattern.compile("^(Fleetline|ThingSpace simulator): (http://[^/]+)/");

    private final Process process;
    private final URI baseUri;
    private final URI simulatorUri;

    /**
     * All functions share this JVM, whose blocking client would keep five connections to the store and open each further
     * one anew.
     */
    private static final String KEEP_CONNECTIONS = "-Dhttp.maxConnections=200";

    private RunningUp(Process process, URI baseUri, URI simulatorUri) {
        this.process = process;
        this.baseUri = baseUri;
        this.simulatorUri = simulatorUri;
    }

    /**
     * Starts this very program again and returns when it is ready. What it logs goes to this process's standard error.
     *
     * @throws IOException when it cannot be started or ends before it is ready
     */
    static RunningUp start() throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                KEEP_CONNECTIONS,
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile", ""),
                "-Dfleetline.home=" + FleetlineCommand.project(),
                "-cp",
                System.getProperty("java.class.path"),
                FleetlineCommand.class.getName()));
        command.addAll(List.of("up", "--port", "0", "--simulator-port", "0", "--with-faults"));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var found = new ArrayList<URI>();
        BufferedReader lines = process.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher address = ADDRESSES.matcher(line);
            if (address.find()) {
                found.add(URI.create(address.group(2)));
            }
            if (found.size() == 2) {
                Thread.ofVirtual().start(() -> drain(lines));
                return new RunningUp(process, found.getFirst(), found.getLast());
            }
        }
        process.destroy();
        throw new IOException("\"up\" ended before it was ready");
    }

    /** DynamoDB Local tells every refused condition, and would wait for ever for somebody to read the thousandth. */
    private static void drain(BufferedReader lines) {
        try {
            lines.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            // the process has ended
        }
    }

    URI baseUri() {
        return baseUri;
    }

    URI simulatorUri() {
        return simulatorUri;
    }

    @Override
    public void close() {
        process.destroy();
    }
}

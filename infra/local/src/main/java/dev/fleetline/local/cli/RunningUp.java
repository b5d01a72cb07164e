package dev.fleetline.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.lambda.EdgeJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An {@code up} in a process of its own, on free ports, until it is closed. */
final class RunningUp implements AutoCloseable {

    private static final String KEY = "a-key-for-the-bench";
    private static final Pattern ADDRESS = Pattern.compile("^Fleetline: (http://[^/]+)/");

    private final Process process;
    private final URI baseUri;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private RunningUp(Process process, URI baseUri) {
        this.process = process;
        this.baseUri = baseUri;
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
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile", ""),
                "-Dfleetline.home=" + FleetlineCommand.project(),
                "-cp",
                System.getProperty("java.class.path"),
                FleetlineCommand.class.getName()));
        command.addAll(List.of("up", "--port", "0", "--simulator-port", "0", "--stream-key", KEY));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader lines = process.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                return new RunningUp(process, URI.create(address.group(1)));
            }
        }
        process.destroy();
        throw new IOException("\"up\" ended before it was ready");
    }

    /** The answer to a GET, which must be JSON. */
    JsonNode get(String path) {
        try {
            return EdgeJson.JSON.readTree(
                    send(HttpRequest.newBuilder(baseUri.resolve(path)).build()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(path + " did not answer JSON", e);
        }
    }

    /** The status of the answer; 0 when there was none. */
    int post(String path, String body) {
        try {
            return send(HttpRequest.newBuilder(baseUri.resolve(path))
                            .header("authorization", KEY)
                            .header("content-type", "application/json")
                            .POST(BodyPublishers.ofString(body))
                            .build())
                    .statusCode();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        process.destroy();
        http.close();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("no answer from " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while waiting for " + request.uri(), e);
        }
    }
}

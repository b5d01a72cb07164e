package dev.fleetline.fleetreport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A headless Chromium of this machine, spoken to by its own driver in the words of W3C WebDriver. It has no network: what
 * a page does not bring along it does not get.
 */
final class Browser implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
    private static final List<String> OPTIONS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars");

    private final Process driver;
    private final URI session;
    private final HttpClient http;

    private Browser(Process driver, URI session, HttpClient http) {
        this.driver = driver;
        this.session = session;
        this.http = http;
    }

    /** Whether this machine has one. */
    static boolean isHere() {
        return found("chromedriver").isPresent()
                && (found("chromium").isPresent() || found("google-chrome").isPresent());
    }

    static Browser start() throws IOException, InterruptedException {
        Process driver = new ProcessBuilder(found("chromedriver").orElseThrow().toString(), "--port=0")
                .redirectErrorStream(true)
                .start();
        BufferedReader said = driver.inputReader();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher port = PORT.matcher(line);
            if (port.find()) {
                Thread.ofVirtual().start(() -> drain(said));
                return session(driver, URI.create("http://127.0.0.1:" + port.group(1) + "/session"));
            }
        }
        throw new IOException("chromedriver ended before it was ready");
    }

    private static Browser session(Process driver, URI sessions) throws IOException, InterruptedException {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ObjectNode wanted = EdgeJson.JSON.createObjectNode();
        ObjectNode always = wanted.putObject("capabilities").putObject("alwaysMatch");
        always.put("browserName", "chrome");
        always.putObject("goog:loggingPrefs").put("browser", "ALL");
        ObjectNode options = always.putObject("goog:chromeOptions");
        OPTIONS.forEach(options.putArray("args")::add);
        found("chromium").or(() -> found("google-chrome")).ifPresent(path -> options.put("binary", path.toString()));
        JsonNode answer = send(http, HttpRequest.newBuilder(sessions).POST(BodyPublishers.ofString(wanted.toString())));
        return new Browser(
                driver, URI.create(sessions + "/" + answer.path("sessionId").asText()), http);
    }

    void open(Path page) throws IOException, InterruptedException {
        post("/url", EdgeJson.JSON.createObjectNode().put("url", page.toUri().toString()));
    }

    /** What a script answers that is run as if the page's owner typed it. */
    JsonNode run(String script) throws IOException, InterruptedException {
        ObjectNode body = EdgeJson.JSON.createObjectNode().put("script", script);
        body.putArray("args");
        return post("/execute/sync", body);
    }

    /** The same of one that calls its last argument with its answer. */
    JsonNode runUntilItCalls(String script) throws IOException, InterruptedException {
        ObjectNode body = EdgeJson.JSON.createObjectNode().put("script", script);
        body.putArray("args");
        return post("/execute/async", body);
    }

    /** The size of the screen; on a phone two of its dots are one of the page's. */
    void screen(int width, int height, boolean isPhone) throws IOException, InterruptedException {
        devtools(
                "Emulation.setDeviceMetricsOverride",
                EdgeJson.JSON
                        .createObjectNode()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", isPhone ? 2 : 1)
                        .put("mobile", isPhone));
    }

    /** {@code screen} or {@code print}, {@code light} or {@code dark}. */
    void media(String medium, String scheme) throws IOException, InterruptedException {
        ObjectNode media = EdgeJson.JSON.createObjectNode().put("media", medium);
        media.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", scheme);
        devtools("Emulation.setEmulatedMedia", media);
    }

    /** The whole page as a picture. */
    void picture(Path file) throws IOException, InterruptedException {
        JsonNode root = run("const root = document.documentElement; return [innerWidth, root.scrollHeight]");
        ObjectNode how = EdgeJson.JSON.createObjectNode().put("format", "png").put("captureBeyondViewport", true);
        how.putObject("clip")
                .put("x", 0)
                .put("y", 0)
                .put("width", root.path(0).asInt())
                .put("height", root.path(1).asInt())
                .put("scale", 1);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(
                file,
                Base64.getDecoder()
                        .decode(devtools("Page.captureScreenshot", how)
                                .path("data")
                                .asText()));
    }

    /** The page on paper, as PDF. */
    byte[] paper() throws IOException, InterruptedException {
        return Base64.getDecoder()
                .decode(post("/print", EdgeJson.JSON.createObjectNode().put("background", false))
                        .asText());
    }

    /** What the browser complained about since it was last asked. */
    List<String> complaints() throws IOException, InterruptedException {
        return post("/se/log", EdgeJson.JSON.createObjectNode().put("type", "browser"))
                .valueStream()
                .map(entry -> entry.path("message").asText())
                .toList();
    }

    private JsonNode devtools(String command, ObjectNode parameters) throws IOException, InterruptedException {
        ObjectNode body = EdgeJson.JSON.createObjectNode().put("cmd", command);
        body.set("params", parameters);
        return post("/goog/cdp/execute", body);
    }

    private JsonNode post(String path, ObjectNode body) throws IOException, InterruptedException {
        return send(
                http,
                HttpRequest.newBuilder(URI.create(session + path)).POST(BodyPublishers.ofString(body.toString())));
    }

    private static JsonNode send(HttpClient http, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        var answer =
                http.send(request.header("content-type", "application/json").build(), BodyHandlers.ofString());
        JsonNode value = EdgeJson.JSON.readTree(answer.body()).path("value");
        if (answer.statusCode() != 200) {
            throw new IOException("the browser: " + value.path("message").asText());
        }
        return value;
    }

    private static Optional<Path> found(String program) {
        return Stream.of(String.valueOf(System.getenv("PATH")).split(":", -1))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void drain(BufferedReader lines) {
        try {
            lines.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            // it has ended
        }
    }

    @Override
    public void close() throws IOException {
        try {
            send(http, HttpRequest.newBuilder(session).DELETE());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            http.close();
            driver.destroy();
        }
    }
}

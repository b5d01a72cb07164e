package dev.fleetline.fleetreport;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.fleetline.fleetreport.FleetReport.Compared;
import dev.fleetline.fleetreport.FleetReport.Line;
import dev.fleetline.lambda.EdgeJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The page of a report: one file that needs nothing else and asks nobody. Whatever is shown is escaped by the template;
 * besides, the page runs no script and takes no style but its own, whose digests it names.
 */
final class ReportPage {

    private static final String LIBRARY = "/META-INF/resources/webjars/uplot/1.6.30/";

    private final Template template;
    private final String style;
    private final String library;
    private final String script;

    ReportPage() {
        template = Mustache.compiler()
                .emptyStringIsFalse(true)
                .zeroIsFalse(true)
                .strictSections(true)
                .compile(resource("page.mustache"));
        style = resource(LIBRARY + "dist/uPlot.min.css") + resource("page.css");
        // whoever passes the library on, passes its licence on
        library = "/*\n" + resource(LIBRARY + "LICENSE") + "*/\n" + resource(LIBRARY + "dist/uPlot.iife.min.js");
        script = resource("page.js");
    }

    /** Writes the page of this report. */
    void write(FleetReport report, Path file) throws IOException {
        Map<String, Object> around = new HashMap<>();
        around.put("style", style);
        around.put("library", library);
        around.put("script", script);
        around.put("plotsJson", plots(report));
        around.put(
                "policy",
                "default-src 'none'; base-uri 'none'; form-action 'none'; style-src '%s'; script-src '%s' '%s'"
                        .formatted(digest(style), digest(library), digest(script)));
        try (Writer page = Files.newBufferedWriter(file, UTF_8)) {
            template.execute(new PageView(report), around, page);
        }
    }

    /** What a plot is drawn from. */
    private record Drawn(
            String unit, int from, int width, List<Integer> now, Optional<List<Integer>> before, List<Line> lines) {

        static Drawn of(Compared values) {
            Histogram now = values.now();
            return new Drawn(
                    now.unit(),
                    now.from(),
                    now.width(),
                    now.counts(),
                    values.before().map(Histogram::counts),
                    values.lines());
        }
    }

    private static String plots(FleetReport report) {
        try {
            // an element of HTML could end in the middle of a text
            return EdgeJson.JSON
                    .writeValueAsString(Map.of(
                            "battery", Drawn.of(report.distributions().battery()),
                            "signal", Drawn.of(report.distributions().signal())))
                    .replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a report can always be written", e);
        }
    }

    private static String digest(String inline) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(inline.getBytes(UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the archive lacks " + name);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}

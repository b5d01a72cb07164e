package dev.fleetline.fleetreport;

import static dev.fleetline.device.Condition.BATTERY_LOW;
import static dev.fleetline.device.Condition.SIGNAL_WEAK;
import static dev.fleetline.device.Severity.CRITICAL;
import static dev.fleetline.device.Severity.WARNING;
import static dev.fleetline.fleetreport.Tracker.NIGHT;
import static dev.fleetline.fleetreport.Tracker.number;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.fleetreport.FleetReport.Line;
import dev.fleetline.fleetreport.NightsCompared.JudgedBy;
import dev.fleetline.sweepfiles.SweepSummary;
import dev.fleetline.sweepfiles.SweptLoss.Outcome;
import dev.fleetline.testing.InMemoryFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page as a person sees it, in a real browser. Without one these tests are skipped, and with {@code
 * -Dbrowser=required} they fail.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportPageIT {

    private static final String MEND = "apt-get install chromium chromium-driver";
    private static final String HOSTILE = "<script>window.taken=true</script>";

    private Browser browser;
    private Path page;

    @BeforeAll
    void a_browser_has_the_page_of_a_night(@TempDir Path folder) throws IOException, InterruptedException {
        if (!Browser.isHere()) {
            if (System.getProperty("browser", "").equals("required")) {
                fail("no Chromium on the PATH; mend it: " + MEND);
            }
            abort("no Chromium on the PATH; mend it: " + MEND);
        }
        page = folder.resolve("index.html");
        Files.writeString(page, written(), UTF_8);
        browser = Browser.start();
    }

    @AfterAll
    void stop() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void opened_anew() throws IOException, InterruptedException {
        browser.screen(1280, 900, false);
        browser.media("screen", "light");
        browser.open(page);
        browser.complaints();
        browser.open(page);
    }

    @Test
    void it_comes_alone_and_draws_its_plots() throws IOException, InterruptedException {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.run("return document.documentElement.dataset.drawn").asText())
                .isEqualTo("yes");
        assertThat(coloursOf("battery")).isGreaterThan(3);
        assertThat(coloursOf("signal")).isGreaterThan(3);
        assertThat(browser.run("return performance.getEntriesByType('resource').length")
                        .asInt())
                .isZero();
    }

    @Test
    void no_name_takes_the_page_over_and_no_script_but_its_own_runs() throws IOException, InterruptedException {
        assertThat(browser.run("return typeof window.taken").asText()).isEqualTo("undefined");
        assertThat(browser.run("return document.querySelectorAll('body img, body iframe').length")
                        .asInt())
                .isZero();
        assertThat(browser.run("return document.body.textContent.includes('" + HOSTILE.replace("/", "\\/") + "')")
                        .asBoolean())
                .isTrue();

        browser.run("const s = document.createElement('script'); s.textContent = 'window.taken = true';"
                + "document.body.append(s);");

        assertThat(browser.run("return typeof window.taken").asText()).isEqualTo("undefined");
        assertThat(browser.complaints()).anyMatch(told -> told.contains("Content Security Policy"));
    }

    @ParameterizedTest
    @CsvSource({
        "1280,900,false,light",
        "1280,900,false,dark",
        "390,844,true,light",
        "390,844,true,dark",
        "320,640,true,light"
    })
    void it_is_right_and_accessible_on_every_screen(int width, int height, boolean isPhone, String scheme)
            throws IOException, InterruptedException {
        browser.screen(width, height, isPhone);
        browser.media("screen", scheme);
        browser.open(page);
        browser.picture(Path.of("target", "screenshots", "report-" + width + "-" + scheme + ".png"));
        browser.run("document.querySelectorAll('details').forEach(one => { one.open = true; })");

        assertThat(browser.run("return document.documentElement.scrollWidth").asInt())
                .as("nothing sticks out sideways")
                .isLessThanOrEqualTo(width);
        assertThat(violations()).isEmpty();
    }

    @Test
    void in_the_dark_it_is_dark() throws IOException, InterruptedException {
        browser.media("screen", "dark");

        assertThat(brightness()).isLessThan(60);
    }

    @Test
    void on_paper_it_is_light_and_unfolded_whatever_the_screen_was() throws IOException, InterruptedException {
        browser.media("screen", "dark");
        browser.run("dispatchEvent(new Event('beforeprint'))");
        browser.media("print", "dark");

        assertThat(brightness()).isGreaterThan(240);
        assertThat(browser.run("return document.querySelectorAll('details:not([open])').length")
                        .asInt())
                .isZero();
        browser.picture(Path.of("target", "screenshots", "report-print.png"));
        byte[] pdf = browser.paper();
        assertThat(new String(pdf, 0, 5, UTF_8)).isEqualTo("%PDF-");
        Files.write(Path.of("target", "screenshots", "report.pdf"), pdf);
    }

    @Test
    void a_tile_opens_what_it_counts() throws IOException, InterruptedException {
        assertThat(browser.run("return document.getElementById('recovered').open")
                        .asBoolean())
                .isFalse();

        browser.run("document.querySelector('.tiles .recovered a').click()");

        assertThat(browser.runUntilItCalls("const done = arguments[0];"
                                + "requestAnimationFrame(() => done(document.getElementById('recovered').open))")
                        .asBoolean())
                .isTrue();
    }

    private int brightness() throws IOException, InterruptedException {
        JsonNode rgb = browser.run("return getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)");
        return (rgb.path(0).asInt() + rgb.path(1).asInt() + rgb.path(2).asInt()) / 3;
    }

    /** How many colours are in a plot: an empty one has one. */
    private int coloursOf(String plot) throws IOException, InterruptedException {
        return browser.run("const c = document.querySelector('#" + plot + " canvas');"
                        + "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
                        + "const seen = new Set(); for (let i = 0; i < d.length; i += 4)"
                        + " if (d[i + 3] === 255) seen.add(d[i] << 16 | d[i + 1] << 8 | d[i + 2]); return seen.size")
                .asInt();
    }

    private List<String> violations() throws IOException, InterruptedException {
        browser.run(axe());
        JsonNode found = browser.runUntilItCalls(
                "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']}).then(r =>"
                        + " done(r.violations.map(v => v.id + ': ' + v.help + ' at ' + v.nodes.slice(0, 3).map(n => n.html"
                        + " + ' ' + n.failureSummary).join(' | '))), e => done([String(e)]))");
        return found.valueStream().map(JsonNode::asText).toList();
    }

    private static String axe() throws IOException {
        try (InputStream in = ReportPageIT.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static String written() throws IOException {
        InMemoryFiles store = new InMemoryFiles();
        Nights nights = new Nights(store);
        SweepSummary then = nights.found(NIGHT.minus(Duration.ofDays(1)), Optional.empty(), fleet(1));
        SweepSummary tonight = nights.found(NIGHT, Optional.of(then), fleet(2));
        new WriteReport(
                        store,
                        new ReportPage(),
                        Period.ofDays(30),
                        new JudgedBy(
                                List.of(new Line("warning", 20), new Line("critical", 10)),
                                List.of(new Line("warning", -110), new Line("critical", -120))))
                .run(tonight.folder());
        return store.text("reports/2026-03-03/2026-03-03T02-00-00Z/index.html").orElseThrow();
    }

    /** 400 invented trackers at nine sites; another night has other troubles. */
    private static List<Tracker> fleet(int night) {
        var random = new Random(7);
        var changing = new Random(night);
        List<String> sites = List.of(
                "Depot North",
                "Depot South",
                "Harbour",
                "Mill",
                "Quarry",
                "Yard 7",
                "Åsgård",
                "مستودع",
                "A very long name of a site that does not fit");
        List<Tracker> fleet = new ArrayList<>();
        for (int place = 1; place <= 400; place++) {
            Tracker tracker = number(place)
                    .named("Tracker " + place)
                    .at(sites.get(random.nextInt(sites.size())))
                    .battery(Math.clamp(Math.round(70 + random.nextGaussian() * 25), 3, 100))
                    .signal(Math.clamp(Math.round(-98 + random.nextGaussian() * 12), -135, -65));
            fleet.add(troubled(place % 60 == 0 ? tracker.skipped("UNREADABLE") : tracker, changing));
        }
        fleet.add(number(401)
                .named(HOSTILE)
                .at("<svg onload=window.taken=true>")
                .lost(CRITICAL, NIGHT.minusSeconds(3600L * night), Outcome.RAISED, "FLAT_BATTERY"));
        return fleet;
    }

    private static Tracker troubled(Tracker tracker, Random changing) {
        Instant since = NIGHT.minus(Duration.ofHours(changing.nextInt(200)));
        return Stream.of(changing.nextInt(20))
                .map(dice -> tracker.skipped().isPresent()
                        ? tracker
                        : switch (dice) {
                            case 0 -> tracker.lost(CRITICAL, since, Outcome.RAISED, "OUT_OF_COVERAGE");
                            case 1 -> tracker.lost(WARNING, since, Outcome.RAISED, "APP_SILENT");
                            case 2 -> tracker.battery(8).emptyIn(3).in(BATTERY_LOW, CRITICAL, since);
                            case 3 -> tracker.battery(18).emptyIn(20).in(BATTERY_LOW, WARNING, since);
                            case 4 -> tracker.signal(-114).in(SIGNAL_WEAK, WARNING, since);
                            default -> tracker.emptyIn(200);
                        })
                .findFirst()
                .orElse(tracker);
    }
}

package dev.fleetline.fleetreport;

import static dev.fleetline.device.Condition.BATTERY_LOW;
import static dev.fleetline.device.Severity.CRITICAL;
import static dev.fleetline.device.Severity.WARNING;
import static dev.fleetline.fleetreport.Tracker.NIGHT;
import static dev.fleetline.fleetreport.Tracker.number;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.fleetline.fleetreport.FleetReport.Line;
import dev.fleetline.fleetreport.NightsCompared.JudgedBy;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.sweepfiles.SweepFolder;
import dev.fleetline.sweepfiles.SweepKind;
import dev.fleetline.sweepfiles.SweepSummary;
import dev.fleetline.sweepfiles.SweptLoss.Outcome;
import dev.fleetline.testing.InMemoryFiles;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A night's files in, page and files out. */
class WriteReportTest {

    private static final Instant LAST_NIGHT = NIGHT.minus(Duration.ofDays(1));
    private static final Instant LONG_AGO = NIGHT.minus(Duration.ofDays(30));
    private static final String FOLDER = "reports/2026-03-03/2026-03-03T02-00-00Z/";

    private final InMemoryFiles store = new InMemoryFiles();
    private final Nights nights = new Nights(store);
    private final WriteReport writeReport = new WriteReport(
            store,
            new ReportPage(),
            Period.ofDays(30),
            new JudgedBy(List.of(new Line("warning", 20)), List.of(new Line("warning", -110))));

    @Test
    void page_spreadsheet_and_json_tell_the_same_night() throws IOException {
        SweepSummary then = nights.found(
                LAST_NIGHT,
                Optional.empty(),
                List.of(number(1).in(BATTERY_LOW, WARNING, LONG_AGO), number(2).in(BATTERY_LOW, WARNING, LONG_AGO)));
        SweepSummary tonight = nights.found(
                NIGHT,
                Optional.of(then),
                List.of(
                        number(1).named("Mill 3").battery(8).in(BATTERY_LOW, CRITICAL, LONG_AGO),
                        number(2).battery(90),
                        number(3).at("north").lost(WARNING, NIGHT.minusSeconds(900), Outcome.RAISED, "APP_SILENT")));

        ReportReply reply = writeReport.run(tonight.folder());

        assertThat(reply.outcome()).isEqualTo("written");
        assertThat(reply.counts()).contains(entry("worse", 1), entry("recovered", 1), entry("new", 1));
        assertThat(page())
                .contains(
                        "Mill 3 (…" + number(1).imei().digits().substring(11) + ")",
                        "critical, was warning",
                        "over, was warning")
                .contains("network lost: app silent; the carrier was not asked");
        assertThat(rows())
                .extracting(row -> row.getField("change"))
                .containsExactlyInAnyOrder("worse", "recovered", "new");
        assertThat(json().at("/changes/WORSE/first/0/device/imei").asText())
                .isEqualTo(number(1).imei().digits());
        assertThat(store.names()).contains(WriteReport.LATEST);
    }

    @Test
    void a_name_that_is_a_script_or_a_formula_stays_a_name() throws IOException {
        String script = "<script>alert('x')</script>";
        String formula = "=cmd|' /C calc'!A1";
        SweepSummary tonight = nights.found(
                NIGHT,
                Optional.empty(),
                List.of(
                        number(1)
                                .named(script)
                                .at("</title></svg><img src=x onerror=alert(1)>")
                                .lost(CRITICAL, NIGHT, Outcome.RAISED, "UNKNOWN"),
                        number(2).named(formula).at("@SUM(A1)").in(BATTERY_LOW, WARNING, NIGHT),
                        number(3).named("\t-1+2").in(BATTERY_LOW, WARNING, NIGHT),
                        number(4).named("\uFF1Dcmd").in(BATTERY_LOW, WARNING, NIGHT)));

        writeReport.run(tonight.folder());

        assertThat(page())
                .doesNotContain("<script>alert")
                .doesNotContain("<img")
                .contains("&lt;script&gt;alert(&#39;x");
        assertThat(rows())
                .extracting(row -> row.getField("name"))
                .containsExactlyInAnyOrder(script, "'" + formula, "' -1+2", "'\uFF1Dcmd");
        assertThat(rows()).extracting(row -> row.getField("site")).contains("'@SUM(A1)");
    }

    @Test
    void a_cut_line_costs_that_line_and_is_told() throws IOException {
        SweepSummary tonight = nights.found(
                NIGHT,
                Optional.empty(),
                IntStream.rangeClosed(1, 6)
                        .mapToObj(place -> number(place).battery(50))
                        .toList());
        String file = tonight.folder().devices(1, 0);
        List<String> lines = store.text(file).orElseThrow().lines().toList();
        store.put(
                file,
                (lines.get(0) + "\n" + lines.get(1).substring(0, 40) + "\n" + lines.get(2) + "\n").getBytes(UTF_8));

        ReportReply reply = writeReport.run(tonight.folder());

        assertThat(reply.unreadable()).isOne();
        assertThat(rows()).hasSize(5);
        assertThat(page()).contains("1 lines of " + file + " cannot be read", "Take care");
    }

    @Test
    void a_segment_of_the_night_before_that_is_gone_makes_nobody_new() throws IOException {
        SweepSummary then =
                nights.found(LAST_NIGHT, Optional.empty(), List.of(number(1).in(BATTERY_LOW, WARNING, LONG_AGO)));
        store.put(then.folder().devices(1, 0), new byte[0]);
        store.put(then.folder().devices(0, 0), "{".getBytes(UTF_8));
        SweepSummary tonight =
                nights.found(NIGHT, Optional.of(then), List.of(number(1).in(BATTERY_LOW, WARNING, LONG_AGO)));

        assertThat(writeReport.run(tonight.folder()).counts()).contains(entry("still", 1), entry("new", 0));
    }

    @Test
    void a_night_before_that_is_gone_is_told_and_compared_with_by_the_beginnings() throws IOException {
        SweepSummary then = nights.found(LAST_NIGHT, Optional.empty(), List.of());
        store.put(then.folder().summary(), new byte[0]);
        SweepSummary tonight =
                nights.found(NIGHT, Optional.of(then), List.of(number(1).in(BATTERY_LOW, WARNING, LONG_AGO)));

        assertThat(writeReport.run(tonight.folder()).counts()).contains(entry("still", 1));
        assertThat(page()).contains("is not there", "there is no night to compare with");
    }

    @Test
    void an_empty_fleet_and_a_device_without_anything_have_a_page() throws IOException {
        SweepSummary nobody = nights.found(LAST_NIGHT, Optional.empty(), List.of());
        assertThat(writeReport.run(nobody.folder()).outcome()).isEqualTo("written");

        SweepSummary tonight = nights.found(NIGHT, Optional.of(nobody), List.of(number(1)));
        writeReport.run(tonight.folder());

        assertThat(rows()).singleElement().satisfies(row -> {
            assertThat(row.getField("imei")).isEqualTo(number(1).imei().digits());
            assertThat(row.getField("battery_percent")).isEmpty();
            assertThat(row.getField("condition")).isEmpty();
        });
        assertThat(page()).contains("No device is in trouble.", "No device is lost.", "None: the platform was well");
    }

    @Test
    void who_could_not_be_judged_is_named_as_our_fault_and_with_the_reason() throws IOException {
        SweepSummary tonight = nights.found(
                NIGHT, Optional.empty(), List.of(number(1), number(2).skipped("UNREADABLE")));

        writeReport.run(tonight.folder());

        assertThat(page())
                .contains(
                        "1 devices were not judged: unreadable",
                        "not judged: " + number(2).imei() + ", UNREADABLE: no lifecycle",
                        "1 of 2 active devices were judged (50.00 %)");
        assertThat(rows()).hasSize(1);
    }

    @Test
    void a_listener_that_is_broken_is_our_fault_and_only_a_stream_s_break_kept_losses_untold() throws IOException {
        nights.ourFaultsAre("platform#callback/CarrierService");
        writeReport.run(
                nights.found(NIGHT, Optional.empty(), List.of(number(1))).folder());
        assertThat(page()).contains("callback/CarrierService is not well").doesNotContain("no loss was told");

        nights.ourFaultsAre("platform#callback/CarrierService", "platform#core/ts.event");
        writeReport.run(
                nights.found(NIGHT, Optional.empty(), List.of(number(1))).folder());
        assertThat(page()).contains("core/ts.event is not well", "no loss was told");
    }

    @Test
    void told_twice_the_same_is_written_again() throws IOException {
        SweepSummary tonight =
                nights.found(NIGHT, Optional.empty(), List.of(number(1).battery(8)));
        writeReport.run(tonight.folder());
        String first = page();

        writeReport.run(tonight.folder());

        assertThat(page()).isEqualTo(first);
    }

    @Test
    void an_old_pass_that_is_told_late_leaves_the_newest_report_the_newest() throws IOException {
        SweepSummary then = nights.found(LAST_NIGHT, Optional.empty(), List.of());
        SweepSummary tonight = nights.found(NIGHT, Optional.of(then), List.of());
        writeReport.run(tonight.folder());

        writeReport.run(then.folder());

        assertThat(latest().path("startedAt").asText()).isEqualTo(NIGHT.toString());
    }

    @Test
    void a_pass_over_the_overdue_has_no_report() throws IOException {
        SweepSummary overdue = nights.found(SweepKind.OVERDUE, NIGHT, Optional.empty(), List.of(number(1)));

        assertThat(writeReport.run(overdue.folder()).outcome()).isEqualTo("passed-over");
        assertThat(store.names()).noneMatch(name -> name.startsWith("reports/"));
    }

    @Test
    void a_pass_that_is_not_concluded_fails_so_that_it_is_tried_again() {
        SweepFolder folder = SweepFolder.of(SweepKind.FLEET, NIGHT, "nobody");

        assertThatThrownBy(() -> writeReport.run(folder)).hasMessageContaining("no summary in " + folder.path());
    }

    private String page() {
        return store.text(FOLDER + "index.html").orElseThrow();
    }

    private JsonNode json() throws IOException {
        return EdgeJson.JSON.readTree(store.text(FOLDER + "report.json").orElseThrow());
    }

    private JsonNode latest() throws IOException {
        return EdgeJson.JSON.readTree(store.text(WriteReport.LATEST).orElseThrow());
    }

    private List<NamedCsvRecord> rows() throws IOException {
        String csv = store.text(FOLDER + "devices.csv").orElseThrow().replace("\uFEFF", "");
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(csv)) {
            return rows.stream().toList();
        }
    }
}

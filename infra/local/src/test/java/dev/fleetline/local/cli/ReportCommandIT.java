package dev.fleetline.local.cli;

import static dev.fleetline.local.whatif.StoredNights.at;
import static dev.fleetline.local.whatif.StoredNights.charged;
import static dev.fleetline.local.whatif.StoredNights.silentFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.device.Condition;
import dev.fleetline.files.FileStore;
import dev.fleetline.filess3.S3FileStore;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Pause;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.local.LocalFleetline;
import dev.fleetline.local.LocalSetup;
import dev.fleetline.local.whatif.StoredNights;
import dev.fleetline.sweepfiles.SweepFiles;
import dev.fleetline.sweepfiles.SweepSummary;
import dev.fleetline.sweepfiles.SweptFaults;
import dev.fleetline.testing.aws.LoopbackAws;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import software.amazon.awssdk.services.s3.S3Client;

/** A person at a terminal in the morning: what has the night changed, and what would other numbers have told? */
class ReportCommandIT {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Path> shown = new ArrayList<>();
    private final LocalFleetline fleetline =
            LocalFleetline.start(LocalSetup.onFreePorts(Path.of("").toAbsolutePath()));
    private final S3Client client = LoopbackAws.aim(
                    S3FileStore.plainly(S3Client.builder()),
                    URI.create(fleetline.files().path("endpoint").asText()))
            .build();
    private final FileStore files =
            new S3FileStore(client, fleetline.files().path("bucket").asText());

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void stop() {
        client.close();
        fleetline.close();
    }

    @Test
    void the_report_of_the_night_is_brought_and_opened() throws IOException {
        assertThat(report()).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("there is no report yet");

        tell(nights(1));

        assertThat(report("--open", "--folder", folder.toString())).isZero();
        assertThat(out.toString()).contains("the night of 2026-03-01T02:00:00Z: 1 still");
        assertThat(shown).containsExactly(folder.resolve("index.html").toAbsolutePath());
        assertThat(Files.readString(folder.resolve("index.html"))).contains("devices.csv", "Pump 2");
        assertThat(folder.resolve("devices.csv")).isNotEmptyFile();
        assertThat(folder.resolve("report.json")).isNotEmptyFile();
    }

    @Test
    void a_pass_over_the_whole_fleet_leads_to_its_report_by_itself() {
        fleetline.invoke("health-sweep", EdgeJson.JSON.createObjectNode().put("task", "sweep"));
        fleetline.settle();

        assertThat(report()).isZero();
        assertThat(out.toString()).contains("no device is in trouble", "index.html");
    }

    @Test
    void other_numbers_are_played_on_the_nights_that_are_stored() {
        assertThat(whatIf("--battery-warn", "25")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("no night is stored yet");

        nights(3);

        assertThat(whatIf("--battery-warn", "25", "--nights", "14")).isZero();
        assertThat(out.toString())
                .contains("3 nights, 2026-03-01T02:00:00Z to 2026-03-03T02:00:00Z, 2 devices", "no more are stored")
                .containsPattern("BATTERY_LOW +0 +1 +1 +0")
                .containsPattern("added +BATTERY_LOW +warning +from 2026-03-01T01:00:00Z")
                .doesNotContain("\u001B");
        assertThat(whatIf("--slack", "11")).isZero();
        assertThat(out.toString()).contains("no alert would be added or removed");
    }

    @Test
    void silence_in_a_fault_of_our_own_is_no_alert_though_the_night_came_after_it() {
        nights(1);
        assertThat(whatIf("--interval-factor", "3")).isZero();
        assertThat(out.toString()).containsPattern("NETWORK_LOST +1 +1 +0 +0");

        wasNotWell("callback/CarrierService", Condition.STREAM);
        assertThat(whatIf("--interval-factor", "3")).isZero();
        assertThat(out.toString()).containsPattern("NETWORK_LOST +1 +1 +0 +0");

        wasNotWell("core", Condition.TOKEN);
        assertThat(whatIf("--interval-factor", "3")).isZero();
        assertThat(out.toString()).doesNotContain("NETWORK_LOST").contains("no alert would be added or removed");
    }

    /** For days, until an hour before the first night. */
    private void wasNotWell(String service, Condition condition) {
        new SweepFiles(files)
                .keep(
                        SweptFaults.FILE,
                        new SweptFaults(List.of(new SweptFaults.Span(
                                service,
                                condition,
                                at(0).minus(Duration.ofDays(4)),
                                Optional.of(at(0).minus(Duration.ofHours(1)))))));
    }

    @ParameterizedTest
    @CsvSource({
        "--nights 14, say what might be otherwise",
        "--battery-warn 25 --nights 0, --nights must be from 1 to 35",
        "--battery-warn 9, BATTERY_CRITICAL contradicts the other line: it must be less than BATTERY_WARNING",
        "--battery-warn 101, BATTERY_WARNING is out of bounds: it must be a number from 1 to 95",
        "--slack -1, SLACK_PERCENT is out of bounds",
        "--interval-factor 0, LOST_WARNING_INTERVALS is out of bounds",
        "--battery-warn full, Invalid value for option '--battery-warn'"
    })
    void a_mistake_is_told_by_the_options_name(String words, String told) {
        nights(1);

        assertThat(whatIf(words.split(" ", -1))).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains(told);
    }

    /** Of two devices: a battery at 24 %, and one that fell silent four days before the first. */
    private SweepSummary nights(int count) {
        Optional<SweepSummary> last = Optional.empty();
        for (int night = 0; night < count; night++) {
            Duration silence = Duration.ofDays(4L + night);
            last = Optional.of(
                    StoredNights.store(files, night, last, charged(1, night, 24, 24), silentFor(2, night, silence)));
        }
        return last.orElseThrow();
    }

    /** As the rule hands it on. */
    private void tell(SweepSummary night) {
        ObjectNode task = EdgeJson.JSON.createObjectNode().put("task", "completed");
        task.putObject("event").put("files", night.folder().path());
        JsonNode reply = fleetline.invoke("fleet-report", task).orElseThrow();
        assertThat(reply.path("outcome").asText()).isEqualTo("written");
        assertThat(reply.path("startedAt").asText()).isEqualTo(at(0).toString());
    }

    private int report(String... more) {
        return execute(new ReportCommand(surroundings(), shown::add), more);
    }

    private int whatIf(String... more) {
        return execute(new WhatIfCommand(surroundings()), more);
    }

    private static Surroundings surroundings() {
        return new Surroundings(Map.of(), InstantSource.system(), Pause.real(), new Random(7));
    }

    /** Which Fleetline is not said: what only reads looks at the one on this machine. */
    private int execute(Object command, String... more) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return FleetlineCommand.inOneLine(new CommandLine(command))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of("--url", fleetline.baseUri().toString()), Stream.of(more))
                        .toArray(String[]::new));
    }
}

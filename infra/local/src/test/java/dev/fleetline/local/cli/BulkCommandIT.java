package dev.fleetline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.device.Imei;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Pause;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.local.LocalFleetline;
import dev.fleetline.local.LocalSetup;
import dev.fleetline.testing.SampleFleet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A person at a terminal with a spreadsheet. */
class BulkCommandIT {

    private static final int FAULTS = 3;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_spreadsheet_is_checked_applied_corrected_and_sent_again() throws IOException {
        Path file = Files.writeString(
                folder.resolve("june.csv"), "imei;iccid;name\n" + row(1) + ";a\n99999900000002A;8914;b\n");
        Path failed = folder.resolve("failed.csv");
        try (LocalFleetline fleetline =
                LocalFleetline.startAgreed(LocalSetup.onFreePorts(Path.of("").toAbsolutePath()))) {
            assertThat(run(fleetline, file, true)).isEqualTo(FAULTS);
            assertThat(out.toString().lines()).first().asString().matches(" +LINE +KIND +FIELD +RULE; WHAT TO DO");
            assertThat(out.toString())
                    .containsPattern("3 +fault +imei +an IMEI has digits only")
                    .containsPattern("3 +fault +iccid +an ICCID has 19 or 20 digits")
                    .contains("partly: 2 rows, of which 1 to be ordered, 1 faulty");
            assertThat(err.toString()).contains("[##############################] 100 %");
            assertThat(fleetline.devices()).isEmpty();

            assertThat(run(fleetline, file, false, "--apply", "--failed", failed.toString()))
                    .isEqualTo(FAULTS);
            assertThat(err.toString()).isEmpty();
            fleetline.settle();
            assertThat(fleetline.device(SampleFleet.imei(1))).isPresent();

            Files.writeString(failed, Files.readString(failed).replace("99999900000002A;8914", row(2)));
            assertThat(run(fleetline, failed, false, "--apply", "--json")).isZero();
            JsonNode summary = EdgeJson.JSON.readTree(out.toString());
            assertThat(summary.at("/counts/ordered").asInt()).isOne();
            fleetline.settle();
            assertThat(Stream.of(1, 2).map(SampleFleet::imei).map(Imei::digits))
                    .allSatisfy(imei -> assertThat(orders(fleetline, imei)).isOne());

            assertThat(run(fleetline, failed, false, "--apply")).isZero();
            assertThat(out.toString()).contains("complete: 1 rows, of which 1 ordered already");
            fleetline.settle();
            assertThat(orders(fleetline, SampleFleet.imei(2).digits())).isOne();
        }
    }

    @Test
    void a_spreadsheet_with_every_fault_is_told_each_by_its_line_and_with_what_to_do() {
        Path file = Path.of("").toAbsolutePath().resolve("../../events/samples/bulk-onboarding/every-fault.csv");
        try (LocalFleetline fleetline =
                LocalFleetline.startAgreed(LocalSetup.onFreePorts(Path.of("").toAbsolutePath()))) {
            assertThat(run(fleetline, file, false)).isEqualTo(FAULTS);
        }

        assertThat(out.toString())
                .containsPattern("3 +fault +imei +an IMEI has digits only")
                .containsPattern("4 +note +imei +16 digits are an IMEISV")
                .containsPattern("5 +fault +iccid +a spreadsheet has made a rounded number")
                .containsPattern("[67] +fault +iccid +the file has another ICCID for the same IMEI")
                .containsPattern("[89] +fault +imei +the file has another IMEI for the same ICCID")
                .containsPattern("10 +fault +row +the same IMEI and ICCID stand in line 2 already; delete this row")
                .contains("partly: 16 rows, of which 2 to be ordered, 9 faulty, 5 duplicates");
    }

    @Test
    void nothing_ordered_is_a_failure_and_people_are_told() throws IOException {
        Path file = Files.writeString(folder.resolve("none.csv"), "imei;iccid\n1;2\n");
        try (LocalFleetline fleetline =
                LocalFleetline.startAgreed(LocalSetup.onFreePorts(Path.of("").toAbsolutePath()))) {
            assertThat(run(fleetline, file, false, "--apply")).isEqualTo(CommandLine.ExitCode.SOFTWARE);

            assertThat(out.toString()).contains("nothing: 1 rows, of which 1 faulty");
            fleetline.settle();
            assertThat(fleetline.metrics().path("messagesToPeople").asInt()).isOne();
            assertThat(run(fleetline, Files.writeString(file, ""), false)).isEqualTo(FAULTS);
            assertThat(out.toString()).contains("refused: 0 rows; the file is empty");
        }
    }

    @Test
    void a_file_that_is_too_large_is_not_even_uploaded() throws IOException {
        Path file = folder.resolve("large.csv");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(1L << 30);
        }
        try (LocalFleetline fleetline =
                LocalFleetline.start(LocalSetup.onFreePorts(Path.of("").toAbsolutePath()))) {
            assertThat(run(fleetline, file, false)).isEqualTo(FAULTS);
            assertThat(err.toString()).contains("the file has 1024 MB, and may have 50");
            assertThat(fleetline.events()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nowhere.csv --local", "nowhere.csv --stack", "nowhere.csv --apple --local"})
    void a_typing_mistake_is_told_with_the_way_to_help(String words) {
        assertThat(execute(false, words.isEmpty() ? new String[0] : words.split(" ", -1)))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).startsWith("fleetline: ").contains("--help");
    }

    private static String row(int device) {
        return SampleFleet.imei(device).digits() + ";"
                + SampleFleet.iccid(device).digits();
    }

    private static long orders(LocalFleetline fleetline, String imei) {
        return fleetline
                .events()
                .valueStream()
                .filter(event -> event.path("detail-type").asText().equals("DeviceOnboardingRequested"))
                .filter(event -> event.at("/detail/imei").asText().equals(imei))
                .count();
    }

    private int run(LocalFleetline fleetline, Path file, boolean isTerminal, String... more) {
        return execute(
                isTerminal,
                Stream.concat(
                                Stream.of(
                                        file.toString(),
                                        "--local",
                                        "--url",
                                        fleetline.baseUri().toString()),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private int execute(boolean isTerminal, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var surroundings = new Surroundings(Map.of(), InstantSource.system(), Pause.real(), new Random(7));
        return FleetlineCommand.inOneLine(new CommandLine(new BulkCommand(surroundings, isTerminal)))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(List.of(arguments).toArray(String[]::new));
    }
}

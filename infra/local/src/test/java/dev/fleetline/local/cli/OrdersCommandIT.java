package dev.fleetline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.device.Imei;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.local.LocalFleetline;
import dev.fleetline.local.LocalSetup;
import dev.fleetline.testing.SimulatorDesk;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** A person at a terminal who looks at orders and decides about one. */
class OrdersCommandIT {

    private static final Instant NOON = Instant.parse("2026-03-02T15:00:00Z");
    private static final String IMEI = "999999000000014";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void an_order_whose_activation_was_lost_is_listed_shown_and_released_and_one_under_way_is_not_retired()
            throws IOException {
        try (LocalFleetline fleetline = LocalFleetline.startAgreed(
                LocalSetup.onFreePorts(Path.of("").toAbsolutePath()).standingAt(NOON))) {
            SimulatorDesk platform = new SimulatorDesk(fleetline.simulatorUri());
            assertThat(run(fleetline, "list")).isZero();
            assertThat(out.toString()).contains("ORDERED", "0 orders");
            unclear(fleetline, platform);

            assertThat(run(fleetline, "list", "--state", "UNCLEAR")).isZero();
            assertThat(out.toString())
                    .containsPattern("UNCLEAR +- .*core +" + IMEI + " +order-1")
                    .contains("1 orders");
            assertThat(run(fleetline, "list", "--state", "PARKED", "--json")).isZero();
            assertThat(EdgeJson.JSON.readTree(out.toString()).path("orders")).isEmpty();
            assertThat(run(fleetline, "show", IMEI)).isZero();
            assertThat(out.toString())
                    .contains("\"state\" : \"UNCLEAR\"", "done")
                    .containsPattern("AT +WHAT +BY +NOTE")
                    .containsPattern("T15:00:00Z +REQUESTED +order-1\\R")
                    .containsPattern("T15:00:00Z +UNCLEAR +order-1 +\\S");

            assertThat(run(fleetline, "release", IMEI, "--by", "ana", "--why", "support says so"))
                    .isZero();
            assertThat(out.toString()).startsWith("done, the device is REGISTERED");
            fleetline.settle();
            assertThat(state(fleetline)).isEqualTo("ACTIVATING");
            assertThat(run(fleetline, "release", IMEI, "--by", "ana", "--why", "once more"))
                    .isZero();
            assertThat(out.toString()).startsWith("already, the device is ACTIVATING: the order is under way");

            assertThat(run(fleetline, "retire", IMEI, "--by", "ana", "--why", "not wanted"))
                    .isEqualTo(CommandLine.ExitCode.SOFTWARE);
            assertThat(err.toString()).startsWith("fleetline: refused, the device is ACTIVATING");
            assertThat(run(fleetline, "retire", "999999000000022", "--by", "ana", "--why", "not wanted"))
                    .isEqualTo(CommandLine.ExitCode.SOFTWARE);
            assertThat(err.toString()).contains("unknown: no such device was ever ordered here");
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
                    ``, `Missing subcommand: list, show, release or retire`
                    `list`, say which Fleetline
                    `show --local`, `Missing required parameter: 'IMEI'`
                    `show 12 --local`, an IMEI has 15 digits
                    `release 999999000000014 --why x --local`, `Missing required option: '--by=NAME'`
                    `retire 999999000000014 --by ana --local`, `Missing required option: '--why=TEXT'`
                    """)
    void what_is_mistyped_is_said_in_one_line(String typed, String said) {
        assertThat(execute(typed.isEmpty() ? new String[0] : typed.split(" ", -1)))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString().strip().lines()).singleElement().asString().contains(said, "--help");
    }

    /** An order of a Core device whose activation never arrived, which nobody knows. */
    private static void unclear(LocalFleetline fleetline, SimulatorDesk platform) throws IOException {
        platform.faults("{\"lostActivation\":1}");
        var order = (ObjectNode) EdgeJson.JSON.readTree("""
                {"schemaVersion":1,"onboardingId":"order-1","imei":"999999000000014","iccid":"89148000009999900014"}
                """);
        assertThat(fleetline.put("example.shop", "DeviceOnboardingRequested", order))
                .isEmpty();
        fleetline.settle();
        assertThat(state(fleetline)).isEqualTo("UNCLEAR");
    }

    private static String state(LocalFleetline fleetline) {
        return fleetline
                .device(new Imei(IMEI))
                .map(device -> device.path("state").asText())
                .orElseThrow();
    }

    private int run(LocalFleetline fleetline, String... arguments) {
        return execute(Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--local", "--url", fleetline.baseUri().toString()))
                .toArray(String[]::new));
    }

    private int execute(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var surroundings = new Surroundings(Map.of(), InstantSource.fixed(NOON), _ -> {}, new Random(7));
        return FleetlineCommand.inOneLine(new CommandLine(new OrdersCommand(surroundings)))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}

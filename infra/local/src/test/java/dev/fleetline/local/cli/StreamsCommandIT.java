package dev.fleetline.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.local.LocalFleetline;
import dev.fleetline.local.LocalSetup;
import dev.fleetline.testing.SimulatorDesk;
import dev.fleetline.testing.aws.LoopbackAws;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** A person at a terminal who looks after streams and listeners. */
class StreamsCommandIT {

    private static final Instant NOON = Instant.parse("2026-03-02T15:00:00Z");
    private static final int DIFFERS = 3;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String types = "";

    @Test
    void a_plan_is_carried_out_watched_and_torn_down_after_a_question() throws IOException {
        try (LocalFleetline fleetline = LocalFleetline.start(
                LocalSetup.onFreePorts(Path.of("").toAbsolutePath()).standingAt(NOON))) {
            assertThat(run(fleetline, "plan")).isZero();
            assertThat(out.toString()).contains("core", "not-set-up", "(there has never been a token of core)");
            assertThat(run(fleetline, "watch")).isZero();
            assertThat(out.toString()).contains("neither Core nor M2M has ever had a token");

            fleetline.authorize();
            assertThat(run(fleetline, "plan")).isEqualTo(DIFFERS);
            assertThat(out.toString().lines()).first().asString().matches("PART +OUTCOME +STEPS, AND \\(NOTES\\)");
            assertThat(out.toString())
                    .containsPattern("core +differs +create target")
                    .contains("subscribe to ts.event");
            assertThat(err.toString()).isEqualToIgnoringNewLines("fleetline: differs: core");

            assertThat(run(fleetline, "repair", "--json")).isZero();
            JsonNode reply = EdgeJson.JSON.readTree(out.toString());
            assertThat(reply.at("/parts/0/outcome").asText()).isEqualTo("repaired");
            assertThat(run(fleetline, "plan")).isZero();
            assertThat(run(fleetline, "watch")).isZero();
            assertThat(out.toString()).containsPattern("core/ts.event +in-order");

            types = "no\n";
            assertThat(run(fleetline, "tear-down")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
            assertThat(err.toString()).contains("Type yes to go on", "nothing was deleted");
            assertThat(run(fleetline, "plan")).isZero();

            types = "yes\n";
            assertThat(run(fleetline, "tear-down")).isZero();
            assertThat(out.toString()).contains("delete subscription ts.event");
            assertThat(run(fleetline, "watch")).isZero();
            assertThat(out.toString()).containsPattern("all +torn-down");
            assertThat(run(fleetline, "plan")).isEqualTo(DIFFERS);
            assertThat(run(fleetline, "tear-down", "--yes")).isZero();
        }
    }

    @Test
    void what_fails_is_named_and_is_no_success() {
        try (LocalFleetline fleetline = LocalFleetline.startAgreed(
                LocalSetup.onFreePorts(Path.of("").toAbsolutePath()).standingAt(NOON))) {
            new SimulatorDesk(fleetline.simulatorUri()).faults("{\"errors\":9}");

            assertThat(run(fleetline, "repair")).isEqualTo(CommandLine.ExitCode.SOFTWARE);

            assertThat(out.toString()).containsPattern("core +failed +\\(listing the targets");
            assertThat(err.toString()).isEqualToIgnoringNewLines("fleetline: failed: core");
        }
    }

    @ParameterizedTest
    @CsvSource({"differs, 3", "taken, 1"})
    void of_a_deployed_stack_the_function_is_asked_by_its_stage(String outcome, int exitCode) throws IOException {
        var asked = new ArrayList<String>();
        HttpServer aws = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        aws.createContext("/", exchange -> answer(exchange, outcome, asked));
        aws.start();
        String endpoint = "http://127.0.0.1:" + aws.getAddress().getPort();
        var surroundings = new Surroundings(
                Map.of(
                        "AWS_ACCESS_KEY_ID",
                        "loopback",
                        "AWS_SECRET_ACCESS_KEY",
                        "loopback",
                        "AWS_ENDPOINT_URL_CLOUDFORMATION",
                        endpoint,
                        "AWS_ENDPOINT_URL_LAMBDA",
                        endpoint),
                InstantSource.fixed(NOON),
                _ -> {},
                new Random(7));

        try {
            assertThat(execute(surroundings, "plan", "--stack", "fleetline-dev", "--region", LoopbackAws.REGION))
                    .isEqualTo(exitCode);
        } finally {
            aws.stop(0);
        }

        assertThat(asked)
                .containsExactly("/2015-03-31/functions/fleetline-dev-stream-subscription%3Alive/invocations"
                        + " {\"task\":\"dry-run\"}");
        assertThat(out.toString()).containsPattern("diagnostics +" + outcome + " +register Diagnostics");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
                    ``, `Missing subcommand: plan, repair, watch or tear-down`
                    `plan`, say which Fleetline
                    `plan --local --stack fleetline-dev`, say which Fleetline
                    `repair --local --region us-east-1`, --region goes with --stack
                    `watch --stack fleetline-dev --url http://127.0.0.1:1`, --url goes with --local
                    `tear-down --local --url nowhere`, --url must be an address
                    `repair --local --yes`, `Unknown option: '--yes'`
                    `polish`, `Unmatched argument at index 0: 'polish'`
                    """)
    void what_is_mistyped_is_said_in_one_line(String typed, String said) {
        assertThat(execute(surroundings(), typed.isEmpty() ? new String[0] : typed.split(" ", -1)))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString().strip().lines()).singleElement().asString().contains(said, "--help");
    }

    @Test
    void where_nothing_answers_it_says_what_to_start_and_deletes_nothing() {
        types = "yes\n";

        assertThat(execute(surroundings(), "tear-down", "--local", "--url", "http://127.0.0.1:9"))
                .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("nothing answers at http://127.0.0.1:9", "fleetline up");
    }

    /** CloudFormation as far as a stack tells its stage, and Lambda as far as it hands on a reply. */
    private static void answer(HttpExchange exchange, String outcome, List<String> asked) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            String answer;
            if (body.contains("Action=DescribeStacks")) {
                exchange.getResponseHeaders().set("content-type", "text/xml");
                answer = """
                        <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
                        <DescribeStacksResult><Stacks><member><StackName>fleetline-dev</StackName>
                        <StackStatus>UPDATE_COMPLETE</StackStatus><CreationTime>2026-03-02T12:00:00Z</CreationTime>
                        <Parameters><member><ParameterKey>Stage</ParameterKey><ParameterValue>dev</ParameterValue>
                        </member></Parameters></member></Stacks></DescribeStacksResult></DescribeStacksResponse>""";
            } else {
                asked.add(exchange.getRequestURI().getRawPath() + " " + body);
                answer = "{\"task\":\"dry-run\",\"parts\":[{\"part\":\"diagnostics\",\"outcome\":\"" + outcome
                        + "\",\"steps\":[\"register Diagnostics\"],\"notes\":[]}]}";
            }
            byte[] bytes = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private int run(LocalFleetline fleetline, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--local", "--url", fleetline.baseUri().toString()));
        return execute(surroundings(), all.toArray(String[]::new));
    }

    private int execute(Surroundings surroundings, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return FleetlineCommand.inOneLine(new CommandLine(
                        new StreamsCommand(surroundings, new ByteArrayInputStream(types.getBytes(UTF_8)))))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static Surroundings surroundings() {
        return new Surroundings(Map.of(), InstantSource.fixed(NOON), _ -> {}, new Random(7));
    }
}

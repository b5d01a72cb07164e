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
import dev.fleetline.testing.SampleFleet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** People who look after alerts: at a terminal, and with a link out of a message. */
class AlertsCommandIT {

    private static final Instant NOON = Instant.parse("2026-03-02T15:00:00Z");
    private static final Pattern LINK = Pattern.compile("http://127[^ ]+/alert-links/[0-9a-f]+/acknowledge\\S+");
    private static final int NO = 3;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void an_alert_is_told_listed_looked_after_and_silenced_and_no_link_is_in_an_event() throws Exception {
        try (LocalFleetline fleetline = LocalFleetline.startAgreed(
                LocalSetup.onFreePorts(Path.of("").toAbsolutePath()).standingAt(NOON))) {
            assertThat(run(fleetline, "list")).isZero();
            assertThat(out.toString()).contains("No alert is open");

            String alert = lowBattery(fleetline);
            String message = message(fleetline, "CRITICAL BATTERY_LOW");
            assertThat(message).contains("What to do: ", "/BATTERY_LOW.md");

            assertThat(run(fleetline, "list")).isZero();
            assertThat(out.toString()).contains(alert, "CRITICAL", "BATTERY_LOW", "open");

            Matcher link = LINK.matcher(message);
            assertThat(link.find()).isTrue();
            assertThat(get(link.group())).contains("<form method=\"post\"");
            assertThat(post(link.group(), "by=Ada&why=" + URLEncoder.encode("on my way", UTF_8)))
                    .contains("Ada looks after it");
            fleetline.settle();
            assertThat(message(fleetline, "Somebody looks after BATTERY_LOW")).contains("Ada", "on my way");

            assertThat(run(fleetline, "list")).isZero();
            assertThat(out.toString()).contains("acknowledged", "(Ada: on my way)");
            assertThat(run(fleetline, "ack", alert.substring(0, 8), "--why", "me too", "--by", "Grace"))
                    .isEqualTo(NO);
            assertThat(err.toString()).contains("Ada has acknowledged it already");
            assertThat(run(fleetline, "snooze", alert, "--for", "4h", "--why", "battery comes", "--by", "Grace"))
                    .isZero();
            assertThat(run(fleetline, "list", "--json")).isZero();
            assertThat(EdgeJson.JSON.readTree(out.toString()).path("until").asText())
                    .isEqualTo("2026-03-02T19:30:00Z");
            assertThat(run(fleetline, "resolve", alert, "--why", "I say so")).isEqualTo(NO);
            assertThat(err.toString()).contains("still so");
            assertThat(run(fleetline, "ack", "00000000", "--why", "nothing")).isEqualTo(NO);
            assertThat(err.toString()).contains("no open alert has an id that begins with 00000000");

            assertThat(fleetline.events().toString()).doesNotContain("alert-links", "signature=");
        }
    }

    @Test
    void a_deployed_api_is_asked_with_a_signature_of_aws() throws IOException {
        List<String> asked = new ArrayList<>();
        HttpServer api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", exchange -> answer(exchange, asked));
        api.start();
        URI base = URI.create("http://127.0.0.1:" + api.getAddress().getPort());
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "loopback"));

        try (AlertDesk desk = new AlertDesk(base, AlertDeskLogin.aws(credentials, "us-east-1"), "is it there?")) {
            assertThat(desk.open()).isEmpty();
            JsonNode no = desk.tend(
                    "7f246b6619bc5fa7a95ae61ca3702054",
                    "acknowledge",
                    EdgeJson.JSON.createObjectNode().put("why", "w"));
            assertThat(no.path("outcome").asText()).isEqualTo("already-over");
        } finally {
            api.stop(0);
        }

        assertThat(asked).hasSize(2).allSatisfy(request -> assertThat(request)
                .contains("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
                .contains("/us-east-1/execute-api/aws4_request"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | Missing subcommand: list, ack, snooze or resolve",
                "list | either --local or --stack NAME",
                "list --local --stack x | either --local or --stack NAME",
                "ack --local --why x | Missing required parameter: 'ALERT'",
                "ack 7f246b66 --local | Missing required option: '--why=TEXT'",
                "ack Pump14 --local --why x | ALERT must be an id as \"alerts list\" shows it",
                "ack 7f2 --local --why x | ALERT must be an id as \"alerts list\" shows it",
                "ack 7f246b66 --local --why= | --why must be a reason of 1 to 500 characters",
                "ack 7f246b66 --local --why x --by= | --by must be a name of 1 to 80 characters",
                "snooze 7f246b66 --local --why x | Missing required option: '--for=TIME'",
                "snooze 7f246b66 --local --why x --for soon | --for must be a time such as 90m, 4h or 2d",
                "snooze 7f246b66 --local --why x --for 15d | 14 days at most: 15d",
                "snooze 7f246b66 --local --why x --for 0h | --for must be a time",
                "snooze 7f246b66 --local --why x --for -4h | --for must be a time",
                "aknowledge 7f246b66 --local | Unmatched argument"
            })
    void a_typing_mistake_is_told_in_one_line_with_where_help_is(String typed, String complaint) {
        assertThat(execute(typed.isEmpty() ? new String[0] : typed.split(" ", -1)))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains(complaint);
        assertThat(err.toString().lines().filter(line -> line.startsWith("fleetline:")))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void where_nothing_runs_it_says_how_to_start_it() {
        assertThat(execute("list", "--local", "--url", "http://127.0.0.1:9")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("nothing answers at http://127.0.0.1:9", "infra/local/fleetline up");
    }

    /** Device 1 is ordered and reports 8 %; the id of the alert about it. */
    private static String lowBattery(LocalFleetline fleetline) throws Exception {
        String imei = SampleFleet.imei(1).digits();
        post(fleetline.baseUri() + "/local/events", """
                {"source":"example.shop","detail-type":"DeviceOnboardingRequested","detail":{"schemaVersion":1,
                 "onboardingId":"order-1","imei":"%s","iccid":"%s"}}
                """.formatted(
                        imei, SampleFleet.iccid(1).digits()));
        fleetline.settle();
        fleetline.forward(Duration.ofMinutes(30), false);
        fleetline.settle();
        post(fleetline.simulatorUri() + "/control/reports", "{\"imei\":\"" + imei + "\",\"battery\":8}");
        fleetline.settle();
        return fleetline.alerts().path(0).path("alertId").asText();
    }

    private static String message(LocalFleetline fleetline, String subject) {
        return fleetline
                .messages()
                .valueStream()
                .filter(message -> message.path("subject").asText().startsWith(subject))
                .findFirst()
                .map(message -> message.path("text").asText())
                .orElseThrow(() -> new AssertionError("nobody was told: " + subject + ", but " + fleetline.messages()));
    }

    private static void answer(HttpExchange exchange, List<String> asked) throws IOException {
        try (exchange) {
            asked.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            boolean list = exchange.getRequestMethod().equals("GET");
            byte[] body = (list
                            ? "{\"alerts\":[]}"
                            : "{\"outcome\":\"already-over\",\"message\":\"this alert is over\"}")
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(list ? 200 : 409, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String get(String address) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(address)));
    }

    private static String post(String address, String body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(address))
                .header("content-type", body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    private static String send(HttpRequest.Builder request) throws Exception {
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return http.send(request.build(), BodyHandlers.ofString()).body();
        }
    }

    private int run(LocalFleetline fleetline, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--local", "--url", fleetline.baseUri().toString()));
        return execute(all.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return FleetlineCommand.inOneLine(new CommandLine(new AlertsCommand(
                        new Surroundings(Map.of(), InstantSource.fixed(NOON), _ -> {}, new Random(7)))))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}

package dev.fleetline.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fleetline.lambda.Pause;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.local.LocalFleetline;
import dev.fleetline.local.LocalSetup;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.SecretsManagerStandIn;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** A person at a terminal; what happens while the command waits, the test does in its pauses. */
class AuthorizeCommandIT {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final String SECRET = "fleetline/dev/core/token";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final AtomicInteger pauses = new AtomicInteger();
    private final HttpClient browser =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();

    @AfterEach
    void close() {
        browser.close();
    }

    @Test
    void with_the_simulator_the_whole_way_is_gone_without_a_browser() {
        try (LocalFleetline fleetline = up()) {
            assertThat(run(nobody(), "--local", "--url", fleetline.baseUri().toString(), "--open"))
                    .isZero();

            assertThat(out.toString())
                    .isEqualToIgnoringNewLines("Authorised. The token is good until" + " 2026-04-01T12:00:00Z.");
            assertThat(pauses).hasValue(0);
            fleetline.settle();
            assertThat(fleetline.events().toString())
                    .contains("TokenRefreshed", "fleetline.token-authorization")
                    .doesNotContain("accessToken");
        }
    }

    @Test
    void a_person_with_a_browser_is_waited_for() {
        try (LocalFleetline fleetline = up()) {
            Pause whileThePersonReads = _ -> {
                if (pauses.incrementAndGet() == 3) {
                    assertThat(open(link())).contains("Fleetline is authorised");
                }
            };

            assertThat(run(
                            whileThePersonReads,
                            "--local",
                            "--url",
                            fleetline.baseUri().toString()))
                    .isZero();

            assertThat(pauses).hasValue(3);
            assertThat(out.toString())
                    .contains("log in as the owner of the devices", "good until 2026-04-01T12:00:00Z");
        }
    }

    @Test
    void whoever_does_not_come_is_not_waited_for_longer_than_the_link_counts() {
        try (LocalFleetline fleetline = up()) {
            assertThat(run(nobody(), "--local", "--url", fleetline.baseUri().toString()))
                    .isEqualTo(CommandLine.ExitCode.SOFTWARE);

            assertThat(pauses).hasValue(300);
            assertThat(err.toString())
                    .isEqualToIgnoringNewLines("fleetline: no new token within 10 minutes; what the"
                            + " browser shows says why. Begin again when you like");
        }
    }

    @Test
    void a_local_fleetline_begins_and_ends_at_addresses_without_the_first_segment() throws Exception {
        try (LocalFleetline fleetline = up()) {
            String begun = fleetline.baseUri() + "/oauth2/authorize";
            assertThat(open(URI.create(begun))).contains("Fleetline is authorised");

            assertThat(open(URI.create(fleetline.baseUri() + "/only-on-this-machine/oauth2/callback?code=a&state=b")))
                    .contains("This link does not count");
            assertThat(open(URI.create(fleetline.baseUri() + "/local/token")))
                    .contains("\"endsAt\":\"2026-04-01T12:00:00Z\"")
                    .doesNotContain("accessToken");
        }
    }

    @Test
    void when_nothing_answers_it_says_what_to_start() {
        assertThat(run(nobody(), "--local", "--url", "http://127.0.0.1:1")).isEqualTo(CommandLine.ExitCode.SOFTWARE);

        assertThat(err.toString())
                .isEqualToIgnoringNewLines("fleetline: nothing answers at http://127.0.0.1:1; start"
                        + " it in another terminal: infra/local/fleetline up");
    }

    @ParameterizedTest
    @CsvSource({
        "'', say which Fleetline: either --local or --stack NAME",
        "--local --stack fleetline-dev, say which Fleetline: either --local or --stack NAME",
        "--stack, Missing required parameter for option '--stack' (NAME)",
        "--stack fleetline-dev --open, --url and --open go with --local",
        "--stack fleetline-dev --url http://127.0.0.1:8700, --url and --open go with --local",
        "--local --region eu-central-1, --region goes with --stack",
        "--local --url 127.0.0.1, --url must be an address such as http://127.0.0.1:8700",
        "--lokal, 'Unknown option: ''--lokal'''",
    })
    void a_typing_mistake_is_one_clear_line(String typed, String told) {
        assertThat(run(nobody(), typed.isEmpty() ? new String[0] : typed.split(" ", -1)))
                .isEqualTo(CommandLine.ExitCode.USAGE);

        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .isEqualTo("fleetline: " + told + " (see: authorize --help)");
    }

    @Test
    void a_deployed_stack_is_watched_by_the_version_of_its_token_and_the_token_is_never_read() throws Exception {
        try (SecretsManagerStandIn secretsManager = SecretsManagerStandIn.start(InstantSource.fixed(NOON));
                SecretsManagerClient secrets = LoopbackAws.aim(
                                SecretsManagerClient.builder(), secretsManager.endpoint())
                        .build();
                var aws = new StackOnLoopback(
                        200, stackWith("AuthorizeUrl", "https://api.example.test/path/oauth2/authorize"))) {
            secrets.createSecret(create -> create.name(SECRET).secretString("{\"state\":\"none\"}"));
            Pause untilThePersonHasConsented = _ -> {
                if (pauses.incrementAndGet() == 2) {
                    secrets.putSecretValue(put -> put.secretId(SECRET)
                            .clientRequestToken("22222222-2222-4222-8222-222222222222")
                            .secretString("{\"state\":\"valid\",\"accessToken\":\"hush-hush\"}"));
                }
            };

            assertThat(run(
                            surroundings(untilThePersonHasConsented, aws.endpoint(), secretsManager.endpoint()),
                            "--stack",
                            "fleetline-dev"))
                    .isZero();

            assertThat(out.toString())
                    .contains(
                            "  https://api.example.test/path/oauth2/authorize",
                            "the new version 22222222-2222-4222-8222-222222222222")
                    .doesNotContain("hush-hush");
            assertThat(secretsManager.calls("GetSecretValue")).isZero();
        }
    }

    @Test
    void a_stack_of_an_older_version_or_none_is_told_in_one_line() throws Exception {
        URI nowhere = URI.create("http://127.0.0.1:1");
        try (var older = new StackOnLoopback(200, stackWith("BusName", "fleetline-dev"))) {
            run(surroundings(nobody(), older.endpoint(), nowhere), "--stack", "fleetline-dev");
        }
        try (var none = new StackOnLoopback(400, """
                <ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type>
                <Code>ValidationError</Code><Message>Stack with id fleetline-typo does not exist</Message></Error>
                <RequestId>r</RequestId></ErrorResponse>""")) {
            run(surroundings(nobody(), none.endpoint(), nowhere), "--stack", "fleetline-typo");
        }

        assertThat(err.toString().lines())
                .containsExactly(
                        "fleetline: the stack fleetline-dev has no output CoreTokenSecretName; deploy this version of"
                                + " Fleetline first: infra/deploy",
                        "fleetline: AWS: Stack with id fleetline-typo does not exist");
    }

    /** CloudFormation as far as a stack is described. */
    private static final class StackOnLoopback implements AutoCloseable {

        private final HttpServer server;
        private final int status;
        private final String answer;

        StackOnLoopback(int status, String answer) throws IOException {
            this.status = status;
            this.answer = answer;
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::describe);
            server.start();
        }

        URI endpoint() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        private void describe(HttpExchange exchange) throws IOException {
            try (exchange) {
                String asked = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
                byte[] body = answer.getBytes(UTF_8);
                exchange.getResponseHeaders().set("content-type", "text/xml");
                exchange.sendResponseHeaders(asked.contains("Action=DescribeStacks") ? status : 500, body.length);
                exchange.getResponseBody().write(body);
            }
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private static String stackWith(String key, String value) {
        String secret = key.equals("AuthorizeUrl") ? output("CoreTokenSecretName", SECRET) : "";
        return """
                <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult>
                <Stacks><member><StackName>fleetline-dev</StackName><StackStatus>UPDATE_COMPLETE</StackStatus>
                <CreationTime>2026-03-02T12:00:00Z</CreationTime><Outputs>%s%s</Outputs></member></Stacks>
                </DescribeStacksResult></DescribeStacksResponse>""".formatted(output(key, value), secret);
    }

    private static String output(String key, String value) {
        return "<member><OutputKey>" + key + "</OutputKey><OutputValue>" + value + "</OutputValue></member>";
    }

    private static LocalFleetline up() {
        return LocalFleetline.startAgreed(
                LocalSetup.onFreePorts(Path.of("").toAbsolutePath()).standingAt(NOON));
    }

    private Pause nobody() {
        return _ -> pauses.incrementAndGet();
    }

    private URI link() {
        var link = Pattern.compile("(?m)^ {2}(http\\S+)$").matcher(out.toString());
        assertThat(link.find()).isTrue();
        return URI.create(link.group(1));
    }

    private String open(URI address) {
        try {
            return browser.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private int run(Pause pause, String... arguments) {
        return run(new Surroundings(Map.of(), InstantSource.fixed(NOON), pause, new Random(7)), arguments);
    }

    private int run(Surroundings surroundings, String... arguments) {
        return FleetlineCommand.inOneLine(new CommandLine(new AuthorizeCommand(surroundings)))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(List.of(arguments).toArray(String[]::new));
    }

    private static Surroundings surroundings(Pause pause, URI cloudFormation, URI secretsManager) {
        return new Surroundings(
                Map.of(
                        "AWS_DEFAULT_REGION",
                        LoopbackAws.REGION,
                        "AWS_ACCESS_KEY_ID",
                        "loopback",
                        "AWS_SECRET_ACCESS_KEY",
                        "loopback",
                        "AWS_ENDPOINT_URL_CLOUDFORMATION",
                        cloudFormation.toString(),
                        "AWS_ENDPOINT_URL_SECRETS_MANAGER",
                        secretsManager.toString()),
                InstantSource.fixed(NOON),
                pause,
                new Random(7));
    }
}

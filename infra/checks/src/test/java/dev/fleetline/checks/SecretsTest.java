package dev.fleetline.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.checks.StubbedShell.Ran;
import dev.fleetline.thingspacesimulator.SimulatorConfig;
import dev.fleetline.thingspacesimulator.ThingSpaceSimulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code infra/secrets} towards the simulator, with Secrets Manager played by a stub that writes down what it gets. */
class SecretsTest {

    private static final Path SCRIPT = ProjectTree.path("infra/secrets");
    private static final String CLIENT_SECRET = "22222222-2222-4222-8222-222222222222";
    private static final String RECEIVER = "https://api.example.test/unguessable-path/stream";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // filled before each test
    private StubbedShell shell;

    private final ThingSpaceSimulator platform = ThingSpaceSimulator.start(SimulatorConfig.onFreePort());
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void a_deployed_stack_that_speaks_to_the_simulator() {
        shell = new StubbedShell(folder)
                .has("aws")
                .answers("aws", "OutputKey=='StreamTargetUrl'", RECEIVER + "\n")
                .answers("aws", "ParameterKey=='ThingSpaceCoreUrl'", platform.baseUri() + "/core\n");
    }

    @AfterEach
    void stop() {
        http.close();
        platform.close();
    }

    @Test
    void what_is_missing_is_named_by_its_field_and_what_is_there_is_not_shown() {
        holds("core/client", "{\"clientId\":\"id\",\"clientSecret\":\"hush-hush\"}");
        holds("callback", "{}");
        holds("core/token", "{\"state\":\"none\"}");

        Ran ran = shell.run("", SCRIPT, "dev");

        assertThat(ran.out())
                .contains(
                        "fleetline/dev/core/client: filled in",
                        "fleetline/dev/callback: missing streamKey; mend it: infra/secrets dev callback",
                        "fleetline/dev/core/token: missing accessToken")
                .doesNotContain("hush-hush");
    }

    @Test
    void the_application_s_secret_goes_to_aws_by_standard_input_alone() {
        Ran ran = shell.run("an-id\nhush-hush\nhttps://app.example.test/callback\n", SCRIPT, "dev", "core-client");

        assertThat(ran.status()).isZero();
        assertThat(json(shell.stdin()))
                .isEqualTo(json("{\"clientId\":\"an-id\",\"clientSecret\":\"hush-hush\","
                        + "\"redirectUri\":\"https://app.example.test/callback\"}"));
        assertThat(shell.calls())
                .singleElement()
                .asString()
                .contains("put-secret-value", "fleetline/dev/core/client", "file:///dev/stdin");
        isNowhere("hush-hush", ran);
    }

    @Test
    void realms_that_nobody_set_up_are_said_to_be_out_of_use_and_how_to_use_them() {
        holds("m2m/client", "{}");
        holds("m2m/token", "{\"state\":\"none\"}");
        holds("edge/client", "{}");
        holds("edge/token", "{\"state\":\"none\"}");

        Ran ran = shell.run("", SCRIPT, "dev");

        assertThat(ran.status()).isZero();
        assertThat(ran.out())
                .contains(
                        "M2M is not in use; to use it: infra/secrets dev m2m-user, then infra/secrets dev m2m-client",
                        "5G Edge is not in use; to use it: infra/secrets dev edge-client")
                .doesNotContain("dev/m2m/", "dev/edge/");
    }

    @Test
    void of_a_realm_in_use_each_secret_is_told_and_none_is_shown() {
        holds("m2m/client", "{\"clientId\":\"id\",\"clientSecret\":\"hush-1\"}");
        holds("m2m/user", "{\"username\":\"somebody\"}");
        holds("m2m/token", "{\"state\":\"none\"}");
        holds("edge/client", "{}");
        holds("edge/token", "{\"state\":\"valid\",\"accessToken\":\"hush-2\"}");

        Ran ran = shell.run("", SCRIPT, "dev");

        assertThat(ran.out())
                .contains(
                        "M2M is in use",
                        "fleetline/dev/m2m/client: filled in",
                        "fleetline/dev/m2m/user: missing password; mend it: infra/secrets dev m2m-user",
                        "fleetline/dev/m2m/token: none so far",
                        // a token whose client was taken away is still looked after, and that fails
                        "5G Edge is in use",
                        "fleetline/dev/edge/client: missing clientId, clientSecret",
                        "fleetline/dev/edge/token: filled in")
                .doesNotContain("hush", "somebody");
    }

    @Test
    void a_new_key_of_links_is_made_goes_to_aws_by_standard_input_alone_and_is_not_shown() {
        Ran ran = shell.run("", SCRIPT, "dev", "alert-links");

        assertThat(ran.status()).isZero();
        String key = json(shell.stdin()).path("key").asText();
        assertThat(key).matches("[A-Za-z0-9_-]{64}");
        assertThat(shell.calls())
                .singleElement()
                .asString()
                .contains("put-secret-value", "fleetline/dev/alert-links/key", "file:///dev/stdin");
        assertThat(ran.out()).contains("go on until this is called again");
        isNowhere(key, ran);
    }

    @Test
    void the_user_of_m2m_goes_to_aws_by_standard_input_alone() {
        Ran ran = shell.run("a-user\nhush-hush\n", SCRIPT, "dev", "m2m-user");

        assertThat(ran.status()).isZero();
        assertThat(json(shell.stdin())).isEqualTo(json("{\"username\":\"a-user\",\"password\":\"hush-hush\"}"));
        assertThat(shell.calls())
                .singleElement()
                .asString()
                .contains("put-secret-value", "fleetline/dev/m2m/user", "file:///dev/stdin");
        isNowhere("hush-hush", ran);
        isNowhere("a-user", ran);
    }

    @ParameterizedTest
    @CsvSource({"m2m-client, m2m/client", "edge-client, edge/client"})
    void the_application_s_secret_of_another_realm_goes_the_same_way(String task, String secret) {
        holds("m2m/user", "{\"username\":\"a-user\",\"password\":\"pass\"}");

        Ran ran = shell.run("an-id\nhush-hush\n", SCRIPT, "dev", task);

        assertThat(ran.status()).isZero();
        assertThat(json(shell.stdin())).isEqualTo(json("{\"clientId\":\"an-id\",\"clientSecret\":\"hush-hush\"}"));
        assertThat(shell.calls())
                .last()
                .asString()
                .contains("put-secret-value", "fleetline/dev/" + secret, "file:///dev/stdin");
        isNowhere("hush-hush", ran);
    }

    @Test
    void m2m_is_not_taken_into_use_before_it_has_a_user() {
        holds("m2m/user", "{}");

        Ran ran = shell.run("an-id\nhush-hush\n", SCRIPT, "dev", "m2m-client");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("first: infra/secrets dev m2m-user");
        assertThat(shell.calls()).noneMatch(call -> call.contains("put-secret-value"));
    }

    @Test
    void a_line_left_empty_stores_nothing() {
        Ran ran = shell.run("an-id\n\n", SCRIPT, "dev", "core-client");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("nothing was entered for: Client secret");
        assertThat(shell.calls()).isEmpty();
    }

    @Test
    void consent_in_a_browser_becomes_the_first_token_as_token_refresh_reads_it() throws Exception {
        holds("core/client", client());

        Process asking = shell.start(SCRIPT, "dev", "core-token");
        String sentTo = consent(link(asking));
        try (var to = asking.getOutputStream()) {
            to.write((sentTo + "\n").getBytes(UTF_8));
        }
        Ran ran = shell.end(asking);

        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).contains("fleetline/dev/core/token is filled in", "token-refresh renews it");
        JsonNode stored = json(shell.stdin());
        assertThat(stored.path("state").asText()).isEqualTo("valid");
        assertThat(stored.path("scopes")).extracting(JsonNode::asText).contains("ts.device", "ts.target");
        assertThat(stored.path("expiresIn").asLong()).isEqualTo(2_592_000);
        assertThat(stored.path("obtainedAt").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        isNowhere(stored.path("accessToken").asText(), ran);
        isNowhere(stored.path("refreshToken").asText(), ran);
        isNowhere(CLIENT_SECRET, ran);
    }

    @Test
    void an_answer_to_another_question_gives_no_token() throws Exception {
        holds("core/client", client());

        Process asking = shell.start(SCRIPT, "dev", "core-token");
        String sentTo = consent(link(asking));
        try (var to = asking.getOutputStream()) {
            to.write((sentTo.replaceAll("state=[^&]*", "state=of-somebody-else") + "\n").getBytes(UTF_8));
        }
        Ran ran = shell.end(asking);

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("its state differs");
        assertThat(shell.stdin()).isEmpty();
    }

    @Test
    void a_code_that_was_used_gives_no_token_and_the_platform_s_reason_is_told() throws Exception {
        holds("core/client", client());

        Process asking = shell.start(SCRIPT, "dev", "core-token");
        String sentTo = consent(link(asking));
        try (var to = asking.getOutputStream()) {
            to.write((sentTo.replaceAll("code=[^&]*", "code=used-before") + "\n").getBytes(UTF_8));
        }
        Ran ran = shell.end(asking);

        assertThat(ran.err()).contains("no token: status 400 invalid_grant");
        assertThat(shell.stdin()).isEmpty();
    }

    @Test
    void the_stream_s_key_is_made_and_nobody_sees_it() {
        holds("callback", "{}");

        Ran ran = shell.run("", SCRIPT, "dev", "callback");

        String key = json(shell.stdin()).path("streamKey").asText();
        assertThat(key).hasSizeGreaterThan(40);
        isNowhere(key, ran);
    }

    @Test
    void a_key_that_is_there_is_replaced_only_when_that_is_said() {
        holds("callback", "{\"streamKey\":\"hush-hush\",\"username\":\"u\",\"password\":\"p\"}");

        assertThat(shell.run("", SCRIPT, "dev", "callback").err()).contains("callback --replace");
        assertThat(shell.stdin()).isEmpty();

        shell.run("", SCRIPT, "dev", "callback", "--replace");
        assertThat(json(shell.stdin()).path("streamKey").asText()).isNotEqualTo("hush-hush");
        assertThat(json(shell.stdin()).path("username").asText()).isEqualTo("u");
    }

    @Test
    void the_platform_is_told_where_events_go_and_the_key_that_it_must_show() throws Exception {
        holds("callback", "{\"streamKey\":\"hush-hush\"}");
        holds("core/token", "{\"state\":\"valid\",\"accessToken\":\"" + token() + "\"}");

        Ran ran = shell.run("", SCRIPT, "dev", "stream");

        assertThat(ran.err()).isEmpty();
        assertThat(state().path("targets")).singleElement().satisfies(target -> assertThat(target.toString())
                .contains(RECEIVER, "fleetline-dev"));
        assertThat(state().path("subscriptions"))
                .singleElement()
                .satisfies(subscription -> assertThat(subscription.toString()).contains("ts.event"));
        isNowhere("hush-hush", ran);

        assertThat(shell.run("", SCRIPT, "dev", "stream").err()).contains("set up already");
        assertThat(shell.run("", SCRIPT, "dev", "stream", "--replace").status()).isZero();
        assertThat(state().path("targets")).hasSize(1);
        assertThat(state().path("subscriptions")).hasSize(1);
    }

    @Test
    void without_a_token_or_a_key_it_says_what_comes_first() {
        holds("callback", "{}");
        holds("core/token", "{\"state\":\"none\"}");

        assertThat(shell.run("", SCRIPT, "dev", "stream").err()).contains("first: infra/secrets dev core-token");
    }

    @Test
    void what_aws_refuses_is_told_in_its_words() {
        shell.answers("aws", "get-secret-value", 254, "", "ResourceNotFoundException: can't find the secret");

        Ran ran = shell.run("", SCRIPT, "dev");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("secretsmanager get-secret-value", "can't find the secret");
    }

    private void holds(String secret, String value) {
        shell.answers("aws", "get-secret-value --secret-id fleetline/dev/" + secret, value + "\n");
    }

    private void isNowhere(String secret, Ran ran) {
        assertThat(secret).isNotBlank();
        assertThat(ran.out() + ran.err()).doesNotContain(secret);
        assertThat(shell.calls()).noneMatch(call -> call.contains(secret));
    }

    private static String client() {
        return "{\"clientId\":\"11111111-1111-4111-8111-111111111111\",\"clientSecret\":\"" + CLIENT_SECRET
                + "\",\"redirectUri\":\"https://app.example.test/oauth2/callback\"}";
    }

    /** The address that the script tells a person to open; it then waits for where that led. */
    private static URI link(Process asking) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(asking.getInputStream(), UTF_8), 1);
        String line = reader.readLine();
        while (line != null && !line.strip().startsWith("http")) {
            line = reader.readLine();
        }
        return URI.create(String.valueOf(line).strip());
    }

    private String consent(URI link) throws Exception {
        return http.send(HttpRequest.newBuilder(link).build(), BodyHandlers.discarding())
                .headers()
                .firstValue("location")
                .orElseThrow();
    }

    private String token() throws Exception {
        String sentTo = consent(platform.baseUri()
                .resolve("/core/oauth2/authorization?response_type=code"
                        + "&client_id=11111111-1111-4111-8111-111111111111"
                        + "&scope=ts.device%20ts.target%20ts.subscription"));
        String basic = Base64.getEncoder()
                .encodeToString(("11111111-1111-4111-8111-111111111111:" + CLIENT_SECRET).getBytes(UTF_8));
        String code = sentTo.replaceAll(".*[?&](code=[^&]*).*", "$1");
        HttpRequest exchange = HttpRequest.newBuilder(platform.baseUri().resolve("/core/oauth2/token"))
                .header("authorization", "Basic " + basic)
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=authorization_code&" + code))
                .build();
        return json(http.send(exchange, BodyHandlers.ofString()).body())
                .path("access_token")
                .asText();
    }

    private JsonNode state() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(platform.baseUri().resolve("/control/state"))
                .build();
        return json(http.send(request, BodyHandlers.ofString()).body());
    }

    private static JsonNode json(String text) {
        return ProjectTree.parse(text, "what was written down");
    }
}

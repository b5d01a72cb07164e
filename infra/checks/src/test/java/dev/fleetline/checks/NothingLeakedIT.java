package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.testing.Leaks;
import dev.fleetline.testing.MadeUpRandom;
import dev.fleetline.testing.SimulatorDesk;
import dev.fleetline.testing.SimulatorDesk.M2mTokens;
import dev.fleetline.thingspacesimulator.SimulatorConfig;
import dev.fleetline.thingspacesimulator.ThingSpaceSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads all that was logged by the tests of this build before it, and finds no secret that they played with. */
class NothingLeakedIT {

    @TempDir
    @SuppressWarnings("NullAway.Init") // before each test
    private Path folder;

    @Test
    void no_secret_is_in_what_the_suite_logged() {
        List<Path> reports = Leaks.reports(ProjectTree.root());

        assertThat(ProjectTree.functions()).allSatisfy(function -> assertThat(reports)
                .as("reports of %s: run all tests with mvn verify", function)
                .anyMatch(report -> report.startsWith(ProjectTree.path("functions/" + function))));
        assertThat(Leaks.in(reports)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "made-up-password",
                "another-made-up-one",
                "first-stream-key",
                "88888888-8888-4888-8888-888888888888",
                "66666666-6666-4666-8666-666666666666"
            })
    void a_secret_that_is_the_same_in_every_run_is_found(String secret) throws IOException {
        assertThat(leaks("posting {\"any\":\"" + secret + "\"}")).containsExactly("TEST-log.xml has " + secret);
    }

    @Test
    void the_simulator_s_tokens_and_sessions_are_found_wherever_they_stand() throws IOException {
        try (ThingSpaceSimulator simulator = ThingSpaceSimulator.start(SimulatorConfig.onFreePort())) {
            var desk = new SimulatorDesk(simulator.baseUri());
            M2mTokens m2m = desk.m2mTokens();

            for (String secret : List.of(desk.userToken(), m2m.bearer(), m2m.session(), desk.edgeToken())) {
                assertThat(leaks("called with " + secret + ".")).isNotEmpty();
            }
        }
    }

    @Test
    void a_state_and_a_rotated_password_of_a_test_are_found_wherever_they_stand() throws IOException {
        var random = new MadeUpRandom(new SecureRandom());
        byte[] state = new byte[32];
        random.nextBytes(state);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        String password = IntStream.range(0, CallbackSecret.LONGEST_PASSWORD)
                .mapToObj(_ -> alphabet.substring(random.nextInt(62)).substring(0, 1))
                .collect(Collectors.joining());

        assertThat(leaks("back with " + Base64.getUrlEncoder().withoutPadding().encodeToString(state)))
                .isNotEmpty();
        assertThat(leaks("set to " + password)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"password\":\"%s\"}",
                "{&quot;clientSecret&quot;: &quot;%s&quot;}",
                "Login[username=u, password=%s]",
                "grant_type=refresh_token&amp;refresh_token=%s",
                "GET /oauth2/callback?code=%s",
                "?state=%s&amp;code=1",
                "{\"sessionToken\":\"%s\"}",
                "VZ-M2M-Token: %s",
                "streamKey=%s",
                "/alert-links/7f246b66/acknowledge?until=1772726400&amp;signature=%s",
                "authorization: Bearer %s",
                "Authorization: Basic %s"
            })
    void a_random_value_is_found_where_a_secret_would_stand(String line) throws IOException {
        assertThat(leaks(line.formatted("q7Rk20fLw9Zx4mTn8bVc")))
                .singleElement()
                .asString()
                .startsWith("TEST-log.xml has a value beside ")
                .doesNotContain("q7Rk");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "posting {\"password\":\"***\"}",
                "state=ACTIVATING, since=2026-03-02T15:00:00Z",
                "{\"state\":\"ACTIVE_UNSEEN\"}",
                "code: INVALID_ACCOUNT_2",
                "secret fleetline/t0123456789ab/core/token: field accessToken is missing or empty",
                "the password is missing or wrong",
                "a bearer token of the platform"
            })
    void what_is_no_secret_is_no_false_alarm(String line) throws IOException {
        assertThat(leaks(line + " version " + UUID.randomUUID() + " event 00643a22fe0faf715d35bb740d6243b8"))
                .isEmpty();
    }

    private List<String> leaks(String logged) throws IOException {
        Path report = Files.writeString(folder.resolve("TEST-log.xml"), "<system-out>" + logged + "</system-out>");
        return Leaks.in(List.of(report));
    }
}

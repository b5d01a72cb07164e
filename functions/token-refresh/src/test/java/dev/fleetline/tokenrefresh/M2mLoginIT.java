package dev.fleetline.tokenrefresh;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.testing.InMemoryClaims;
import dev.fleetline.testing.InMemoryOutbox;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.InMemoryTokenStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.RecordingFleetEvents;
import dev.fleetline.thingspaceoauth.M2mSessions;
import dev.fleetline.tokenrefresh.Outcome.Failed;
import dev.fleetline.tokenrefresh.Outcome.Renewed;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.UserCredentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tick after tick against a login over HTTP: how often the platform is asked before somebody has looked. */
class M2mLoginIT {

    private static final TokenRealm M2M = TokenRealm.M2M;
    private static final String LOGIN = "/api/m2m/v1/session/login";
    private static final int LOCKED_AT = 5;

    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final WireMockServer logins =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final M2mPlatform bearers = new M2mPlatform(clock);
    private final InMemoryStore tables = new InMemoryStore();
    private final AtomicLong ids = new AtomicLong();
    private final RefreshToken refreshToken = new RefreshToken(
            store,
            new RealmDesks(Map.of(
                    M2M,
                    new RealmDesk(
                            bearers,
                            token -> sessions().prove(token),
                            Optional.of(() -> sessions().login()),
                            bearers::isSetUp,
                            Duration.ZERO))),
            new InMemoryClaims(tables),
            new Announcer(new InMemoryOutbox(tables), new RecordingFleetEvents()),
            clock,
            () -> new UUID(0, ids.incrementAndGet()));

    private URI address = URI.create("http://127.0.0.1");

    @BeforeEach
    void start() {
        logins.start();
        address = URI.create(logins.baseUrl());
        store.hasNone(M2M, "version-none");
    }

    @AfterEach
    void stop() {
        logins.stop();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a wrong password               | 400 | {\"errorCode\":\"X.INPUT_INVALID.Password.Invalid\"}",
                "the word of OAuth              | 401 | {\"error\":\"unauthorized\"}",
                "a page                         | 403 | <html>",
                "an empty object                | 400 | {}",
                "an error of another kind       | 200 | {\"error\":\"x\"}",
                "a gateway that gave up waiting | 504 | <html>",
            })
    void a_platform_that_gives_no_session_is_asked_twice_in_an_hour_and_never_until_the_user_is_locked(
            String said, int status, String body) {
        logins.stubFor(post(LOGIN).willReturn(aResponse().withStatus(status).withBody(body)));

        for (int tick = 0; tick < 10; tick++) {
            assertThat(tick()).isInstanceOf(Failed.class);
        }
        logins.verify(2, postRequestedFor(urlEqualTo(LOGIN)));

        for (int tick = 0; tick < 24 * 12; tick++) {
            tick();
        }
        assertThat(logins.countRequestsMatching(
                                postRequestedFor(urlEqualTo(LOGIN)).build())
                        .getCount())
                .isLessThan(LOCKED_AT);
        assertThat(tick()).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.code())
                .isEqualTo("login_stopped"));
    }

    @Test
    void a_platform_that_could_not_be_reached_has_taken_no_login_away() throws IOException {
        logins.stubFor(post(LOGIN).willReturn(okJson("{\"sessionToken\":\"session\"}")));
        logins.stubFor(get("/api/m2m/v1/callbacks/0999000001-00001").willReturn(okJson("[]")));
        URI reachable = address;

        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        for (int tick = 0; tick < LOCKED_AT; tick++) {
            assertThat(tick()).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.code())
                    .isEqualTo("issuer_unavailable"));
        }
        address = reachable;

        assertThat(tick()).isInstanceOf(Renewed.class);
    }

    private M2mSessions sessions() {
        return new M2mSessions(
                address,
                "0999000001-00001",
                () -> new UserCredentials("operator", "hush", "version-1"),
                Duration.ofSeconds(20));
    }

    private Outcome tick() {
        clock.forward(Duration.ofMinutes(5));
        return refreshToken.ifDue(M2M, "invocation-" + ids.incrementAndGet());
    }
}

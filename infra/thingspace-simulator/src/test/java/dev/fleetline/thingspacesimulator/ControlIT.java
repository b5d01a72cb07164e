package dev.fleetline.thingspacesimulator;

import static dev.fleetline.thingspacesimulator.Platform.IMEI;
import static dev.fleetline.thingspacesimulator.Platform.UID;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.thingspacesimulator.Platform.Reply;
import dev.fleetline.thingspacesimulator.clock.SimulatorClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ControlIT {

    @Test
    void a_standing_clock_moves_only_when_it_is_told_to() {
        try (Platform platform = Platform.standing()) {
            assertThat(platform.get("/control/clock").text("now")).isEqualTo("2026-03-02T15:01:00.048Z");
            assertThat(platform.post("/control/clock", "{\"forward\":\"P1D\"}").text("now"))
                    .isEqualTo("2026-03-03T15:01:00.048Z");
            assertThat(platform.get("/control/clock").text("now")).isEqualTo("2026-03-03T15:01:00.048Z");
        }
    }

    @Test
    void without_a_start_the_clock_follows_the_systems_plus_what_it_was_moved() {
        try (Platform platform = new Platform(SimulatorConfig.onFreePort())) {
            Instant before = Instant.now();
            Instant now = Instant.parse(platform.forward(Duration.ofDays(2)).text("now"));

            assertThat(now)
                    .isBetween(before.plus(Duration.ofDays(2)), Instant.now().plus(Duration.ofDays(2)));
        }
    }

    @Test
    void a_clock_never_runs_backwards_and_a_mistyped_move_says_what_is_right() {
        try (Platform platform = Platform.standing()) {
            for (String wrong :
                    List.of("{\"forward\":\"-P1D\"}", "{\"forward\":\"a day\"}", "{}", "{\"by\":\"P1D\"}")) {
                Reply reply = platform.post("/control/clock", wrong);
                assertThat(reply.status()).as(wrong).isEqualTo(400);
                assertThat(reply.text("error_description")).as(wrong).contains("forward");
            }
            assertThat(platform.get("/control/clock").text("now")).isEqualTo("2026-03-02T15:01:00.048Z");
        }
    }

    @Test
    void a_shared_clock_is_moved_from_either_side() {
        SimulatorClock shared = SimulatorClock.standingAt(Platform.START);
        try (Platform platform = new Platform(SimulatorConfig.onFreePort().sharing(shared))) {
            String token = platform.userToken();
            platform.forward(Duration.ofMinutes(1));
            assertThat(shared.instant()).isEqualTo(Platform.START.plusSeconds(60));

            platform.register(token, IMEI);
            platform.post("/core/api/v2/devices/" + UID + "/actions/activate", token, "{}");
            shared.forward(Duration.ofMinutes(2));
            platform.simulator().settle();

            assertThat(platform.state().at("/devices/0/state").asText()).isEqualTo("ready");
        }
    }

    @Test
    void a_shared_clock_that_moves_unannounced_is_noticed() {
        SimulatorClock shared = SimulatorClock.standingAt(Platform.START);
        try (Platform platform = new Platform(SimulatorConfig.onFreePort().sharing(shared));
                Receiver receiver = new Receiver()) {
            String token = platform.userToken();
            platform.readyDevice(token, IMEI);
            stream(platform, token, receiver);
            platform.faults("{\"deliveryDelay\":\"PT1H\"}");
            platform.report("{\"imei\":\"" + IMEI + "\"}");
            shared.forward(Duration.ofHours(1));

            Instant deadline = Instant.now().plusSeconds(10);
            while (receiver.deliveries().isEmpty() && Instant.now().isBefore(deadline)) {
                Thread.onSpinWait();
            }
            assertThat(receiver.deliveries()).hasSize(1);
        }
    }

    @Test
    void the_state_tells_what_was_done_to_whom_and_how_often() {
        try (Platform platform = Platform.standing()) {
            platform.readyDevice(platform.userToken(), IMEI);
            platform.report("{\"imei\":" + IMEI + ",\"at\":\"2026-03-02T15:05:26Z\"}");

            JsonNode state = platform.state();

            assertThat(state.path("devices")).hasSize(1);
            assertThat(state.at("/devices/0").toString())
                    .isEqualTo("{\"imei\":\"" + IMEI + "\",\"id\":\"" + UID
                            + "\",\"state\":\"ready\",\"lastReport\":\"2026-03-02T15:05:26Z\"}");
            assertThat(state.at("/registrations/" + IMEI).asInt()).isEqualTo(1);
            assertThat(state.at("/activations/" + IMEI).asInt()).isEqualTo(1);
            assertThat(state.at("/tokens/core/authorization_code").asInt()).isEqualTo(1);
            assertThat(state.at("/tokens/core/refresh_token").asInt()).isZero();
        }
    }

    @Test
    void the_credentials_are_those_of_all_worlds() {
        try (Platform platform = Platform.standing()) {
            JsonNode all = platform.get("/control/credentials").json();

            assertThat(all.path("core").fieldNames())
                    .toIterable()
                    .containsExactly("clientId", "clientSecret", "redirectUri");
            assertThat(all.path("m2m").fieldNames())
                    .toIterable()
                    .containsExactly("clientId", "clientSecret", "username", "password", "account");
            assertThat(all.path("edge").fieldNames()).toIterable().containsExactly("clientId", "clientSecret");
        }
    }

    @Test
    void a_report_for_no_device_or_a_device_off_the_network_says_what_is_missing() {
        try (Platform platform = Platform.standing()) {
            assertThat(platform.report("{\"battery\":8}").text("error_description"))
                    .contains("imei");
            assertThat(platform.report("{\"imei\":\"" + IMEI + "\"}").status()).isEqualTo(404);
            platform.register(platform.userToken(), IMEI);
            Reply notReady = platform.report("{\"imei\":\"" + IMEI + "\"}");
            assertThat(notReady.status()).isEqualTo(409);
            assertThat(notReady.text("error_description")).contains("registered", "activate");
            assertThat(platform.report("{\"imei\":\"" + IMEI + "\",\"at\":\"yesterday\"}")
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void a_realm_that_is_not_there_has_no_tokens_to_end() {
        try (Platform platform = Platform.standing()) {
            Reply reply = platform.post("/control/tokens/expire", "{\"realm\":\"moon\"}");

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.text("error_description")).contains("core", "m2m", "edge", "session");
        }
    }

    @Test
    void an_unknown_path_is_answered_in_the_words_of_its_side() {
        try (Platform platform = Platform.standing()) {
            assertThat(platform.get("/control/nothing").text("error_description"))
                    .contains("POST clock");
            Reply core = platform.get("/core/api/v3/devices");
            assertThat(core.status()).isEqualTo(404);
            assertThat(core.text("cause")).isEqualTo("Requested service not found");
            assertThat(core.header("x-transaction-id")).isNotEmpty();
        }
    }

    @Test
    void the_log_has_a_line_per_request_and_no_token_code_key_or_secret() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        root.addAppender(lines);
        try (Platform platform = Platform.standing();
                Receiver receiver = new Receiver()) {
            String code = platform.code(Platform.ALL_SCOPES);
            Reply tokens = platform.exchange(code);
            String token = tokens.text("access_token");
            platform.get("/core/oauth2/token/info?" + Platform.query(Map.of("access_token", token)));
            platform.readyDevice(token, IMEI);
            stream(platform, token, receiver);
            platform.report("{\"imei\":\"" + IMEI + "\"}");

            M2m m2m = new M2m(platform);
            String session = m2m.session();
            m2m.register(
                    session,
                    "{\"name\":\"CarrierService\",\"url\":\"" + receiver.address()
                            + "\",\"username\":\"cbuser\",\"password\":\"made-up-callback-secret\"}");
            platform.post("/control/callbacks", "{\"service\":\"CarrierService\",\"imei\":\"" + IMEI + "\"}");

            List<String> logged = List.copyOf(lines.list).stream()
                    .map(ILoggingEvent::getFormattedMessage)
                    .toList();
            assertThat(logged).anyMatch(line -> line.startsWith("GET /core/oauth2/token/info 200 "));
            assertThat(logged).anyMatch(line -> line.startsWith("event e0e1f001-"));
            assertThat(logged).anyMatch(line -> line.contains("of CarrierService, count 1: Answered[status=204]"));
            String secret = platform.get("/control/credentials")
                    .json()
                    .at("/core/clientSecret")
                    .asText();
            for (String unwanted : List.of(
                    code,
                    token,
                    tokens.text("refresh_token"),
                    "made-up-stream-key",
                    secret,
                    IMEI,
                    session,
                    m2m.bearer(),
                    "made-up-callback-secret",
                    "made-up-password")) {
                assertThat(logged).noneMatch(line -> line.contains(unwanted));
            }
        } finally {
            root.detachAppender(lines);
        }
    }

    private static void stream(Platform platform, String token, Receiver receiver) {
        String target = platform.post(
                        "/core/api/v2/targets",
                        token,
                        "{\"kind\":\"ts.target\",\"addressscheme\":\"streamrest\",\"key1\":\"made-up-stream-key\","
                                + "\"address\":\"" + receiver.address() + "\"}")
                .text("id");
        platform.post(
                "/core/api/v2/subscriptions",
                token,
                "{\"kind\":\"ts.subscription\",\"streamkind\":\"ts.event\",\"targetid\":\"" + target + "\"}");
    }
}

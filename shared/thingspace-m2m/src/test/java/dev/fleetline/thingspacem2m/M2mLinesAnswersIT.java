package dev.fleetline.thingspacem2m;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.fleetline.carrier.CarrierGateway.Acceptance;
import dev.fleetline.carrier.CarrierGateway.Line;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.carrier.CarrierReply.Unclear;
import dev.fleetline.device.Mender;
import dev.fleetline.testing.SampleFleet;
import dev.fleetline.thingspacem2m.M2mLines.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How many devices go into a call, and what is said of each of them. */
class M2mLinesAnswersIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ACCOUNT = "0999000001-00001";
    private static final String OTHER_ACCOUNT = "0999000002-00001";
    private static final String REQUEST = "44444444-4444-4444-8444-444444444444";

    private final WireMockServer platform =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
    private final M2mLines lines;

    M2mLinesAnswersIT() {
        platform.start();
        lines = new M2mLines(
                URI.create("http://127.0.0.1:" + platform.port() + "/thingspace"),
                SteadyTokens.of("synthetic-bearer", "33333333-3333-4333-8333-333333333333"),
                Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        platform.stop();
    }

    /** A call that takes several devices, and how many of them. */
    private record Action(
            String path, String field, int most, BiFunction<M2mLines, List<Line>, List<? extends Outcome<?>>> call) {
        @Override
        public String toString() {
            return path;
        }
    }

    static List<Action> actions() {
        return List.of(
                new Action("/devices/actions/add", "devicesToAdd", 200, M2mLines::add),
                new Action("/devices/actions/suspend", "devices", 10_000, M2mLines::suspend),
                new Action("/devices/actions/restore", "devices", 10_000, M2mLines::restore),
                new Action("/devices/actions/deactivate", "devices", 10_000, M2mLines::deactivate),
                new Action("/devices/actions/delete", "devicesToDelete", 100, M2mLines::delete),
                new Action("/devices/availability/actions/list", "devices", 2_000, M2mLines::askForAvailability));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void no_call_has_more_devices_than_the_platform_takes_nor_those_of_two_accounts(Action action) {
        platform.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(400).withBody("{\"errorCode\":\"S.X.Y\"}")));
        List<Line> all = new ArrayList<>(lines(action.most() + 1, ACCOUNT));
        all.add(1, line(9_999, OTHER_ACCOUNT));

        List<? extends Outcome<?>> outcomes = action.call().apply(lines, all);

        assertThat(sent(action)).containsExactly(action.most(), 1, 1);
        assertThat(counted(outcomes.stream().map(Outcome::line))).isEqualTo(counted(all.stream()));
        assertThat(outcomes.stream().map(Outcome::reply)).allMatch(Refused.class::isInstance);
    }

    @ParameterizedTest
    @MethodSource("actions")
    void nothing_is_sent_for_nobody(Action action) {
        assertThat(action.call().apply(lines, List.of())).isEmpty();
        assertThat(platform.getAllServeEvents()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("actions")
    void after_an_answer_that_does_not_say_the_rest_is_not_sent_and_is_told_so(Action action) {
        platform.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(500)));
        List<Line> two = List.of(line(1, ACCOUNT), line(2, OTHER_ACCOUNT));

        List<? extends Outcome<?>> outcomes = action.call().apply(lines, two);

        assertThat(outcomes.getFirst().reply()).isInstanceOf(Unclear.class);
        assertThat(outcomes.getLast().reply()).isInstanceOf(TryLater.class);
        assertThat(platform.getAllServeEvents()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("actions")
    void a_refused_token_is_not_shown_again(Action action) {
        platform.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(401)));

        assertThat(action.call().apply(lines, List.of(line(1, ACCOUNT), line(2, OTHER_ACCOUNT))))
                .allSatisfy(outcome ->
                        assertThat(outcome.reply()).isEqualTo(new TokenRefused<>(SteadyTokens.SECRET, "v1")));
        assertThat(platform.getAllServeEvents()).hasSize(1);
    }

    @Test
    void every_added_device_is_answered_for_itself() {
        platform.stubFor(any(anyUrl())
                .willReturn(okJson("["
                        + String.join(
                                ",",
                                result(3, "\"response\":\"The SIM is in use by another device\""),
                                result(1, "\"response\":\"Success\""),
                                result(2, "\"response\":\"The device is already in the account\""))
                        + "]")));

        assertThat(lines.add(lines(4, ACCOUNT)))
                .map(outcome -> outcome.reply().getClass().getSimpleName())
                .containsExactly("Ok", "AlreadyDone", "Refused", "Unclear");
    }

    @Test
    void every_deleted_device_is_answered_for_itself() {
        platform.stubFor(any(anyUrl())
                .willReturn(okJson("["
                        + String.join(
                                ",",
                                result(1, "\"status\":\"Success\",\"message\":\"\""),
                                result(2, "\"status\":\"Failed\",\"message\":\"The device is active\""),
                                result(3, "\"status\":\"Failed\",\"message\":\"Device not found\""))
                        + "]")));

        assertThat(lines.delete(lines(4, ACCOUNT)).stream().map(Outcome::reply))
                .containsExactly(
                        new Ok<>(line(1, ACCOUNT)),
                        new Refused<>("NOT_DELETED", "only a line that has ended can be deleted", Mender.OPERATIONS),
                        new AlreadyDone<>(),
                        new Unclear<>("an answer that does not name the device"));
    }

    @Test
    void what_is_accepted_has_the_id_of_its_request_and_an_end_its_reason() {
        platform.stubFor(any(anyUrl()).willReturn(okJson("{\"requestId\":\"" + REQUEST + "\"}")));
        Acceptance acceptance = new Acceptance(Optional.of(REQUEST));

        assertThat(lines.deactivate(lines(2, ACCOUNT)))
                .containsExactly(
                        new Outcome<>(line(1, ACCOUNT), new Ok<>(acceptance)),
                        new Outcome<>(line(2, ACCOUNT), new Ok<>(acceptance)));

        platform.verify(postRequestedFor(urlEqualTo("/thingspace/api/m2m/v1/devices/actions/deactivate"))
                .withRequestBody(equalToJson("""
                        {"accountName":"0999000001-00001","reasonCode":"FF","devices":[%s,%s]}""".formatted(result(1, ""), result(2, "")))));
    }

    @Test
    void to_restore_what_is_active_is_done_already_for_one_and_says_nothing_of_several() {
        String active = "{\"errorCode\":\"UnifiedWebService.REQUEST_FAILED.DeviceAlreadyActive\"}";
        platform.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(400).withBody(active)));

        assertThat(lines.restore(lines(1, ACCOUNT)).getFirst().reply()).isEqualTo(new AlreadyDone<>());
        assertThat(lines.restore(lines(2, ACCOUNT)))
                .allSatisfy(outcome -> assertThat(outcome.reply()).isInstanceOf(TryLater.class));
    }

    @Test
    void what_was_accepted_before_the_platform_fell_silent_stays_accepted() {
        platform.stubFor(any(anyUrl())
                .inScenario("silence")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(okJson("{\"requestId\":\"" + REQUEST + "\"}"))
                .willSetStateTo("silent"));
        platform.stubFor(any(anyUrl())
                .inScenario("silence")
                .whenScenarioStateIs("silent")
                .willReturn(aResponse().withStatus(504)));
        List<Line> three = List.of(line(1, ACCOUNT), line(2, OTHER_ACCOUNT), line(3, "0999000003-00001"));

        assertThat(lines.suspend(three))
                .map(outcome -> outcome.reply().getClass().getSimpleName())
                .containsExactly("Ok", "Unclear", "TryLater");
        assertThat(platform.getAllServeEvents()).hasSize(2);
    }

    private List<Integer> sent(Action action) {
        return platform.getAllServeEvents().reversed().stream()
                .map(ServeEvent::getRequest)
                .peek(request -> assertThat(request.getUrl()).isEqualTo("/thingspace/api/m2m/v1" + action.path()))
                .map(request ->
                        json(request.getBodyAsString()).path(action.field()).size())
                .toList();
    }

    private static Map<Line, Long> counted(Stream<Line> lines) {
        return lines.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String result(int number, String said) {
        Line line = line(number, ACCOUNT);
        return """
                {"deviceIds":[{"id":"%s","kind":"imei"},{"id":"%s","kind":"iccid"}]%s}""".formatted(line.imei().digits(), line.iccid().digits(), said.isEmpty() ? "" : "," + said);
    }

    private static List<Line> lines(int count, String account) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> line(number % 10_000, account))
                .toList();
    }

    private static Line line(int number, String account) {
        return new Line(SampleFleet.imei(number), SampleFleet.iccid(number), account, Optional.empty());
    }
}

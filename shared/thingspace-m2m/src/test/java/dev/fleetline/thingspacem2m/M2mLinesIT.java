package dev.fleetline.thingspacem2m;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.carrier.CarrierGateway.Activation;
import dev.fleetline.carrier.CarrierGateway.Line;
import dev.fleetline.carrier.CarrierGateway.LineState;
import dev.fleetline.carrier.CarrierGateway.Progress;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.testing.SampleFleet;
import dev.fleetline.testing.SimulatorDesk;
import dev.fleetline.testing.SimulatorDesk.M2mTokens;
import dev.fleetline.thingspacem2m.M2mLines.Outcome;
import dev.fleetline.thingspacesimulator.SimulatorConfig;
import dev.fleetline.thingspacesimulator.ThingSpaceSimulator;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The life of lines on the simulator. */
class M2mLinesIT {

    private static final String ACCOUNT = "0999000001-00001";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ThingSpaceSimulator simulator =
            ThingSpaceSimulator.start(SimulatorConfig.onFreePort().standingAt(Instant.parse("2026-03-02T15:00:00Z")));
    private final SimulatorDesk desk = new SimulatorDesk(simulator.baseUri());
    private final M2mTokens login = desk.m2mTokens();
    private final SteadyTokens tokens = SteadyTokens.of(login.bearer(), login.session());
    private final URI host = URI.create(simulator.baseUri() + "/thingspace");
    private final M2mLines lines = new M2mLines(host, tokens, TIMEOUT);
    private final M2mGateway gateway = new M2mGateway(host, tokens, TIMEOUT, Optional::empty);

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void more_devices_than_fit_into_a_call_are_added_and_a_second_time_are_there() {
        List<Line> many =
                IntStream.rangeClosed(1, 450).mapToObj(M2mLinesIT::line).toList();

        assertThat(lines.add(many)).allMatch(outcome -> outcome.reply() instanceof Ok);
        assertThat(lines.add(many)).allMatch(outcome -> outcome.reply() instanceof AlreadyDone);
        assertThat(yes(gateway.list(ACCOUNT, Optional.empty())).devices()).hasSize(450);
    }

    @Test
    void of_two_devices_with_one_sim_the_second_is_refused_and_the_first_added() {
        Line usurper = new Line(SampleFleet.imei(2), SampleFleet.iccid(1), ACCOUNT, Optional.empty());

        List<? extends CarrierReply<?>> replies = lines.add(List.of(line(1), usurper)).stream()
                .map(Outcome::reply)
                .toList();

        assertThat(replies.getFirst()).isInstanceOf(Ok.class);
        assertThat(replies.getLast()).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.code())
                .isEqualTo("SIM_IN_USE"));
    }

    @Test
    void a_line_is_suspended_restored_ended_and_deleted() {
        List<Line> one = List.of(line(1));
        lines.add(one);
        String requestId = yes(gateway.activate(
                        new Activation(ACCOUNT, Optional.of("m2m_4G"), Optional.of("98801"), one)))
                .requestId()
                .orElseThrow();
        assertThat(gateway.progress(ACCOUNT, requestId)).isEqualTo(new Ok<>(Progress.PENDING));
        assertThat(afterAWhile()).isEqualTo(LineState.ACTIVE);
        assertThat(gateway.progress(ACCOUNT, requestId)).isEqualTo(new Ok<>(Progress.SUCCEEDED));

        yes(lines.suspend(one).getFirst().reply());
        assertThat(afterAWhile()).isEqualTo(LineState.SUSPENDED);

        yes(lines.restore(one).getFirst().reply());
        assertThat(afterAWhile()).isEqualTo(LineState.ACTIVE);
        assertThat(lines.delete(one).getFirst().reply()).isInstanceOf(Refused.class);

        yes(lines.deactivate(one).getFirst().reply());
        assertThat(state()).isEqualTo(LineState.ENDING);
        assertThat(afterAWhile()).isEqualTo(LineState.DEACTIVATED);

        yes(lines.delete(one).getFirst().reply());
        assertThat(gateway.find(line(1))).isEqualTo(new Ok<>(Optional.empty()));
    }

    @Test
    void availability_is_asked_for_and_answered_later() {
        assertThat(yes(lines.askForAvailability(List.of(line(1), line(2)))
                                .getFirst()
                                .reply())
                        .requestId())
                .isPresent();
    }

    private LineState afterAWhile() {
        desk.forward(Duration.ofMinutes(6));
        return state();
    }

    private LineState state() {
        return yes(gateway.find(line(1))).orElseThrow().state();
    }

    private static Line line(int number) {
        return new Line(SampleFleet.imei(number), SampleFleet.iccid(number), ACCOUNT, Optional.empty());
    }

    private static <T> T yes(CarrierReply<T> reply) {
        assertThat(reply).isInstanceOf(Ok.class);
        return ((Ok<T>) reply).value();
    }
}

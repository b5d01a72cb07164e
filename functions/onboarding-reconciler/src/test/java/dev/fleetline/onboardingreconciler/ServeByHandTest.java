package dev.fleetline.onboardingreconciler;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.carrier.CarrierGateway.LineState;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Consequences.HistoryEntry;
import dev.fleetline.device.Device;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Lifecycle.Failure;
import dev.fleetline.device.Lifecycle.Parked;
import dev.fleetline.device.Lifecycle.Registered;
import dev.fleetline.device.Lifecycle.Retired;
import dev.fleetline.device.Mender;
import dev.fleetline.testing.ScriptedCarrier.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServeByHandTest {

    private static final String BY = "ana";
    private static final String WHY = "support says that nothing is on its way";

    private final Desk desk = new Desk();

    /** What waits for a person, and what has come to an end. */
    private enum State {
        PARKED,
        UNCLEAR,
        STUCK,
        REJECTED,
        FAILED,
        DEACTIVATED,
        DRIFTED,
        REQUESTED,
        REGISTERED,
        ACTIVATING,
        ACTIVE_UNSEEN,
        IN_SERVICE,
        SUSPENDED;

        Lifecycle at(Instant now) {
            return switch (this) {
                case PARKED -> new Parked("UNCLEAR", Optional.empty(), now);
                case UNCLEAR -> new Lifecycle.Unclear(now);
                case STUCK -> new Lifecycle.Stuck(now);
                case REJECTED -> new Lifecycle.Rejected(List.of("zip"), now);
                case FAILED -> new Lifecycle.Failed(new Failure("FORBIDDEN", "no", Mender.OPERATIONS), now);
                case DEACTIVATED -> new Lifecycle.Deactivated(now);
                case DRIFTED -> new Lifecycle.Drifted("MISSING", true, now);
                case REQUESTED -> new Lifecycle.Requested(now);
                case REGISTERED -> new Registered(now);
                case ACTIVATING -> new Lifecycle.Activating(true, now);
                case ACTIVE_UNSEEN -> new Lifecycle.ActiveUnseen(now);
                case IN_SERVICE -> new Lifecycle.InService(now);
                case SUSPENDED -> new Lifecycle.Suspended(Optional.empty(), now);
            };
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PARKED", "UNCLEAR", "STUCK"})
    void an_order_that_waits_for_a_person_is_sent_on_once_and_says_who_decided(State state) {
        Device device = is(state);
        desk.clock.forward(ofMinutes(1));

        assertThat(release(device).outcome()).isEqualTo("done");
        assertThat(release(device).outcome()).isEqualTo("already");

        assertThat(desk.lifecycle(device)).isEqualTo(new Registered(desk.now()));
        assertThat(desk.told("DeviceOnboardingRequested")).singleElement().satisfies(event -> {
            JsonNode detail = Desk.detail(event);
            assertThat(detail.path("onboardingId").asText())
                    .isEqualTo(device.order().onboardingId());
            assertThat(detail.path("servicePlan").asText()).isEqualTo("m2m_4G");
        });
        assertThat(history(device)).containsExactly(new HistoryEntry(desk.now(), "REGISTERED", BY, WHY));
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUESTED", "REGISTERED", "ACTIVATING", "ACTIVE_UNSEEN", "IN_SERVICE"})
    void an_order_that_goes_on_by_itself_or_is_there_is_not_sent_on(State state) {
        Device device = is(state);

        assertThat(release(device).outcome()).isEqualTo("already");

        isUntouched(device);
    }

    @ParameterizedTest
    @EnumSource(names = {"REJECTED", "FAILED", "DEACTIVATED", "DRIFTED"})
    void an_order_that_is_over_is_not_sent_on_and_the_answer_says_what_to_do(State state) {
        Device device = is(state);

        OrderReply reply = release(device);

        assertThat(reply.outcome()).isEqualTo("refused");
        assertThat(reply.reason().orElseThrow()).contains("under another order id");
        assertThat(reply.order().orElseThrow().state()).isEqualTo(state.name());
        isUntouched(device);
    }

    @Test
    void a_line_that_has_had_its_actions_of_today_is_released_only_on_the_next_day() {
        Device device = desk.registered(1, "m2m");
        for (int action = 0; action < Desk.LINE_ACTIONS; action++) {
            device = desk.stored(desk.sending(device).in(new Registered(desk.now())));
        }
        device = desk.stored(
                device.in(new Parked("LINE_BUDGET", Optional.of(desk.now().plus(ofDays(1))), desk.now())));

        assertThat(release(device).reason().orElseThrow()).contains("its 3 actions of today");
        isUntouched(device);

        desk.clock.forward(ofDays(1));
        assertThat(release(device).outcome()).isEqualTo("done");
    }

    @ParameterizedTest
    @EnumSource(names = {"PARKED", "UNCLEAR", "STUCK", "REJECTED", "FAILED", "DEACTIVATED", "DRIFTED"})
    void a_device_that_nobody_wants_is_retired_once_and_lets_go_of_its_sim(State state) {
        Device device = is(state);
        desk.clock.forward(ofMinutes(1));

        OrderReply reply = retire(device);
        assertThat(reply.outcome()).isEqualTo("done");
        assertThat(reply.order().orElseThrow().lookAt()).isEmpty();
        assertThat(retire(device).outcome()).isEqualTo("already");

        assertThat(desk.lifecycle(device)).isEqualTo(new Retired(desk.now()));
        assertThat(desk.registry.whoHas(device.order().iccid())).isEmpty();
        assertThat(desk.told("DeviceRetired")).singleElement().satisfies(event -> {
            JsonNode detail = Desk.detail(event);
            assertThat(detail.path("state").asText()).isEqualTo(state.name());
            assertThat(detail.path("by").asText()).isEqualTo(BY);
            assertThat(detail.path("reason").asText()).isEqualTo(WHY);
        });
        assertThat(history(device)).containsExactly(new HistoryEntry(desk.now(), "RETIRED", BY, WHY));
        assertThat(release(device).outcome()).isEqualTo("refused");
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUESTED", "REGISTERED", "ACTIVATING", "ACTIVE_UNSEEN", "IN_SERVICE", "SUSPENDED"})
    void a_device_whose_order_is_under_way_or_whose_line_is_in_use_is_not_retired(State state) {
        Device device = is(state);

        assertThat(retire(device).outcome()).isEqualTo("refused");

        isUntouched(device);
    }

    @ParameterizedTest
    @EnumSource(names = {"ACTIVE", "PENDING", "SUSPENDED", "ENDING"})
    void a_device_whose_line_costs_or_will_is_not_retired(LineState line) {
        Device device = is(State.PARKED);
        desk.carrier("m2m").becomes(device.imei(), line);

        OrderReply reply = retire(device);

        assertThat(reply.outcome()).isEqualTo("refused");
        assertThat(reply.reason().orElseThrow()).contains("calls the line " + line);
        isUntouched(device);
    }

    @Test
    void a_device_that_the_carrier_says_nothing_of_is_not_retired_and_one_that_it_has_not_is() {
        Device device = is(State.PARKED);
        desk.carrier("m2m").answersNext(Call.FIND, new TryLater<>(Duration.ofMinutes(1), "status 503"));

        assertThat(retire(device).reason().orElseThrow()).contains("could not be asked");
        desk.carrier("m2m").loses(device.imei());
        assertThat(retire(device).outcome()).isEqualTo("done");
    }

    @Test
    void an_order_is_shown_with_what_has_befallen_its_device_the_newest_last() {
        Device device = is(State.PARKED);
        desk.clock.forward(ofMinutes(1));
        release(device);
        desk.clock.forward(ofMinutes(1));
        desk.stored(desk.device(device.imei()).in(new Parked("UNCLEAR", Optional.empty(), desk.now())));
        retire(device);

        OrderReply shown = order(device);

        assertThat(shown.outcome()).isEqualTo("done");
        assertThat(shown.order().orElseThrow().state()).isEqualTo("RETIRED");
        assertThat(shown.history().orElseThrow())
                .containsExactly(
                        new HistoryEntry(desk.now().minus(ofMinutes(1)), "REGISTERED", BY, WHY),
                        new HistoryEntry(desk.now(), "RETIRED", BY, WHY));
    }

    @Test
    void of_a_device_that_was_never_ordered_the_answer_says_so() {
        Device device = desk.ordered(1, "core");

        assertThat(List.of(release(device), retire(device), order(device)))
                .allSatisfy(reply -> assertThat(reply.outcome()).isEqualTo("unknown"));
    }

    @Test
    void somebody_who_changes_the_device_meanwhile_is_no_reason_to_ask_again() {
        Device device = is(State.PARKED);
        desk.store.onEffect(effect -> {
            if (effect.equals("save device:before")) {
                desk.store.settle();
                desk.stored(desk.device(device.imei()).waitsOn(desk.now().plus(ofDays(3)), 0));
            }
        });

        assertThat(release(device).outcome()).isEqualTo("done");
        assertThat(desk.told("DeviceOnboardingRequested")).hasSize(1);
    }

    @Test
    void orders_under_way_are_listed_the_oldest_first_and_by_state() {
        Device parked = is(State.PARKED);
        desk.clock.forward(ofMinutes(5));
        Device accepted = desk.accepted(2, "m2m");
        desk.inService(3, "core");

        assertThat(orders(Optional.empty(), 50).orders())
                .extracting(OrderReply.Line::imei)
                .containsExactly(parked.imei().digits(), accepted.imei().digits());
        OrdersReply some = orders(Optional.of("PARKED"), 50);
        assertThat(some.more()).isFalse();
        assertThat(some.orders()).singleElement().satisfies(line -> {
            assertThat(line.code()).contains("UNCLEAR");
            assertThat(line.sim()).doesNotContain(parked.order().iccid().digits());
            assertThat(line.lookAt()).isPresent();
        });
        assertThat(orders(Optional.empty(), 1).more()).isTrue();
    }

    private Device is(State state) {
        Device device = desk.registered(1, "m2m");
        Device next = device.in(state.at(desk.now()));
        desk.registry.save(next, new Consequences(List.of(), List.of(), next.simFreedSince(device)));
        return desk.device(device.imei());
    }

    private void isUntouched(Device device) {
        assertThat(desk.device(device.imei())).isEqualTo(device);
        assertThat(desk.bus.published()).isEmpty();
        assertThat(history(device)).isEmpty();
    }

    private List<HistoryEntry> history(Device device) {
        return desk.store.history("device#" + device.imei().digits());
    }

    private OrderReply release(Device device) {
        return one(new ReconcilerTask.Release(device.imei().digits(), BY, WHY));
    }

    private OrderReply retire(Device device) {
        return one(new ReconcilerTask.Retire(device.imei().digits(), BY, WHY));
    }

    private OrderReply order(Device device) {
        return one(new ReconcilerTask.Order(device.imei().digits()));
    }

    private OrderReply one(ReconcilerTask.ByHand task) {
        return (OrderReply) desk.serveByHand.run(task, () -> ofMinutes(5));
    }

    private OrdersReply orders(Optional<String> state, int limit) {
        return (OrdersReply)
                desk.serveByHand.run(new ReconcilerTask.Orders(state, Optional.of(limit)), () -> ofMinutes(5));
    }
}

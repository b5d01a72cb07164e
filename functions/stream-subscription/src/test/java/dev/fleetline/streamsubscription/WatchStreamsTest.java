package dev.fleetline.streamsubscription;

import static dev.fleetline.streamsubscription.StreamsLab.yes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.carrier.CallbackListeners.Listener;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.carrier.CarrierStreams.Health;
import dev.fleetline.carrier.SignedListeners.SignedListener;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.tokens.TokenRealm;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WatchStreamsTest {

    private final StreamsLab lab = new StreamsLab();

    @Test
    void what_was_never_set_up_is_not_broken() {
        assertThat(lab.watch()).extracting(PartReply::outcome).containsOnly("not-set-up");
        assertThat(lab.bus.published()).isEmpty();
    }

    @Test
    void a_stream_that_is_heard_is_in_order() {
        lab.repair();
        lab.isHeardFor(5);

        assertThat(lab.watch()).extracting(PartReply::outcome).containsOnly("in-order");
        assertThat(lab.bus.published()).isEmpty();
    }

    @Test
    void a_stream_that_falls_silent_is_told_once_and_so_is_that_it_speaks_again() {
        lab.repair();
        lab.isHeardFor(5);
        lab.clock.forward(Duration.ofHours(3));

        lab.watch();
        lab.clock.forward(Duration.ofMinutes(15));
        assertThat(lab.watch().getFirst().notes()).contains("SILENT");

        assertThat(lab.bus.detailTypes()).containsExactly("StreamBroken");
        assertThat(detail())
                .contains("\"stream\":\"core/ts.event\"", "\"code\":\"SILENT\"", "\"since\":\"2026-03-07T14:00:00Z\"")
                .contains("nothing has come for longer than 2 hours; its usual gap is 1 hour");

        lab.hearing.heard("stream", lab.clock.instant());
        lab.watch();
        lab.watch();
        assertThat(lab.bus.detailTypes()).containsExactly("StreamBroken", "StreamRepaired");
    }

    @Test
    void the_next_break_is_told_again_under_another_id() {
        lab.repair();
        lab.isHeardFor(5);
        for (int time = 0; time < 2; time++) {
            lab.clock.forward(Duration.ofDays(1));
            lab.watch();
            lab.hearing.heard("stream", lab.clock.instant());
            lab.watch();
        }

        assertThat(lab.bus.detailTypes())
                .containsExactly("StreamBroken", "StreamRepaired", "StreamBroken", "StreamRepaired");
        assertThat(lab.bus.published()).extracting(Outgoing::eventId).doesNotHaveDuplicates();
    }

    @Test
    void a_subscription_that_somebody_deleted_is_told_with_what_to_do() {
        lab.repair();
        lab.isHeardFor(1);
        yes(lab.core.deleteSubscription(lab.subscriptions().getFirst().id()));

        lab.watch();

        assertThat(detail()).contains("\"code\":\"NOT_SUBSCRIBED\"", "repair");
    }

    @Test
    void a_subscription_that_fails_is_told_with_where_to_look_unless_something_came_since() {
        lab.repair();
        lab.isHeardFor(1);
        lab.core.fares("ts.event", new Health("fail", Optional.of(lab.clock.instant()), 7, 1, 0, false));
        lab.watch();
        assertThat(detail()).contains("\"code\":\"FAILING\"", "network: 7", "can be reached from outside");

        lab.clock.forward(Duration.ofMinutes(2));
        lab.hearing.heard("stream", lab.clock.instant());
        lab.watch();
        assertThat(lab.bus.detailTypes()).containsExactly("StreamBroken", "StreamRepaired");
    }

    @Test
    void a_harmless_break_that_becomes_a_grave_one_is_told_again_and_its_end_once() {
        lab.repair();
        lab.clock.forward(Duration.ofDays(1).plusMinutes(1));
        lab.watch();
        assertThat(detail()).contains("\"code\":\"NEVER_SENT\"");

        lab.core.fares("ts.event", new Health("fail", Optional.of(lab.clock.instant()), 7, 1, 0, false));
        lab.watch();
        lab.watch();
        assertThat(detail()).contains("\"code\":\"FAILING\"");
        assertThat(lab.bus.detailTypes()).containsExactly("StreamBroken", "StreamBroken");
        assertThat(lab.bus.published()).extracting(Outgoing::eventId).doesNotHaveDuplicates();

        lab.clock.forward(Duration.ofMinutes(2));
        lab.hearing.heard("stream", lab.clock.instant());
        lab.watch();
        lab.watch();
        assertThat(lab.bus.detailTypes()).containsExactly("StreamBroken", "StreamBroken", "StreamRepaired");
    }

    @Test
    void each_telling_has_its_own_id_although_nothing_is_heard_between() {
        lab.repair();
        lab.isHeardFor(1);
        for (int time = 0; time < 2; time++) {
            isFailing();
            lab.watch();
            isSwitchedOff();
            lab.watch();
        }

        assertThat(codes()).containsExactly("FAILING", "DISABLED", "FAILING", "DISABLED");
        assertThat(lab.bus.published()).extracting(Outgoing::eventId).doesNotHaveDuplicates();
    }

    @Test
    void who_dies_at_any_effect_tells_the_same_again_and_nothing_twice() {
        int effect = 0;
        while (diesAt(effect)) {
            effect++;
        }
        assertThat(effect).as("effects of four tellings").isGreaterThan(30);
    }

    private static boolean diesAt(int effect) {
        var test = new WatchStreamsTest();
        test.lab.repair();
        var left = new AtomicInteger(effect);
        Consumer<String> death = name -> {
            if (left.getAndDecrement() == 0) {
                throw new IllegalStateException("died at " + name);
            }
        };
        test.lab.store.onEffect(death);
        test.lab.bus.onEffect(death);
        for (Runnable happens : List.<Runnable>of(
                test::isFailing,
                test::isSwitchedOff,
                test::isFailing,
                () -> test.lab.core.fares("ts.event", new Health("", Optional.empty(), 0, 0, 0, false)))) {
            happens.run();
            try {
                test.lab.watch();
            } catch (IllegalStateException e) {
                test.lab.clock.forward(Duration.ofMinutes(15));
                test.lab.watch();
            }
            test.lab.clock.forward(Duration.ofMinutes(15));
        }
        test.saidInTurn(effect);
        return left.get() < 0;
    }

    private void saidInTurn(int effect) {
        Map<String, Outgoing> byId = new LinkedHashMap<>();
        lab.bus.published().forEach(event -> byId.putIfAbsent(event.eventId(), event));
        assertThat(byId.values())
                .as("death at effect %d", effect)
                .extracting(event -> codeOf(event).orElse(event.detailType()))
                .containsExactly("FAILING", "DISABLED", "FAILING", "StreamRepaired");
        assertThat(lab.bus.published()).allSatisfy(event -> assertThat(event.detail())
                .isEqualTo(Objects.requireNonNull(byId.get(event.eventId())).detail()));
    }

    private void isFailing() {
        lab.core.fares("ts.event", new Health("fail", Optional.of(lab.clock.instant()), 7, 1, 0, false));
    }

    private void isSwitchedOff() {
        lab.core.fares("ts.event", new Health("", Optional.empty(), 0, 0, 0, true));
    }

    private List<String> codes() {
        return lab.bus.published().stream()
                .map(WatchStreamsTest::codeOf)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> codeOf(Outgoing event) {
        return Stream.of("FAILING", "DISABLED", "REFUSED", "NO_KEY")
                .filter(code -> event.detail().contains("\"code\":\"" + code + "\""))
                .findFirst();
    }

    @Test
    void a_break_before_anything_was_heard_is_since_it_was_first_seen_and_told_again_as_that() {
        lab.repair();
        lab.keys.forget("Diagnostics");
        lab.bus.onEffect(name -> {
            if (name.equals("publish events:after")) {
                throw new IllegalStateException("died");
            }
        });
        assertThatThrownBy(lab::watch).isInstanceOf(IllegalStateException.class);
        lab.bus.onEffect(_ -> {});
        lab.clock.forward(Duration.ofMinutes(15));

        lab.watch();
        lab.watch();

        assertThat(codes()).containsExactly("NO_KEY", "NO_KEY");
        assertThat(lab.bus.published())
                .extracting(Outgoing::eventId)
                .containsOnly(lab.bus.published().getFirst().eventId());
        assertThat(lab.bus.published()).extracting(Outgoing::detail).containsOnly(detail());
    }

    @Test
    void a_set_up_that_stopped_between_target_and_subscription_is_told() {
        lab.repair();
        yes(lab.core.deleteSubscription(lab.subscriptions().getFirst().id()));
        assertThat(lab.watch().getFirst().outcome()).isEqualTo("not-set-up");

        lab.clock.forward(Duration.ofMinutes(15));
        lab.watch();

        assertThat(detail()).contains("\"code\":\"NOT_SUBSCRIBED\"", "half-way", "repair");
    }

    @Test
    void a_platform_that_refuses_to_be_looked_at_is_told_with_its_code() {
        lab.core.answersNext(new Refused<>("insufficient_scope", ""));
        lab.watch();
        lab.core.answersNext(new Refused<>("insufficient_scope", ""));
        lab.diagnostics.answersNext(new Refused<>("UNREGISTERED_ACCOUNT", ""));
        lab.watch();

        assertThat(lab.bus.detailTypes()).containsExactly("StreamBroken", "StreamBroken");
        assertThat(lab.bus.published().getFirst().detail()).contains("\"code\":\"REFUSED\"", "insufficient_scope");
        assertThat(detail())
                .contains("\"stream\":\"callback/Diagnostics\"", "\"code\":\"REFUSED\"", "UNREGISTERED_ACCOUNT");
    }

    @Test
    void a_break_that_was_told_is_not_told_as_silence_whenever_the_platform_does_not_answer() {
        lab.repair();
        lab.isHeardFor(5);
        lab.core.fares("ts.event", new Health("fail", Optional.of(lab.clock.instant()), 7, 1, 0, false));
        lab.watch();
        lab.clock.forward(Duration.ofHours(4));
        lab.core.answersNext(new TryLater<>(Duration.ofMinutes(1), "status 503"));
        lab.watch();
        lab.watch();

        assertThat(lab.bus.detailTypes()).containsExactly("StreamBroken");
    }

    @Test
    void a_retry_of_the_watch_that_told_a_break_tells_its_end() {
        lab.repair();
        lab.clock.forward(Duration.ofDays(1).plusMinutes(1));
        String invocation = StreamsLab.invocation();
        lab.watch(invocation);
        lab.hearing.heard("stream", lab.clock.instant());

        lab.watch(invocation);

        assertThat(lab.bus.detailTypes()).containsExactly("StreamBroken", "StreamRepaired");
    }

    @Test
    void what_was_torn_down_is_not_watched_and_what_is_set_up_again_is_not_silent_since_before() {
        lab.repair();
        lab.isHeardFor(5);
        lab.hearing.heard("callback/CarrierService", lab.clock.instant());
        lab.keep().tearDown(StreamsLab.invocation());
        lab.clock.forward(Duration.ofDays(90));
        assertThat(lab.watch()).extracting(PartReply::outcome).containsExactly("torn-down");

        lab.repair();

        assertThat(lab.watch()).extracting(PartReply::outcome).containsOnly("in-order");
        assertThat(lab.bus.published()).isEmpty();
    }

    @Test
    void a_stream_that_was_heard_for_two_days_and_never_again_is_told() {
        lab.repair();
        lab.isHeardFor(2);
        lab.clock.forward(Duration.ofDays(3));

        lab.watch();

        assertThat(detail()).contains("\"code\":\"SILENT\"", "longer than 3 days; its usual gap is 1 hour");
    }

    @Test
    void a_stream_that_was_heard_once_is_told_without_a_usual_gap() {
        lab.repair();
        lab.hearing.heard("stream", lab.clock.instant());
        lab.clock.forward(Duration.ofDays(4));

        lab.watch();

        assertThat(detail()).contains("longer than 3 days; its usual gap is not known yet");
    }

    @Test
    void a_listener_that_shows_what_we_do_not_take_or_calls_an_old_path_is_told() {
        lab.repair();
        yes(lab.listeners.register(new Listener(
                "CarrierService", StreamsLab.URL + "/callbacks/CarrierService", "cbuser", "an-old-password")));
        yes(lab.listeners.register(new Listener(
                "DeviceService",
                "https://rx.example.test/an-older-path/callbacks/DeviceService",
                "cbuser",
                "cb-secret-example")));
        yes(lab.location.register(new SignedListener(
                "DeviceLocation", "https://rx.example.test/an-older-path/callbacks/DeviceLocation")));

        List<PartReply> parts = lab.watch();
        assertThat(StreamsLab.of("callback/CarrierService", parts).notes()).contains("NOT_LET_IN");
        assertThat(StreamsLab.of("callback/DeviceService", parts).notes()).contains("NOT_LET_IN");
        assertThat(StreamsLab.of("callback/DeviceLocation", parts).notes()).contains("NO_KEY");
        assertThat(lab.bus.published()).extracting(Outgoing::detail).allSatisfy(told -> assertThat(told)
                .doesNotContain("an-old"));

        lab.repair();
        lab.watch();
        assertThat(lab.bus.detailTypes())
                .containsExactly(
                        "StreamBroken",
                        "StreamBroken",
                        "StreamBroken",
                        "StreamRepaired",
                        "StreamRepaired",
                        "StreamRepaired");
    }

    @Test
    void a_subscription_that_is_switched_off_or_somebody_else_s_is_told() {
        lab.repair();
        lab.core.fares("ts.event", new Health("", Optional.empty(), 0, 0, 0, true));
        assertThat(lab.watch().getFirst().notes()).contains("DISABLED");

        StreamsLab other = new StreamsLab();
        other.othersHave("ts.event");
        assertThat(other.watch().getFirst().notes()).contains("TAKEN");
    }

    @Test
    void a_stream_that_was_set_up_and_never_sent_is_told_after_a_day_in_words() {
        lab.repair();
        lab.clock.forward(Duration.ofDays(1));
        assertThat(lab.watch().getFirst().outcome()).isEqualTo("in-order");

        lab.clock.forward(Duration.ofMinutes(1));
        lab.watch();

        assertThat(detail()).contains("\"code\":\"NEVER_SENT\"", "has never sent anything", "nothing is wrong");
    }

    @Test
    void while_the_platform_does_not_answer_silence_alone_is_told_and_nothing_is_called_well() {
        lab.repair();
        lab.isHeardFor(5);
        lab.core.answersNext(new TryLater<>(Duration.ofMinutes(1), "status 503"));
        assertThat(lab.watch().getFirst().outcome()).isEqualTo("unknown");

        lab.clock.forward(Duration.ofHours(4));
        lab.core.answersNext(new TryLater<>(Duration.ofMinutes(1), "status 503"));
        lab.watch();
        assertThat(lab.bus.detailTypes()).containsExactly("StreamBroken");
    }

    @Test
    void a_stream_that_was_set_up_again_is_given_its_time_though_the_platform_does_not_answer_before_it_is_heard() {
        lab.repair();
        lab.isHeardFor(5);
        yes(lab.core.deleteSubscription(lab.subscriptions().getFirst().id()));
        lab.watch();
        lab.clock.forward(Duration.ofDays(3));
        lab.repair();
        assertThat(whileThePlatformDoesNotAnswer()).as("not yet seen well").isEqualTo("unknown");
        lab.watch();
        lab.clock.forward(Duration.ofMinutes(15));
        assertThat(whileThePlatformDoesNotAnswer()).as("seen well").isEqualTo("unknown");
        assertThat(lab.bus.detailTypes()).containsExactly("StreamBroken", "StreamRepaired");

        lab.clock.forward(Duration.ofHours(2));
        assertThat(whileThePlatformDoesNotAnswer()).isEqualTo("broken");
        assertThat(detail()).contains("\"code\":\"SILENT\"");
    }

    private String whileThePlatformDoesNotAnswer() {
        lab.core.answersNext(new TryLater<>(Duration.ofMinutes(1), "status 503"));
        return lab.watch().getFirst().outcome();
    }

    @Test
    void a_listener_that_is_registered_again_after_days_is_well_and_not_silent_since_before() {
        carrierServiceIsRegisteredAgainAfterDays(8);
        lab.clock.forward(Duration.ofDays(7));
        assertThat(carrierService().outcome()).isEqualTo("in-order");

        lab.clock.forward(Duration.ofMinutes(1));
        assertThat(carrierService().notes()).contains("SILENT");
    }

    @Test
    void a_silence_that_was_told_stays_so_while_the_platform_does_not_answer_and_ends_when_it_is_heard() {
        lab.repair();
        lab.isHeardFor(5);
        lab.clock.forward(Duration.ofHours(4));
        assertThat(whileThePlatformDoesNotAnswer()).isEqualTo("broken");
        assertThat(whileThePlatformDoesNotAnswer()).isEqualTo("broken");
        lab.hearing.heard("stream", lab.clock.instant());
        assertThat(whileThePlatformDoesNotAnswer()).isEqualTo("unknown");
        lab.watch();

        assertThat(lab.bus.detailTypes()).containsExactly("StreamBroken", "StreamRepaired");
    }

    @Test
    void a_listener_that_somebody_deleted_is_told_and_one_that_is_quiet_for_days_is_not() {
        lab.repair();
        for (int day = 0; day < 5; day++) {
            lab.hearing.heard("callback/CarrierService", lab.clock.instant());
            lab.clock.forward(Duration.ofHours(24));
            lab.hearing.heard("stream", lab.clock.instant());
        }
        assertThat(lab.watch()).extracting(PartReply::outcome).containsOnly("in-order");

        yes(lab.listeners.deregister("CarrierService"));
        lab.watch();
        assertThat(detail()).contains("\"stream\":\"callback/CarrierService\"", "\"code\":\"NOT_REGISTERED\"");
    }

    @Test
    void a_listener_that_was_heard_once_and_then_asked_nothing_is_not_silent_whether_or_not_the_platform_answers() {
        lab.repair();
        lab.hearing.heard("callback/CarrierService", lab.clock.instant());
        lab.clock.forward(Duration.ofDays(90));

        assertThat(carrierService().outcome()).isEqualTo("in-order");
        lab.listeners.answersNext(new TryLater<>(Duration.ofMinutes(1), "status 503"));
        assertThat(carrierService().outcome()).isEqualTo("unknown");
        assertThat(lab.bus.published())
                .extracting(Outgoing::detail)
                .noneMatch(told -> told.contains("callback/CarrierService"));
    }

    @Test
    void a_listener_with_habits_that_falls_silent_is_told_with_how_long_it_was_given_and_what_is_usual() {
        lab.repair();
        carrierServiceIsHeardForDays(5);
        lab.clock.forward(Duration.ofDays(6).plusMinutes(1));

        assertThat(carrierService().notes())
                .contains("SILENT", "nothing has come for longer than 7 days; its usual gap is 1 day");
    }

    @Test
    void a_listener_that_somebody_else_has_taken_is_told_as_that_whether_or_not_it_was_ever_heard() {
        lab.repair();
        lab.hearing.heard("callback/CarrierService", lab.clock.instant());
        isTakenBySomebodyElse("CarrierService");
        isTakenBySomebodyElse("DeviceService");

        assertThat(lab.watch())
                .extracting(PartReply::outcome)
                .containsExactly("in-order", "broken", "broken", "in-order", "in-order");
        lab.watch();

        assertThat(lab.bus.published()).extracting(Outgoing::detail).hasSize(2).allSatisfy(told -> assertThat(told)
                .contains("\"code\":\"TAKEN\"", "calls somebody else", "have them deregister it")
                .doesNotContain("elsewhere.example.test"));
    }

    private void isTakenBySomebodyElse(String service) {
        yes(lab.listeners.register(
                new Listener(service, "https://elsewhere.example.test/cb", "they", "their-password")));
    }

    @Test
    void what_was_told_of_a_listener_that_is_gone_and_was_never_heard_is_over() {
        isTakenBySomebodyElse("CarrierService");
        assertThat(carrierService().notes()).contains("TAKEN");
        yes(lab.listeners.deregister("CarrierService"));

        assertThat(carrierService().outcome()).isEqualTo("not-set-up");
        lab.watch();

        assertThat(lab.bus.detailTypes()).containsExactly("StreamBroken", "StreamRepaired");
    }

    @Test
    void a_refusal_soon_after_a_listener_was_registered_again_does_not_make_its_old_silence_count() {
        carrierServiceIsRegisteredAgainAfterDays(8);

        lab.clock.forward(Duration.ofMinutes(15));
        lab.listeners.answersNext(new Refused<>("UNREGISTERED_ACCOUNT", ""));
        assertThat(carrierService().notes()).contains("REFUSED");
        lab.clock.forward(Duration.ofMinutes(15));

        assertThat(carrierService().outcome()).isEqualTo("in-order");
    }

    @Test
    void what_was_told_of_a_service_that_is_left_to_somebody_else_is_over() {
        lab.repair();
        isTakenBySomebodyElse("CarrierService");
        assertThat(carrierService().notes()).contains("TAKEN");

        lab.wantsOnly("DeviceService");
        lab.watch();
        lab.watch();

        assertThat(lab.bus.detailTypes()).containsExactly("StreamBroken", "StreamRepaired");
        assertThat(detail()).contains("\"stream\":\"callback/CarrierService\"");
    }

    @Test
    void what_was_told_of_a_service_that_nobody_wants_any_more_is_over_though_it_calls_nobody() {
        lab.repair();
        lab.hearing.heard("callback/CarrierService", lab.clock.instant());
        yes(lab.listeners.deregister("CarrierService"));
        assertThat(carrierService().notes()).contains("NOT_REGISTERED");

        lab.wantsOnly();
        lab.watch();
        lab.watch();

        assertThat(lab.bus.detailTypes()).containsExactly("StreamBroken", "StreamRepaired");
    }

    @Test
    void a_service_that_comes_back_from_somebody_else_is_not_silent_since_before() {
        lab.repair();
        carrierServiceIsHeardForDays(5);
        isTakenBySomebodyElse("CarrierService");
        lab.watch();
        lab.wantsOnly("DeviceService");
        lab.clock.forward(Duration.ofDays(9));
        lab.watch();

        lab.wantsOnly("CarrierService", "DeviceService");
        yes(lab.listeners.deregister("CarrierService"));
        lab.repair();

        assertThat(carrierService().outcome()).isEqualTo("in-order");
    }

    @Test
    void a_service_that_was_not_wanted_for_a_while_is_not_silent_since_before() {
        lab.repair();
        carrierServiceIsHeardForDays(5);
        lab.wantsOnly("DeviceService");
        lab.repair();
        lab.clock.forward(Duration.ofDays(30));

        lab.wantsOnly("CarrierService", "DeviceService");
        lab.repair();

        assertThat(carrierService().outcome()).isEqualTo("in-order");
    }

    @Test
    void a_silence_that_was_told_is_not_told_again_because_the_platform_refuses_to_be_looked_at_once() {
        lab.repair();
        lab.isHeardFor(5);
        lab.core.fares("ts.event", new Health("fail", Optional.of(lab.clock.instant()), 7, 1, 0, false));
        lab.watch();
        lab.clock.forward(Duration.ofHours(4));
        lab.core.fares("ts.event", new Health("success", Optional.of(lab.clock.instant()), 0, 0, 0, false));
        lab.watch();
        assertThat(detail()).contains("\"code\":\"SILENT\"");

        lab.clock.forward(Duration.ofMinutes(15));
        lab.core.answersNext(new Refused<>("insufficient_scope", ""));
        lab.watch();
        lab.clock.forward(Duration.ofMinutes(15));
        lab.watch();

        assertThat(lab.bus.detailTypes()).containsExactly("StreamBroken", "StreamBroken");
    }

    private void carrierServiceIsRegisteredAgainAfterDays(int days) {
        lab.repair();
        carrierServiceIsHeardForDays(5);
        yes(lab.listeners.deregister("CarrierService"));
        assertThat(carrierService().notes()).contains("NOT_REGISTERED");
        lab.clock.forward(Duration.ofDays(days));
        lab.repair();
        assertThat(carrierService().outcome()).isEqualTo("in-order");
    }

    private void carrierServiceIsHeardForDays(int days) {
        for (int day = 0; day < days; day++) {
            lab.hearing.heard("callback/CarrierService", lab.clock.instant());
            lab.clock.forward(Duration.ofDays(1));
        }
    }

    private PartReply carrierService() {
        return StreamsLab.of("callback/CarrierService", lab.watch());
    }

    @Test
    void a_service_that_signs_with_a_key_that_we_do_not_have_is_told_until_it_is_registered_anew() {
        lab.repair();
        lab.keys.forget("Diagnostics");

        lab.watch();
        assertThat(StreamsLab.of("callback/Diagnostics", lab.watch()).notes()).contains("NO_KEY");
        assertThat(lab.bus.detailTypes()).containsExactly("StreamBroken");
        assertThat(detail()).contains("\"stream\":\"callback/Diagnostics\"", "repair");

        lab.repair();
        lab.watch();
        assertThat(lab.bus.detailTypes()).containsExactly("StreamBroken", "StreamRepaired");
    }

    @Test
    void a_realm_without_a_token_is_not_asked() {
        lab.inUse.clear();

        assertThat(lab.watch()).isEmpty();
        assertThat(lab.core.calls()).isZero();
        lab.inUse.add(TokenRealm.M2M);
        assertThat(lab.watch())
                .extracting(PartReply::part)
                .containsExactly(
                        "callback/CarrierService",
                        "callback/DeviceService",
                        "callback/Diagnostics",
                        "callback/DeviceLocation");
    }

    private String detail() {
        return lab.bus.published().getLast().detail();
    }
}

package dev.fleetline.deviceonboarding;

import static dev.fleetline.deviceonboarding.Messages.ICCID;
import static dev.fleetline.deviceonboarding.Messages.IMEI;
import static dev.fleetline.deviceonboarding.Messages.ORDER;
import static dev.fleetline.deviceonboarding.Messages.order;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.carrier.Carriers.Platform;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Consequences.HistoryEntry;
import dev.fleetline.device.Device;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Lifecycle.Activating;
import dev.fleetline.device.Lifecycle.Failure;
import dev.fleetline.device.Mender;
import dev.fleetline.lambda.Verdict.Dead;
import dev.fleetline.lambda.Verdict.Done;
import dev.fleetline.onboarding.OrderRules.Defaults;
import dev.fleetline.testing.ScriptedCarrier;
import dev.fleetline.tokens.TokenRealm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with an order is found before anything reaches the carrier. */
class TakeOrdersTest {

    private static final Imei OTHER = new Imei("999999000000022");

    private static final Failure FORBIDDEN = new Failure("FORBIDDEN", "not this account's", Mender.OPERATIONS);

    private final ScriptedCarrier carrier = new ScriptedCarrier();
    private final Desk desk = new Desk(carrier);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            9999990000000    | 15 digits
            99999900000001A  | digits only
            999999000000015  | check digit
            """)
    void a_wrong_imei_is_refused_with_the_rule_and_nothing_reaches_the_carrier(String imei, String rule) {
        assertThat(desk.deliver(order(ORDER, imei, ICCID.digits()))).isInstanceOf(Done.class);

        JsonNode failed = desk.detailOf("DeviceOnboardingFailed");
        assertThat(failed.path("code").asText()).isEqualTo("INVALID_REQUEST");
        assertThat(failed.path("onboardingId").asText()).isEqualTo(ORDER);
        assertThat(failed.has("imei")).isFalse();
        assertThat(failed.at("/faults/0/field").asText()).isEqualTo("imei");
        assertThat(failed.at("/faults/0/rule").asText()).contains(rule);
        assertThat(failed.toString()).doesNotContain(imei);
        assertThat(carrier.calls()).isZero();
        assertThat(desk.store.devices()).isEmpty();
    }

    @Test
    void every_fault_is_told_at_once() {
        ObjectNode detail = Messages.detail(ORDER, "123", "8914")
                .put("carrier", "pigeon")
                .put("reportingInterval", "PT30S")
                .put("zip", "9880")
                .put("site", "x".repeat(257));

        desk.deliver(Messages.event(detail));

        JsonNode failed = desk.detailOf("DeviceOnboardingFailed");
        assertThat(StreamSupport.stream(failed.path("faults").spliterator(), false)
                        .map(fault -> fault.path("field").asText()))
                .containsExactly("imei", "iccid", "carrier", "site", "zip", "reportingInterval");
        assertThat(failed.path("faults")).allSatisfy(fault -> {
            assertThat(fault.path("rule").asText()).isNotBlank();
            assertThat(fault.path("fix").asText()).isNotBlank();
        });
        assertThat(carrier.calls()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1M", "PT4H", "P30D"})
    void an_interval_within_bounds_is_kept_with_the_device(String interval) {
        desk.deliver(Messages.event(
                Messages.detail(ORDER, IMEI.digits(), ICCID.digits()).put("reportingInterval", interval)));

        assertThat(desk.device(IMEI).profile().reportingInterval()).contains(Duration.parse(interval));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT59S", "P30DT1S", "4h", "-PT1H"})
    void an_interval_out_of_bounds_is_refused(String interval) {
        desk.deliver(Messages.event(
                Messages.detail(ORDER, IMEI.digits(), ICCID.digits()).put("reportingInterval", interval)));

        assertThat(desk.detailOf("DeviceOnboardingFailed").at("/faults/0/field").asText())
                .isEqualTo("reportingInterval");
        assertThat(carrier.calls()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            not JSON at all                                                                                       | not JSON
            []                                                                                                    | no JSON object
            {"detail-type":"SomethingElse","detail":{}}                                                         | detail-type
            {"detail-type":"DeviceOnboardingRequested"}                                                         | field detail
            {"detail-type":"DeviceOnboardingRequested","detail":{"onboardingId":"o"}}                        | schemaVersion
            {"detail-type":"DeviceOnboardingRequested","detail":{"schemaVersion":2}}                           | schemaVersion
            {"detail-type":"DeviceOnboardingRequested","detail":{"schemaVersion":1,"onboardingId":"o","iccid":"1"}} | detail.imei
            {"detail-type":"DeviceOnboardingRequested","detail":{"schemaVersion":1,"onboardingId":"o","imei":999999000000014}} | detail.imei must be text
            {"detail-type":"DeviceOnboardingRequested","detail":{"schemaVersion":1,"onboardingId":" ","imei":"1"}} | detail.onboardingId
            {"detail-type":"DeviceOnboardingRequested","detail":{"schemaVersion":1,"onboardingId":"o","imei":"1","iccid":"1","site":null}} | detail.site
            """)
    void a_message_that_nobody_can_act_on_is_dead_with_the_reason(String message, String reason) {
        assertThat(desk.deliver(message)).isInstanceOfSatisfying(Dead.class, dead -> assertThat(dead.reason())
                .contains(reason));
        assertThat(desk.told()).isEmpty();
        assertThat(carrier.calls()).isZero();
    }

    @Test
    void a_bad_order_about_a_device_that_exists_does_not_touch_it() {
        desk.deliver(order());
        var before = desk.device(IMEI);

        desk.deliver(order("order-2", IMEI.digits(), "89148000009999900015"));

        assertThat(desk.device(IMEI)).isEqualTo(before);
        assertThat(desk.detailOf("DeviceOnboardingFailed").path("imei").asText())
                .isEqualTo(IMEI.digits());
    }

    @Test
    void what_is_left_out_comes_from_the_deployment() {
        desk.deliver(order());

        assertThat(desk.device(IMEI).order().account()).isEqualTo("0999000001-00001");
        assertThat(desk.device(IMEI).order().carrier()).isEqualTo("core");
        assertThat(desk.lifecycle(IMEI)).isInstanceOf(Activating.class);
    }

    @Test
    void a_carrier_that_this_deployment_does_not_speak_to_is_refused() {
        desk.deliver(Messages.line(1, "m2m_4G"));

        JsonNode failed = desk.detailOf("DeviceOnboardingFailed");
        assertThat(failed.at("/faults/0/field").asText()).isEqualTo("carrier");
        assertThat(failed.at("/faults/0/rule").asText()).contains("core").doesNotContain("m2m");
        assertThat(failed.path("mender").asText()).isEqualTo("SENDER");
    }

    @Test
    void a_line_is_not_ordered_without_plan_and_zip_when_the_deployment_has_none_either() {
        ScriptedCarrier lines = ScriptedCarrier.ofLines();
        Desk bare = new Desk(
                Map.of("m2m", new Platform(lines, TokenRealm.M2M)),
                new Defaults(Desk.ACCOUNT, "m2m", Optional.empty(), Optional.empty()));

        bare.deliver(order());

        assertThat(bare.detailOf("DeviceOnboardingFailed").path("faults"))
                .extracting(fault -> fault.path("field").asText())
                .containsExactly("servicePlan", "zip");
        assertThat(lines.calls()).isZero();
        assertThat(bare.store.devices()).isEmpty();
    }

    @Test
    void a_sim_that_belongs_to_another_device_is_told_with_every_other_fault() {
        desk.deliver(order());
        desk.bus.clear();
        int calls = carrier.calls();

        desk.deliver(Messages.event(
                Messages.detail("order-2", OTHER.digits(), ICCID.digits()).put("carrier", "pigeon")));

        JsonNode failed = desk.detailOf("DeviceOnboardingFailed");
        assertThat(failed.path("code").asText()).isEqualTo("INVALID_REQUEST");
        assertThat(failed.path("faults"))
                .extracting(fault -> fault.path("field").asText())
                .containsExactly("iccid", "carrier");
        assertThat(failed.at("/faults/0/rule").asText())
                .doesNotContain(IMEI.digits())
                .contains("…0014");
        assertThat(desk.registry.find(OTHER)).isEmpty();
        assertThat(carrier.calls()).isEqualTo(calls);
    }

    @Test
    void an_order_that_comes_again_is_not_blamed_for_a_sim_that_has_gone_to_another_device_since() {
        desk.deliver(order());
        Device device = desk.device(IMEI);
        desk.registry.save(
                device.withSim(Messages.iccid(2), desk.clock.instant()),
                new Consequences(List.of(), List.of(), Optional.of(ICCID)));
        desk.deliver(order("order-2", OTHER.digits(), ICCID.digits()));
        desk.bus.clear();

        assertThat(desk.deliver(order())).isEqualTo(new Done("nothing to do, the device is ACTIVATING"));

        assertThat(desk.told()).isEmpty();
    }

    /** As when a setting has changed since it was taken. */
    @ParameterizedTest
    @CsvSource({"REQUESTED,REJECTED", "CHECKED,FAILED", "REGISTERED,FAILED"})
    void an_order_that_is_refused_on_its_way_has_ended(String state, String end) {
        desk.deliver(order());
        Instant at = desk.clock.instant();
        Lifecycle onItsWay =
                switch (state) {
                    case "REQUESTED" -> new Lifecycle.Requested(at);
                    case "CHECKED" -> new Lifecycle.Checked(at);
                    default -> new Lifecycle.Registered(at);
                };
        desk.registry.save(desk.device(IMEI).in(onItsWay), Consequences.NONE);
        desk.bus.clear();

        desk.deliver(Messages.event(
                Messages.detail(ORDER, IMEI.digits(), ICCID.digits()).put("carrier", "pigeon")));

        assertThat(desk.lifecycle(IMEI).name()).isEqualTo(end);
        assertThat(desk.device(IMEI).progress().lookAt()).isEmpty();
        assertThat(desk.registry.whoHas(ICCID)).isEmpty();
        assertThat(desk.detailOf("DeviceOnboardingFailed").path("code").asText())
                .isEqualTo("INVALID_REQUEST");
        assertThat(desk.store.history("device#" + IMEI.digits()))
                .extracting(HistoryEntry::what)
                .contains(end);
    }

    /** As when a setting has changed since; what was told then is not taken back. */
    @ParameterizedTest
    @ValueSource(strings = {"ACTIVATING", "PARKED", "IN_SERVICE", "FAILED", "RETIRED"})
    void a_copy_of_an_order_that_was_good_when_it_came_is_not_told_of_a_rule_that_it_breaks_by_now(String state) {
        desk.deliver(order());
        Instant at = desk.clock.instant();
        Lifecycle became =
                switch (state) {
                    case "PARKED" -> new Lifecycle.Parked("LINE_BUDGET", Optional.of(at), at);
                    case "IN_SERVICE" -> new Lifecycle.InService(at);
                    case "FAILED" -> new Lifecycle.Failed(FORBIDDEN, at);
                    case "RETIRED" -> new Lifecycle.Retired(at);
                    default -> desk.lifecycle(IMEI);
                };
        desk.registry.save(desk.device(IMEI).in(became), Consequences.NONE);
        Device before = desk.device(IMEI);
        desk.bus.clear();

        assertThat(desk.deliver(Messages.event(
                        Messages.detail(ORDER, IMEI.digits(), ICCID.digits()).put("carrier", "pigeon"))))
                .isEqualTo(new Done("nothing to do, the device is " + state));

        assertThat(desk.told()).isEmpty();
        assertThat(desk.device(IMEI)).isEqualTo(before);
    }

    @Test
    void a_late_copy_of_an_ended_order_whose_sim_is_in_another_device_by_now_is_told_how_it_ended() {
        desk.deliver(order());
        desk.registry.save(
                desk.device(IMEI).in(new Lifecycle.Failed(FORBIDDEN, desk.clock.instant())),
                new Consequences(List.of(), List.of(), Optional.of(ICCID)));
        desk.deliver(order("order-2", IMEI.digits(), Messages.iccid(2).digits()));
        desk.deliver(order("order-3", OTHER.digits(), ICCID.digits()));
        desk.bus.clear();

        assertThat(desk.deliver(order()))
                .isEqualTo(new Done("nothing to do, the order had the device before and ended as FAILED"));

        assertThat(desk.told()).containsExactly("DeviceOrderedAlready");
        JsonNode told = desk.detailOf("DeviceOrderedAlready");
        assertThat(told.path("firstOnboardingId").asText()).isEqualTo(ORDER);
        assertThat(told.path("state").asText()).isEqualTo("FAILED");
        assertThat(told.path("code").asText()).isEqualTo("FORBIDDEN");
    }

    @Test
    void a_model_that_is_not_admitted_is_refused() {
        Desk picky = new Desk(
                Map.of("core", new Platform(carrier, TokenRealm.CORE)),
                new Defaults(Desk.ACCOUNT, "core", Optional.empty(), Optional.empty()),
                Set.of("891480"),
                Set.of("35000000"));

        picky.deliver(order());

        assertThat(picky.detailOf("DeviceOnboardingFailed")
                        .at("/faults/0/field")
                        .asText())
                .isEqualTo("imei");
        assertThat(carrier.calls()).isZero();
    }
}

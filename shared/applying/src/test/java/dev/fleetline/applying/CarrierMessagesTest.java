package dev.fleetline.applying;

import static dev.fleetline.applying.Fleet.OTHER;
import static dev.fleetline.applying.Fleet.OTHER_UID;
import static dev.fleetline.applying.Fleet.TRACKER;
import static dev.fleetline.applying.Fleet.activating;
import static dev.fleetline.applying.Fleet.registered;
import static dev.fleetline.applying.Fleet.report;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.callback.Deliveries;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Delivery.Status;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Mender;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the carrier's services say, and what it means for the device. */
class CarrierMessagesTest {

    private static final String IDS =
            "\"deviceIds\":[{\"id\":\"999999000000014\",\"kind\":\"imei\"},{\"id\":\"89148000009999900014\",\"kind\":\"ICCID\"}]";
    private static final String SUSPENDED =
            done("\"suspendResponse\":{\"expectedResumeDate\":\"2026-05-31T00:00:00Z\"}");
    private static final String RESTORED = done("\"restoreResponse\":{\"restored\":true}");
    private static final String DEACTIVATED = done("\"deactivateResponse\":{\"deactivated\":true}");
    private static final String ACTIVATED = done("\"activateResponse\":{\"state\":\"Active\"}");

    private final Fleet fleet = new Fleet();

    @Test
    void an_activation_that_worked_makes_the_device_active_and_says_who_says_so() {
        fleet.hasTracker(activating());

        carrierSays(ACTIVATED);

        assertThat(fleet.tracker().lifecycle()).isEqualTo(new Lifecycle.ActiveUnseen(fleet.clock.instant()));
        assertThat(fleet.bus.detailTypes()).containsExactly("DeviceActivated");
        assertThat(fleet.bus.published().getFirst().detail()).contains("\"evidence\":\"carrier\"");
        assertThat(history()).containsExactly("ACTIVE_UNSEEN");
    }

    @Test
    void an_answer_that_came_after_all_clears_an_unclear_activation() {
        fleet.hasTracker(new Lifecycle.Unclear(fleet.clock.instant()));

        carrierSays(ACTIVATED);

        assertThat(state()).isEqualTo("ACTIVE_UNSEEN");
    }

    @Test
    void a_device_that_is_active_already_is_active() {
        fleet.hasTracker(activating());

        carrierSays(failed("UnifiedWebService.REQUEST_FAILED.DeviceAlreadyActive"));

        assertThat(state()).isEqualTo("ACTIVE_UNSEEN");
        assertThat(fleet.bus.published("DeviceOnboardingFailed")).isEmpty();
    }

    @Test
    void a_refused_activation_ends_the_order_with_the_carrier_s_code_and_not_its_words() {
        fleet.hasTracker(activating());

        carrierSays(failed("UnifiedWebService.REQUEST_FAILED.SimNotFound"));

        assertThat(fleet.tracker().lifecycle())
                .isEqualTo(new Lifecycle.Failed(
                        new Lifecycle.Failure("SIM_NOT_FOUND", "the carrier refused it: SIM_NOT_FOUND", Mender.CARRIER),
                        fleet.clock.instant()));
        assertThat(fleet.bus.published("DeviceOnboardingFailed"))
                .singleElement()
                .satisfies(event -> assertThat(event.detail())
                        .contains("SIM_NOT_FOUND", "order-999999000000014")
                        .doesNotContain("as it was written"));
    }

    @Test
    void who_can_mend_a_refusal_its_code_says() {
        fleet.hasTrackerThatWaitsFor("request-1");

        carrierSays(failed("UnifiedWebService.REQUEST_FAILED.DeviceNotFound", "request-1"));

        assertThat(fleet.tracker().lifecycle()).isInstanceOfSatisfying(Lifecycle.Failed.class, it -> assertThat(
                        it.failure().mender())
                .isEqualTo(Mender.SENDER));
        assertThat(fleet.bus.published("DeviceOnboardingFailed"))
                .singleElement()
                .satisfies(event -> assertThat(event.detail()).contains("\"mender\":\"SENDER\""));
    }

    @Test
    void an_activation_that_somebody_has_yet_to_approve_has_not_failed() {
        fleet.hasTrackerThatWaitsFor("request-1");

        carrierSays(failed("UnifiedWebService.REQUEST_ONHOLD.Approval.Pending", "request-1"));

        assertThat(state()).isEqualTo("ACTIVATING");
        assertThat(fleet.bus.published("DeviceOnboardingFailed")).isEmpty();
    }

    @Test
    void a_refused_device_lets_go_of_its_sim() {
        fleet.hasTrackerThatWaitsFor("request-1");
        Iccid sim = fleet.tracker().order().iccid();

        carrierSays(failed("UnifiedWebService.REQUEST_FAILED.SimNotFound", "request-1"));

        assertThat(fleet.devices.whoHas(sim)).isEmpty();
    }

    @Test
    void a_refusal_that_comes_twice_is_told_once() {
        fleet.hasTrackerThatWaitsFor("request-1");
        String refusal = failed("UnifiedWebService.REQUEST_FAILED.SimNotFound", "request-1");

        carrierSays(refusal);
        fleet.clock.forward(Duration.ofMinutes(5));
        carrierSays(refusal);

        assertThat(state()).isEqualTo("FAILED");
        assertThat(fleet.bus.published("DeviceOnboardingFailed")).hasSize(1);
        assertThat(history()).containsExactly("FAILED");
    }

    @Test
    void a_late_refusal_of_an_order_that_has_failed_does_not_end_the_one_that_was_placed_after_it() {
        fleet.hasTrackerThatWaitsFor("request-1");
        carrierSays(failed("UnifiedWebService.REQUEST_FAILED.SimNotFound", "request-1"));
        fleet.clock.forward(Duration.ofHours(1));
        fleet.ordersAgain("request-2");
        fleet.clock.forward(Duration.ofHours(12));

        Applied late = carrierSays(failed("UnifiedWebService.REQUEST_FAILED.SimNotAllowed", "request-1"));

        assertThat(late).isInstanceOfSatisfying(Applied.Done.class, done -> assertThat(done.changed())
                .isFalse());
        assertThat(state()).isEqualTo("ACTIVATING");
        assertThat(fleet.store.deliveries()).hasSize(2);
        carrierSays(failed("UnifiedWebService.REQUEST_FAILED.SimNotFound", "request-2"));
        assertThat(state()).isEqualTo("FAILED");
    }

    @Test
    void a_refusal_of_a_request_that_nobody_here_knows_does_not_end_an_order_that_is_unclear() {
        fleet.hasTracker(new Lifecycle.Unclear(fleet.clock.instant()));

        carrierSays(failed("UnifiedWebService.REQUEST_FAILED.SimNotFound", "request-9"));

        assertThat(state()).isEqualTo("UNCLEAR");
    }

    @Test
    void a_success_counts_whoever_asked_for_it() {
        fleet.hasTrackerThatWaitsFor("request-1");

        carrierSays(ACTIVATED.replace("\"status\"", "\"requestId\":\"request-9\",\"status\""));

        assertThat(state()).isEqualTo("ACTIVE_UNSEEN");
    }

    @Test
    void a_refusal_that_contradicts_a_success_changes_nothing() {
        fleet.hasTrackerThatWaitsFor("request-1");
        carrierSays(ACTIVATED);

        carrierSays(failed("UnifiedWebService.REQUEST_FAILED.SimNotFound", "request-1"));

        assertThat(state()).isEqualTo("ACTIVE_UNSEEN");
        assertThat(fleet.bus.detailTypes()).containsExactly("DeviceActivated");
    }

    @Test
    void a_success_that_contradicts_a_refusal_does_not_bring_back_the_order_that_was_told_to_have_failed() {
        fleet.hasTrackerThatWaitsFor("request-1");
        carrierSays(failed("UnifiedWebService.REQUEST_FAILED.SimNotFound", "request-1"));

        carrierSays(ACTIVATED);

        assertThat(state()).isEqualTo("FAILED");
        assertThat(fleet.bus.detailTypes()).containsExactly("DeviceOnboardingFailed");
    }

    @Test
    void two_devices_of_one_request_are_told_apart_by_what_they_are() {
        fleet.hasTrackerThatWaitsFor("request-1");
        String ofTheOther = failed("UnifiedWebService.REQUEST_FAILED.SimNotFound", "request-1")
                .replace(TRACKER.digits(), OTHER.digits());

        assertThat(carrierSays(ofTheOther)).isEqualTo(new Applied.SetAside("UNKNOWN_DEVICE", true));

        assertThat(state()).isEqualTo("ACTIVATING");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "a fault in many words", "UnifiedWebService.", "UnifiedWebService.9", "ü"})
    void a_code_that_is_none_is_not_repeated(String code) {
        fleet.hasTracker(activating());

        carrierSays(failed(code));

        assertThat(fleet.tracker().lifecycle()).isInstanceOfSatisfying(Lifecycle.Failed.class, it -> assertThat(
                        it.failure().code())
                .isEqualTo("CARRIER_REFUSED"));
    }

    @Test
    void a_message_that_says_failed_and_has_no_fault_has_failed() {
        fleet.hasTracker(activating());

        carrierSays("{" + IDS + ",\"status\":\"FAILED\"}");

        assertThat(state()).isEqualTo("FAILED");
    }

    @Test
    void a_refusal_of_something_else_leaves_a_device_in_service_alone() {
        inService();

        carrierSays(failed("UnifiedWebService.REQUEST_FAILED.SuspendNotAllowed"));

        assertThat(state()).isEqualTo("IN_SERVICE");
    }

    @Test
    void a_suspended_device_is_not_judged_and_a_restored_one_has_been_silent_since_then_only() {
        inService();

        carrierSays(SUSPENDED);
        assertThat(fleet.tracker().lifecycle())
                .isEqualTo(new Lifecycle.Suspended(
                        Optional.of(Instant.parse("2026-05-31T00:00:00Z")), fleet.clock.instant()));

        fleet.clock.forward(Duration.ofDays(20));
        carrierSays(RESTORED);

        assertThat(state()).isEqualTo("ACTIVE_UNSEEN");
        assertThat(fleet.openConditions()).isEmpty();
        assertThat(fleet.bus.published("DeviceActivated")).hasSize(1);
        assertThat(history()).containsExactly("IN_SERVICE", "SUSPENDED", "ACTIVE_UNSEEN");
    }

    @Test
    void a_deactivated_device_is_at_its_end() {
        inService();

        carrierSays(DEACTIVATED);

        assertThat(state()).isEqualTo("DEACTIVATED");
        carrierSays(SUSPENDED);
        assertThat(state()).isEqualTo("DEACTIVATED");
    }

    @Test
    void an_old_word_that_is_played_again_moves_nobody_back() {
        inService();
        carrierSays(SUSPENDED);
        fleet.clock.forward(Duration.ofDays(1));
        carrierSays(RESTORED);

        List<Applied> again = fleet.store.deliveries().stream()
                .filter(delivery -> delivery.payload().contains("suspendResponse"))
                .map(fleet::again)
                .toList();

        assertThat(again).singleElement().isInstanceOfSatisfying(Applied.Done.class, done -> assertThat(done.changed())
                .isFalse());
        assertThat(state()).isEqualTo("ACTIVE_UNSEEN");
    }

    @Test
    void a_suspension_that_comes_late_or_is_played_again_does_not_outlive_the_restoration_after_it() {
        inService();
        Instant suspended = fleet.clock.instant();

        saysAt(suspended.plusSeconds(60), RESTORED);
        Applied late = saysAt(suspended, SUSPENDED);

        assertThat(late).isInstanceOfSatisfying(Applied.Done.class, done -> assertThat(done.changed())
                .isFalse());
        assertThat(state()).isEqualTo("IN_SERVICE");
    }

    @Test
    void a_suspension_counts_though_a_report_that_was_received_after_it_is_applied_before() {
        fleet.hasTracker(new Lifecycle.ActiveUnseen(Instant.parse("2026-03-02T15:00:00Z")));
        Instant suspended = fleet.clock.instant();

        fleet.receives(Deliveries.streamed(report("e1", suspended, ""), suspended.plusSeconds(3)));
        saysAt(suspended, SUSPENDED);

        assertThat(fleet.tracker().lifecycle())
                .isInstanceOfSatisfying(
                        Lifecycle.Suspended.class, it -> assertThat(it.since()).isEqualTo(suspended));
    }

    @Test
    void an_old_report_that_is_played_again_does_not_show_that_a_restored_device_works() {
        inService();
        carrierSays(SUSPENDED);
        fleet.clock.forward(Duration.ofDays(20));
        carrierSays(RESTORED);

        Instant before = Instant.parse("2026-03-02T16:05:30Z");
        fleet.receives(Deliveries.streamed(report("e1", before, "\"battery\":\"96\""), before));

        assertThat(state()).isEqualTo("ACTIVE_UNSEEN");
        assertThat(fleet.openConditions()).isEmpty();
    }

    @Test
    void the_older_of_two_notices_of_resumption_does_not_count_when_it_is_played_again() {
        inService();
        carrierSays(done("\"suspendResponse\":{}"));
        Instant first = fleet.clock.instant().plusSeconds(60);
        String notice = "{" + IDS + ",\"comment\":\"Device will be auto resumed on - 3/%d/2026 4:06:00 PM\"}";

        saysAt(first, "ResumeTrackingNotification", notice.formatted(9));
        saysAt(first.plusSeconds(60), "ResumeTrackingNotification", notice.formatted(12));
        fleet.store.deliveries().stream()
                .filter(delivery -> delivery.payload().contains("3/9/2026"))
                .forEach(fleet::again);

        assertThat(((Lifecycle.Suspended) fleet.tracker().lifecycle()).until())
                .contains(Instant.parse("2026-03-12T16:06:00Z"));
    }

    @Test
    void the_sim_that_was_put_in_last_stays_in_whatever_is_played_again() {
        inService();
        Instant first = fleet.clock.instant();
        saysAt(first, hasSim("89148000009999900022"));
        saysAt(first.plusSeconds(60), hasSim("89148000009999900030"));

        fleet.store.deliveries().stream()
                .filter(delivery -> delivery.payload().contains("99900022"))
                .forEach(fleet::again);

        assertThat(fleet.tracker().order().iccid()).isEqualTo(new Iccid("89148000009999900030"));
    }

    @Test
    void a_sim_that_was_taken_out_is_no_name_of_the_device_any_more_and_free_for_another() {
        inService();
        carrierSays(hasSim("89148000009999900022"));

        assertThat(fleet.devices.whoHas(new Iccid("89148000009999900014"))).isEmpty();
        assertThat(carrierSays("{\"deviceIds\":[{\"id\":\"89148000009999900014\",\"kind\":\"Iccid\"}],"
                        + "\"deviceResponse\":{\"deactivateResponse\":{}}}"))
                .isEqualTo(new Applied.SetAside("UNKNOWN_DEVICE", true));
        fleet.has(OTHER, "89148000009999900014", OTHER_UID, registered().activating(fleet.clock.instant()));
        assertThat(fleet.devices.whoHas(new Iccid("89148000009999900014"))).contains(OTHER);
        assertThat(state()).isEqualTo("IN_SERVICE");
    }

    @Test
    void a_word_about_a_stranger_s_device_does_not_hit_ours_by_the_sim_that_both_name() {
        inService();

        assertThat(carrierSays(DEACTIVATED.replace(TRACKER.digits(), OTHER.digits())))
                .isEqualTo(new Applied.SetAside("UNKNOWN_DEVICE", true));

        assertThat(state()).isEqualTo("IN_SERVICE");
    }

    @Test
    void a_message_of_an_account_that_is_not_ours_is_not_applied_when_it_is_played_again() {
        inService();
        String foreign = DEACTIVATED.replace("\"status\"", "\"accountName\":\"0999000002-00001\",\"status\"");
        Delivery delivery = Deliveries.calledBack("CarrierService", foreign.getBytes(UTF_8), fleet.clock.instant());
        fleet.inbox.put(delivery);

        assertThat(fleet.again(delivery)).isEqualTo(new Applied.SetAside("OTHER_ACCOUNT", true));

        assertThat(state()).isEqualTo("IN_SERVICE");
    }

    @Test
    void an_alert_that_is_open_when_the_carrier_takes_the_device_off_ends_with_that_reason() {
        inService();
        fleet.receives(report("e1", Instant.parse("2026-03-02T16:05:30Z"), "\"battery\":\"8\""));
        assertThat(fleet.openConditions()).containsOnlyKeys(Condition.BATTERY_LOW);

        carrierSays(DEACTIVATED);

        assertThat(fleet.openConditions()).isEmpty();
        assertThat(fleet.bus.published("DeviceAlertCleared"))
                .singleElement()
                .satisfies(event -> assertThat(event.detail()).contains("not watched any more, it is deactivated"));
        assertThat(fleet.store.history("device#" + TRACKER.digits()))
                .anySatisfy(line -> assertThat(line.note()).endsWith("not judged any more: DEACTIVATED"));
    }

    @Test
    void another_sim_belongs_to_the_device_from_now_on() {
        inService();
        String other = "89148000009999900022";

        carrierSays(hasSim(other));

        assertThat(fleet.tracker().order().iccid()).isEqualTo(new Iccid(other));
        assertThat(fleet.devices.whoHas(new Iccid(other))).contains(TRACKER);
    }

    @Test
    void which_of_two_sims_is_the_new_one_nobody_guesses() {
        inService();

        carrierSays(hasSim("89148000009999900022")
                .replace(
                        "\"kind\":\"iccid\"}",
                        "\"kind\":\"iccid\"},{\"id\":\"89148000009999900030\",\"kind\":\"iccid\"}"));

        assertThat(fleet.tracker().order().iccid()).isEqualTo(new Iccid("89148000009999900014"));
        assertThat(fleet.devices.whoHas(new Iccid("89148000009999900022"))).isEmpty();
    }

    @Test
    void a_device_is_found_by_its_sim_when_that_is_all_that_is_named() {
        fleet.hasTracker(activating());

        carrierSays("{\"deviceIds\":[{\"id\":\"89148000009999900014\",\"kind\":\"Iccid\"}],"
                + "\"deviceResponse\":{\"activateResponse\":{}}}");

        assertThat(state()).isEqualTo("ACTIVE_UNSEEN");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
        DeviceSuspensionStatus, `"suspensionStatusResponse":{"state":"Suspended"}`, SUSPENDED
        DeviceSuspensionStatus, `"suspensionStatusResponse":{"state":"?"}`, IN_SERVICE
        ExternalProvisioningChanges, `"externalProvisioningChangeResponse":{"state":"Active"}`, IN_SERVICE
        ExternalProvisioningChanges, `"externalProvisioningChangeResponse":{"state":"Deactive"}`, DEACTIVATED
        ExternalProvisioningChanges, `"externalProvisioningChangeResponse":{"state":"Suspend"}`, SUSPENDED
        DeviceService, `"availability":{"state":"Suspended"}`, IN_SERVICE
        """)
    void a_state_that_the_carrier_says_is_the_device_s(String service, String response, String state) {
        inService();

        says(service, done(response));

        assertThat(state()).isEqualTo(state);
    }

    @Test
    void a_notice_of_resumption_says_until_when_and_is_no_sign_of_life() {
        inService();
        carrierSays(done("\"suspendResponse\":{}"));
        Optional<Instant> seen = fleet.tracker().vitals().lastSeen();

        says(
                "ResumeTrackingNotification",
                "{" + IDS + ",\"comment\":\"Device will be auto resumed on - 3/9/2026 4:06:00 PM\"}");

        assertThat(fleet.tracker().lifecycle())
                .isInstanceOfSatisfying(Lifecycle.Suspended.class, suspended -> assertThat(suspended.until())
                        .contains(Instant.parse("2026-03-09T16:06:00Z")));
        assertThat(fleet.tracker().vitals().lastSeen()).isEqualTo(seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", " - ", "auto resumed on - 13/40/2026 4:06:00 PM"})
    void a_notice_that_names_no_time_changes_nothing(String comment) {
        inService();
        carrierSays(done("\"suspendResponse\":{}"));

        assertThat(says("ResumeTrackingNotification", "{" + IDS + ",\"comment\":\"" + comment + "\"}"))
                .isInstanceOf(Applied.Done.class);
        assertThat(((Lifecycle.Suspended) fleet.tracker().lifecycle()).until()).isEmpty();
    }

    @Test
    void that_the_network_reaches_a_device_is_a_sign_of_life_without_readings() {
        fleet.hasTracker(activating());

        says(
                "DiagnosticsService",
                done("\"reachabilityResponse\":{\"reachable\":\"true\",\"occurredAt\":\"2026-03-02T16:01:00.5Z\"}"));

        assertThat(fleet.tracker().vitals().lastSeen()).contains(Instant.parse("2026-03-02T16:01:00.5Z"));
        assertThat(fleet.tracker().vitals().windows()).isEmpty();
        assertThat(state()).isEqualTo("IN_SERVICE");
        assertThat(fleet.bus.published().getFirst().detail()).contains("\"evidence\":\"carrier\"");
        assertThat(fleet.store.history("device#" + TRACKER.digits()))
                .extracting(line -> line.note())
                .containsExactly("the network reached it");
    }

    @Test
    void a_sign_of_life_from_the_future_counts_for_the_moment_at_which_we_heard_of_it() {
        fleet.hasTracker(activating());

        says(
                "DiagnosticsService",
                done("\"reachabilityResponse\":{\"reachable\":\"true\",\"occurredAt\":\"2099-03-02T16:01:00Z\"}"));
        fleet.receives(report("e1", Instant.parse("2099-01-01T00:00:00Z"), "\"battery\":\"97\""));

        assertThat(fleet.tracker().vitals().lastSeen()).contains(fleet.clock.instant());
    }

    @Test
    void that_a_device_cannot_be_reached_is_no_sign_of_life() {
        fleet.hasTracker(activating());

        says("DiagnosticsService", done("\"reachabilityResponse\":{\"reachable\":\"false\"}"));

        assertThat(state()).isEqualTo("ACTIVATING");
    }

    @Test
    void a_message_that_a_device_sent_over_nidd_is_a_sign_of_life_and_an_answer_to_ours_is_none() {
        fleet.hasTracker(activating());

        says("NiddService", "{" + IDS + ",\"niddResponse\":{\"niddMTDeliveryResponse\":{}},\"status\":\"Delivered\"}");
        assertThat(state()).isEqualTo("ACTIVATING");

        says("NiddService", "{\"niddResponse\":{\"niddMONotificationResponse\":{" + IDS + "}}}");
        assertThat(state()).isEqualTo("IN_SERVICE");
        assertThat(fleet.tracker().vitals().lastSeen()).contains(fleet.clock.instant());
    }

    @Test
    void a_service_that_nobody_handles_is_kept_as_unhandled() {
        Applied applied = says("PromoChanges", "{" + IDS + "}");

        assertThat(applied).isEqualTo(new Applied.Unhandled(true));
        assertThat(fleet.store.deliveries()).singleElement().satisfies(kept -> assertThat(kept.status())
                .isEqualTo(new Status.Unhandled()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"deviceIds\":7}",
                "{\"deviceIds\":[7,{},{\"id\":\"x\"},{\"kind\":\"imei\"},{\"id\":\"12\",\"kind\":\"imei\"}]}"
            })
    void a_message_that_names_no_device_by_an_id_that_we_know_is_set_aside(String body) {
        assertThat(carrierSays(body)).isEqualTo(new Applied.SetAside("NO_DEVICE", true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"deviceIds\":[{\"id\":\"5550100014\",\"kind\":\"mdn\"}]}",
                "{\"deviceResponse\":{\"activateResponse\":{\"mdn\":\"5550100014\"}}}"
            })
    void a_message_that_names_its_device_by_a_phone_number_alone_is_set_aside_with_that_reason(String body) {
        fleet.hasTracker(activating());

        assertThat(carrierSays(body)).isEqualTo(new Applied.SetAside("ONLY_PHONE_NUMBER", true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"deviceResponse\":{\"activateResponse\":{IDS}}}",
                "{\"deviceIds\":[],\"deviceResponse\":{\"activateResponse\":{IDS}}}",
                "{\"deviceIds\":[{\"id\":\"5550100014\",\"kind\":\"mdn\"}],\"deviceResponse\":{\"activateResponse\":{"
                        + "IDS}}}",
                "{\"device\":{\"imei\":999999000000014},\"deviceResponse\":{\"activateResponse\":{}}}",
                "{\"deviceIds\":[{\"id\":999999000000014,\"kind\":\"imei\"}],"
                        + "\"deviceResponse\":{\"activateResponse\":{}}}",
                "{\"line\":{\"id\":\"999999000000014\",\"kind\":\"IMEI\"},\"deviceResponse\":{\"activateResponse\":{}}}"
            })
    void a_message_is_about_the_device_under_which_it_is_kept_wherever_in_it_that_is_named(String body) {
        String message = body.replace("IDS", IDS);
        assertThat(carrierSays(message)).isEqualTo(new Applied.SetAside("UNKNOWN_DEVICE", true));
        assertThat(fleet.inbox.of("imei#" + TRACKER.digits())).hasSize(1);
        fleet.hasTracker(activating());

        fleet.inbox.of("imei#" + TRACKER.digits()).forEach(fleet::again);

        assertThat(state()).isEqualTo("ACTIVE_UNSEEN");
    }

    @Test
    void what_the_network_reached_is_alive_wherever_its_message_names_it() {
        fleet.hasTracker(activating());

        String reached = "{\"deviceResponse\":{\"reachabilityResponse\":{\"reachable\":\"true\"," + IDS + "}}}";
        says("DiagnosticsService", reached);

        assertThat(state()).isEqualTo("IN_SERVICE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"devices\":[{\"imei\":\"999999000000014\"},{\"imei\":\"999999000000022\"}]}",
                "{\"deviceIds\":[{\"id\":\"999999000000022\",\"kind\":\"imei\"},"
                        + "{\"id\":\"999999000000014\",\"kind\":\"imei\"}]}",
                "{\"sims\":[{\"iccid\":\"89148000009999900014\"},{\"iccid\":\"89148000009999900022\"}]}"
            })
    void a_message_that_names_several_devices_is_applied_to_none(String body) {
        fleet.hasTracker(activating());

        assertThat(carrierSays(body.replaceFirst("\\{", "{\"deviceResponse\":{\"suspendResponse\":{}},")))
                .isEqualTo(new Applied.SetAside("SEVERAL_DEVICES", true));
        assertThat(state()).isEqualTo("ACTIVATING");
    }

    @Test
    void a_setting_that_somebody_asked_for_is_no_sign_of_life_and_the_device_s_answer_is_one() {
        fleet.hasTracker(activating());
        Instant at = Instant.parse("2026-03-02T16:05:26Z");
        String asked = report("e1", at, "").replace("\"kind\":\"ts.event\"", "\"kind\":\"ts.event.configuration\"");

        fleet.receives(asked.replace("\"fields\"", "\"state\":\"pending\",\"fields\""));
        assertThat(state()).isEqualTo("ACTIVATING");

        fleet.receives(asked.replace("v-e1", "v-e2").replace("\"fields\"", "\"state\":\"update\",\"fields\""));
        assertThat(state()).isEqualTo("IN_SERVICE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ts.event", "TS.Event", "ts.event.diagnostics", "ts.event.security"})
    void every_kind_of_event_is_a_report(String kind) {
        fleet.hasTracker(registered().activating(Instant.parse("2026-03-02T14:00:00Z")));

        fleet.receives(report("e1", Instant.parse("2026-03-02T16:05:26Z"), "\"battery\":\"8\"")
                .replace("\"kind\":\"ts.event\"", "\"kind\":\"" + kind + "\""));

        assertThat(state()).isEqualTo("IN_SERVICE");
    }

    private void inService() {
        fleet.hasTracker(activating());
        fleet.receives(report("e0", Instant.parse("2026-03-02T16:05:00Z"), "\"battery\":\"97\""));
    }

    private Applied saysAt(Instant receivedAt, String body) {
        return saysAt(receivedAt, "CarrierService", body);
    }

    private Applied saysAt(Instant receivedAt, String service, String body) {
        return fleet.receives(Deliveries.calledBack(service, body.getBytes(UTF_8), receivedAt));
    }

    private static String hasSim(String iccid) {
        return "{\"deviceIds\":[{\"id\":\"999999000000014\",\"kind\":\"imei\"}],\"deviceResponse\":"
                + "{\"changeIdentifierResponse\":{\"deviceIds\":[{\"id\":\"" + iccid
                + "\",\"kind\":\"iccid\"}]}},\"status\":\"Success\"}";
    }

    private Applied carrierSays(String body) {
        return says("CarrierService", body);
    }

    private Applied says(String service, String body) {
        Delivery delivery = Deliveries.calledBack(service, body.getBytes(UTF_8), fleet.clock.instant());
        return fleet.receives(delivery);
    }

    private String state() {
        return fleet.tracker().lifecycle().name();
    }

    private List<String> history() {
        return fleet.store.history("device#" + TRACKER.digits()).stream()
                .map(line -> line.what())
                .toList();
    }

    private static String done(String response) {
        return "{" + IDS + ",\"deviceResponse\":{" + response + "},\"status\":\"Success\"}";
    }

    private static String failed(String code, String requestId) {
        return failed(code).replace("\"status\"", "\"requestId\":\"" + requestId + "\",\"status\"");
    }

    private static String failed(String code) {
        return "{" + IDS + ",\"faultResponse\":{\"faultcode\":\"" + code
                + "\",\"faultstring\":\"as it was written\"},\"status\":\"Failed\"}";
    }
}

package dev.fleetline.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LifecycleTest {

    private static final DeviceId UID = new DeviceId("d0c1e0a1-0000-6abc-f001-0123456789ab");
    private static final Instant ORDERED = Instant.parse("2026-03-02T15:00:00Z");
    private static final Lifecycle.Failure FAILURE = new Lifecycle.Failure("X", "y", Mender.SENDER);
    private static final Instant LATER = Instant.parse("2026-03-02T15:01:00Z");

    static Stream<Arguments> states() {
        return Stream.of(
                Arguments.of(new Lifecycle.Requested(ORDERED), "REQUESTED", false, "REQUESTED"),
                Arguments.of(new Lifecycle.Checked(ORDERED), "CHECKED", false, "CHECKED"),
                Arguments.of(new Lifecycle.Registered(ORDERED), "REGISTERED", false, "REGISTERED"),
                Arguments.of(new Lifecycle.Activating(true, ORDERED), "ACTIVATING", false, "IN_SERVICE"),
                Arguments.of(new Lifecycle.Activating(false, ORDERED), "ACTIVATING", false, "IN_SERVICE"),
                Arguments.of(new Lifecycle.Unclear(ORDERED), "UNCLEAR", false, "IN_SERVICE"),
                Arguments.of(new Lifecycle.ActiveUnseen(ORDERED), "ACTIVE_UNSEEN", true, "IN_SERVICE"),
                Arguments.of(new Lifecycle.InService(ORDERED), "IN_SERVICE", true, "IN_SERVICE"),
                Arguments.of(new Lifecycle.Suspended(Optional.of(LATER), ORDERED), "SUSPENDED", false, "SUSPENDED"),
                Arguments.of(new Lifecycle.Deactivated(ORDERED), "DEACTIVATED", false, "DEACTIVATED"),
                Arguments.of(new Lifecycle.Rejected(List.of("imei"), ORDERED), "REJECTED", false, "REJECTED"),
                Arguments.of(new Lifecycle.Stuck(ORDERED), "STUCK", false, "IN_SERVICE"),
                Arguments.of(new Lifecycle.Parked("UNCLEAR", Optional.empty(), ORDERED), "PARKED", false, "IN_SERVICE"),
                Arguments.of(new Lifecycle.Drifted("OTHER_SIM", true, ORDERED), "DRIFTED", true, "DRIFTED"),
                Arguments.of(new Lifecycle.Retired(ORDERED), "RETIRED", false, "RETIRED"),
                Arguments.of(new Lifecycle.Failed(FAILURE, ORDERED), "FAILED", false, "FAILED"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("states")
    void says_its_name_whether_it_is_judged_and_what_a_report_makes_of_it(
            Lifecycle state, String name, boolean judged, String afterReport) {
        assertThat(state.name()).isEqualTo(name);
        assertThat(state.isJudged()).isEqualTo(judged);
        assertThat(state.since()).isEqualTo(ORDERED);

        Device reported = Trackers.inState(state)
                .reported(
                        new Report(Optional.of(UID), Optional.empty(), LATER, Map.of(), Optional.empty()),
                        HealthSettings.DEFAULTS,
                        LATER);

        assertThat(reported.lifecycle().name()).isEqualTo(afterReport);
        assertThat(reported.lifecycle().since()).isEqualTo(name.equals(afterReport) ? ORDERED : LATER);
    }

    @Test
    void goes_from_the_order_to_service() {
        Lifecycle.Registered registered =
                new Lifecycle.Requested(ORDERED).checked(LATER).registered(LATER);
        Lifecycle.InService inService =
                registered.activating(LATER).wasAccepted().active(LATER).reported(LATER);

        assertThat(inService).isEqualTo(new Lifecycle.InService(LATER));
    }

    @Test
    void keeps_the_uid_of_an_order_that_failed_later() {
        Device registered =
                Trackers.inState(new Lifecycle.Requested(ORDERED)).knownAs(UID).in(new Lifecycle.Registered(LATER));

        assertThat(registered.in(new Lifecycle.Failed(FAILURE, LATER)).uid()).contains(UID);
    }

    @Test
    void an_activation_whose_answer_is_lost_is_unclear_and_never_simply_sent_again() {
        Lifecycle.Unclear unclear =
                new Lifecycle.Registered(ORDERED).activating(ORDERED).unclear(LATER);

        assertThat(unclear.accepted(LATER)).isEqualTo(new Lifecycle.Activating(true, LATER));
        assertThat(unclear.active(LATER)).isEqualTo(new Lifecycle.ActiveUnseen(LATER));
    }

    @Test
    void a_corrected_order_starts_again() {
        assertThat(new Lifecycle.Rejected(List.of("iccid"), ORDERED).requested(LATER))
                .isEqualTo(new Lifecycle.Requested(LATER));
        assertThat(new Lifecycle.Failed(FAILURE, ORDERED).requested(LATER)).isEqualTo(new Lifecycle.Requested(LATER));
    }

    @Test
    void what_has_drifted_another_order_puts_right() {
        assertThat(new Lifecycle.Drifted("MISSING", true, ORDERED).requested(LATER))
                .isEqualTo(new Lifecycle.Requested(LATER));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("states")
    void a_device_whose_order_came_to_nothing_or_that_was_taken_out_holds_its_sim_no_longer(
            Lifecycle state, String name, boolean judged, String afterReport) {
        Device before = Trackers.inState(new Lifecycle.Requested(ORDERED));

        boolean isFreed = before.in(state).simFreedSince(before).isPresent();

        assertThat(isFreed).isEqualTo(List.of("REJECTED", "FAILED", "RETIRED").contains(name));
        assertThat(before.in(state).heldSim().isPresent()).isEqualTo(!isFreed);
    }

    @Test
    void what_differs_in_another_way_has_drifted_anew_and_in_the_same_way_not() {
        var drifted = new Lifecycle.Drifted("OTHER_SIM", true, ORDERED);

        assertThat(drifted.drifted("MISSING", LATER)).isEqualTo(new Lifecycle.Drifted("MISSING", true, LATER));
        assertThat(drifted.drifted("OTHER_SIM", LATER)).isEqualTo(drifted);
    }
}

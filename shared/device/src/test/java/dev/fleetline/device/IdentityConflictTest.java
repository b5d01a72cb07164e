package dev.fleetline.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdentityConflictTest {

    private static final Instant NOON = Trackers.NOON;
    private static final Imei OTHER = new Imei("999999000000022");
    private static final Iccid OTHER_SIM = new Iccid("89148000009999900022");

    @Test
    void a_report_that_names_its_device_as_it_was_registered_is_no_conflict() {
        Device device = reported(Trackers.inService(), named(Optional.of(Trackers.IMEI), Optional.empty(), ours()));

        assertThat(device.conflict()).isEmpty();
        assertThat(severity(device)).isEqualTo(Severity.NONE);
    }

    @Test
    void a_report_whose_imeis_disagree_is_one() {
        Device device =
                reported(Trackers.inService(), named(Optional.of(Trackers.IMEI), Optional.of(OTHER), Optional.empty()));

        assertThat(device.conflict())
                .contains(new IdentityConflict("imei", OTHER.digits(), NOON.plusSeconds(60), false));
        assertThat(severity(device)).isEqualTo(Severity.WARNING);
        assertThat(device.conflict().orElseThrow().toString()).doesNotContain(OTHER.digits());
    }

    @Test
    void a_report_that_came_under_our_id_and_names_another_imei_is_one() {
        Device device = reported(Trackers.inService(), named(Optional.of(OTHER), Optional.empty(), Optional.empty()));

        assertThat(severity(device)).isEqualTo(Severity.WARNING);
    }

    @Test
    void a_report_from_another_sim_than_was_registered_is_one() {
        Device device = reported(
                Trackers.inService(), named(Optional.of(Trackers.IMEI), Optional.empty(), Optional.of(OTHER_SIM)));

        assertThat(severity(device)).isEqualTo(Severity.WARNING);
    }

    @Test
    void what_was_received_before_the_sim_was_named_says_nothing_about_it() {
        Device device = Trackers.inService().withSim(new Iccid("89148000009999900014"), NOON.plusSeconds(3_600));

        device = reported(device, named(Optional.of(Trackers.IMEI), Optional.empty(), Optional.of(OTHER_SIM)));

        assertThat(device.conflict()).isEmpty();
    }

    @Test
    void it_lasts_until_a_person_ends_it_and_the_same_again_is_none_then() {
        Report conflicting = named(Optional.of(Trackers.IMEI), Optional.of(OTHER), Optional.empty());
        Device device = reported(Trackers.inService(), conflicting);
        device = reported(device, named(Optional.of(Trackers.IMEI), Optional.empty(), ours()));
        assertThat(severity(device)).isEqualTo(Severity.WARNING);

        device = device.conflictSettled();
        assertThat(severity(device)).isEqualTo(Severity.NONE);

        device = reported(device, conflicting);
        assertThat(severity(device)).isEqualTo(Severity.NONE);

        device = reported(device, named(Optional.of(Trackers.IMEI), Optional.empty(), Optional.of(OTHER_SIM)));
        assertThat(severity(device)).isEqualTo(Severity.WARNING);
    }

    @Test
    void of_two_the_earlier_one_stays_whichever_came_first() {
        Report first = named(Optional.of(Trackers.IMEI), Optional.of(OTHER), Optional.empty());
        Report second = new Report(
                Optional.of(Trackers.UID),
                Optional.of(Trackers.IMEI),
                NOON.plusSeconds(90),
                NOON.plusSeconds(90),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(OTHER_SIM),
                false);

        // when it is due next may differ: it is moved on lazily
        assertThat(reported(reported(Trackers.inService(), second), first).conflict())
                .isPresent()
                .isEqualTo(
                        reported(reported(Trackers.inService(), first), second).conflict());
    }

    private static Optional<Iccid> ours() {
        return Optional.of(Trackers.inService().order().iccid());
    }

    private static Report named(Optional<Imei> imei, Optional<Imei> other, Optional<Iccid> sim) {
        Instant at = NOON.plusSeconds(60);
        return new Report(Optional.of(Trackers.UID), imei, at, at, Map.of(), Optional.empty(), other, sim, false);
    }

    private static Device reported(Device device, Report report) {
        return device.reported(report, HealthSettings.DEFAULTS, NOON.plusSeconds(120));
    }

    private static Severity severity(Device device) {
        return new Health(HealthSettings.DEFAULTS)
                .judge(device, NOON.plusSeconds(200)).stream()
                        .filter(finding -> finding.condition() == Condition.IDENTITY_CONFLICT)
                        .map(Finding::severity)
                        .findFirst()
                        .orElseThrow();
    }
}

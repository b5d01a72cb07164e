package dev.fleetline.healthsweep;

import static dev.fleetline.healthsweep.Fleet.imei;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.callback.Delivery;
import dev.fleetline.carrier.CarrierGateway.LineState;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.device.Imei;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.sweepfiles.SweepKind;
import dev.fleetline.sweepfiles.SweptLoss;
import dev.fleetline.sweepfiles.SweptLoss.Outcome;
import dev.fleetline.testing.ScriptedCarrier;
import dev.fleetline.testing.ScriptedCarrier.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifyLossesTest {

    private static final Duration FOUR_HOURS = Duration.ofHours(4);
    private static final Duration LOST = Duration.ofHours(9);

    private final Fleet fleet = new Fleet();

    @Test
    void a_loss_that_core_confirms_is_told_as_verified() {
        coreHas(fleet.has(1, FOUR_HOURS), Duration.ZERO);
        fleet.clock.forward(LOST);

        fleet.sweep("night");

        assertThat(fleet.bus.published("DeviceAlertRaised").getFirst().detail()).contains("\"verified\":true");
    }

    @Test
    void a_report_that_reached_core_and_not_us_is_kept_as_asked_for_and_nobody_is_called_lost() {
        Imei device = fleet.has(1, FOUR_HOURS);
        fleet.clock.forward(Duration.ofHours(5));
        coreHas(device, Duration.ZERO);
        reportsToCore(1);
        fleet.clock.forward(Duration.ofHours(4));

        fleet.sweep("night");

        assertThat(fleet.told()).isEmpty();
        assertThat(fleet.store.deliveries()).singleElement().satisfies(delivery -> {
            assertThat(delivery.source()).isEqualTo(Delivery.ASKED);
            assertThat(delivery.id().device()).isEqualTo("uid#" + Fleet.uid(1).value());
        });
        assertThat(losses()).extracting(SweptLoss::outcome).containsExactly(Optional.of(Outcome.MISSED_REPORT));
        assertThat(fleet.summary(SweepKind.FLEET).completed().verification().missedReports())
                .isEqualTo(1);
    }

    @Test
    void a_document_that_somebody_edited_in_the_portal_is_no_report() {
        Imei device = fleet.has(1, FOUR_HOURS);
        reportsToCore(1);
        fleet.clock.forward(LOST);
        coreHas(device, Duration.ZERO);

        fleet.sweep("night");

        assertThat(fleet.told()).containsExactly("DeviceAlertRaised");
        assertThat(fleet.store.deliveries()).isEmpty();
    }

    @Test
    void what_goes_beyond_the_bound_is_told_as_not_verified_and_the_worst_are_asked_about_first() {
        for (int number = 1; number <= 4; number++) {
            coreHas(fleet.has(number, FOUR_HOURS), Duration.ZERO);
            fleet.clock.forward(Duration.ofMinutes(5));
        }
        fleet.clock.forward(LOST);
        fleet.mostVerified = 2;

        fleet.sweep("night");

        assertThat(fleet.bus.published("DeviceAlertRaised"))
                .filteredOn(event -> event.detail().contains("\"verified\":true"))
                .hasSize(2)
                .allMatch(event -> event.detail().contains(imei(1).digits())
                        || event.detail().contains(imei(2).digits()));
        assertThat(fleet.summary(SweepKind.FLEET).completed().verification().unverified())
                .isEqualTo(2);
    }

    @Test
    void nobody_is_asked_about_one_device_more_than_four_times_an_hour() {
        coreHas(fleet.has(1, FOUR_HOURS), Duration.ZERO);
        fleet.clock.forward(LOST);
        // the alert cannot be written, so each pass finds the loss anew
        fleet.store.onEffect(effect -> {
            if (effect.equals("write alert:before")) {
                throw new IllegalStateException("throttled");
            }
        });
        for (int pass = 0; pass < 6; pass++) {
            fleet.sweep("pass-" + pass);
        }

        assertThat(fleet.core.calls(Call.FIND)).isEqualTo(4);
    }

    @Test
    void a_carrier_that_refuses_our_token_is_asked_no_more_and_the_losses_are_told() {
        for (int number = 1; number <= 3; number++) {
            fleet.has(number, FOUR_HOURS);
        }
        fleet.clock.forward(LOST);
        fleet.core.answersNext(Call.FIND, new TokenRefused<>("secret", "v1"));
        fleet.core.answersNext(Call.FIND, new TokenRefused<>("secret", "v1"));

        fleet.sweep("night");

        assertThat(fleet.core.calls(Call.FIND)).isLessThanOrEqualTo(2);
        assertThat(fleet.told()).hasSize(3);
    }

    @Test
    void a_carrier_that_does_not_answer_three_times_in_a_row_is_asked_no_more() {
        for (int number = 1; number <= 6; number++) {
            fleet.has(number, FOUR_HOURS);
        }
        fleet.clock.forward(LOST);
        for (int times = 0; times < 6; times++) {
            fleet.core.answersNext(Call.FIND, new TryLater<>(Duration.ofMinutes(1), "status 503"));
        }

        fleet.sweep("night");

        assertThat(fleet.core.calls(Call.FIND)).isEqualTo(3);
        assertThat(fleet.told()).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource({
        "ACTIVE,      PT8H,  APP_SILENT",
        "ACTIVE,      PT0S,  ",
        "SUSPENDED,   PT8H,  SIM_INACTIVE",
        "DEACTIVATED, PT0S,  SIM_INACTIVE"
    })
    void the_carriers_view_of_a_line_is_its_cause(LineState line, Duration connectedAfter, String cause) {
        Imei device = fleet.hasOfM2m(1, FOUR_HOURS);
        Instant seen = fleet.clock.instant();
        fleet.m2m.has(device, true);
        fleet.m2m.becomes(device, line);
        fleet.m2m.shows(device, "lastConnectionDate", seen.plus(connectedAfter).toString());
        fleet.clock.forward(LOST);

        fleet.sweep("night");

        assertThat(losses()).singleElement().satisfies(loss -> {
            assertThat(loss.cause()).isEqualTo(Optional.ofNullable(cause));
            assertThat(loss.word().verified()).isTrue();
        });
    }

    @Test
    void what_the_carrier_said_of_a_loss_is_said_again_with_each_reminder() {
        Imei device = fleet.hasOfM2m(1, FOUR_HOURS);
        fleet.m2m.has(device, true);
        fleet.m2m.becomes(device, LineState.SUSPENDED);
        fleet.clock.forward(Duration.ofHours(13));
        fleet.overdue();
        fleet.clock.forward(Duration.ofHours(23));

        fleet.overdue();
        fleet.clock.forward(Duration.ofHours(23));
        fleet.sweep("night");

        assertThat(fleet.told()).containsExactly("DeviceAlertRaised", "DeviceAlertReminded", "DeviceAlertReminded");
        assertThat(fleet.bus.published())
                .filteredOn(event -> event.detailType().startsWith("DeviceAlert"))
                .allSatisfy(event -> assertThat(event.detail())
                        .contains("\"cause\":\"SIM_INACTIVE\"", "\"verified\":true", "Its line is not active"));
        assertThat(fleet.bus.published("DeviceAlertReminded").stream().map(Outgoing::eventId))
                .doesNotHaveDuplicates();
        assertThat(losses()).singleElement().satisfies(loss -> {
            assertThat(loss.outcome()).contains(Outcome.STILL);
            assertThat(loss.cause()).contains("SIM_INACTIVE");
        });
        assertThat(fleet.m2m.calls(Call.LIST)).isEqualTo(1);
    }

    @Test
    void lists_of_lines_are_read_page_by_page_and_no_further_than_needed() {
        for (int number = 1; number <= 9; number++) {
            fleet.m2m.has(imei(number), true);
        }
        fleet.hasOfM2m(3, FOUR_HOURS);
        fleet.hasOfM2m(4, FOUR_HOURS);
        fleet.clock.forward(LOST);

        fleet.sweep("night");

        // pages are of two
        assertThat(fleet.m2m.calls(Call.LIST)).isEqualTo(2);
        assertThat(losses()).allSatisfy(loss -> assertThat(loss.word().line()).contains("active"));
    }

    @Test
    void who_is_on_no_page_of_a_list_that_was_read_to_its_end_is_unknown_to_the_carrier() {
        fleet.m2m.has(imei(9), true);
        fleet.hasOfM2m(1, FOUR_HOURS);
        fleet.clock.forward(LOST);

        fleet.sweep("night");

        assertThat(losses()).singleElement().satisfies(loss -> {
            assertThat(loss.word().verified()).isTrue();
            assertThat(loss.word().line()).isEmpty();
        });
    }

    @Test
    void reports_that_many_devices_sent_and_we_never_had_are_our_own_fault() {
        for (int number = 1; number <= 8; number++) {
            fleet.has(number, FOUR_HOURS);
        }
        fleet.clock.forward(Duration.ofHours(5));
        for (int number = 1; number <= 5; number++) {
            coreHas(imei(number), Duration.ZERO);
            reportsToCore(number);
        }
        fleet.clock.forward(Duration.ofHours(4));

        fleet.sweep("night");

        assertThat(fleet.told()).containsExactly("PlatformAlertRaised");
        assertThat(fleet.bus.published("PlatformAlertRaised").getFirst().detail())
                .contains("REPORTS_MISSED");
        assertThat(fleet.store.deliveries()).hasSize(5);

        fleet.report(1, 8);
        fleet.clock.forward(Duration.ofMinutes(15));
        fleet.overdue();

        assertThat(fleet.told()).containsExactly("PlatformAlertRaised", "PlatformAlertCleared");
    }

    @ParameterizedTest(name = "5 of {0} asked about")
    @CsvSource({"24, PlatformAlertRaised", "25, FleetAlertRaised"})
    void more_than_a_fifth_of_those_asked_about_must_have_been_missed(int asked, String told) {
        for (int number = 1; number <= asked; number++) {
            fleet.has(number, FOUR_HOURS);
        }
        fleet.clock.forward(Duration.ofHours(5));
        for (int number = 1; number <= 5; number++) {
            coreHas(imei(number), Duration.ZERO);
            reportsToCore(number);
        }
        fleet.clock.forward(Duration.ofHours(4));

        fleet.sweep("night");

        assertThat(fleet.told()).containsExactly(told);
    }

    @Test
    void nobody_lists_an_account_more_than_four_times_an_hour() {
        fleet.m2m.has(imei(9), true);
        fleet.hasOfM2m(1, FOUR_HOURS);
        fleet.clock.forward(LOST);
        fleet.store.onEffect(effect -> {
            if (effect.equals("write alert:before")) {
                throw new IllegalStateException("throttled");
            }
        });
        for (int pass = 0; pass < 6; pass++) {
            fleet.sweep("pass-" + pass);
        }

        assertThat(fleet.m2m.calls(Call.LIST)).isEqualTo(4);
    }

    @Test
    void four_missed_reports_are_not_enough_to_blame_ourselves() {
        for (int number = 1; number <= 4; number++) {
            fleet.has(number, FOUR_HOURS);
        }
        fleet.clock.forward(Duration.ofHours(5));
        for (int number = 1; number <= 4; number++) {
            coreHas(imei(number), Duration.ZERO);
            reportsToCore(number);
        }
        fleet.clock.forward(Duration.ofHours(4));

        fleet.sweep("night");

        assertThat(fleet.told()).isEmpty();
    }

    @Test
    void a_pass_that_died_after_it_kept_what_was_missed_counts_it_again() {
        Imei device = fleet.has(1, FOUR_HOURS);
        fleet.clock.forward(Duration.ofHours(5));
        coreHas(device, Duration.ZERO);
        reportsToCore(1);
        fleet.clock.forward(Duration.ofHours(4));
        fleet.sweep("night");

        fleet.sweep("another");

        assertThat(fleet.told()).isEmpty();
        assertThat(fleet.store.deliveries()).hasSize(1);
    }

    private void coreHas(Imei device, Duration ago) {
        fleet.core.has(device, true);
        fleet.core.shows(device, "lastupdated", fleet.clock.instant().minus(ago).toString());
    }

    /** What the device with this number reports now reaches Core, and nobody else. */
    private void reportsToCore(int number) {
        String at = fleet.clock.instant().toString();
        fleet.streams.reports(ScriptedCarrier.uidOf(imei(number)), """
                {"kind":"ts.event","data":{"id":"e0e1f001-0000-6abc-e004-%012d","versionid":"v%d","kind":"ts.event",
                "deviceid":"%s","createdon":"%s","lastupdated":"%s","fields":{"battery":"77"}}}
                """.formatted(
                        number, number, Fleet.uid(number).value(), at, at));
    }

    private List<SweptLoss> losses() {
        List<SweptLoss> losses = new ArrayList<>();
        fleet.books.files().losses(fleet.summary(SweepKind.FLEET), losses::add);
        return losses;
    }
}

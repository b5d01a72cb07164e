package dev.fleetline.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Report IN_THE_YARD = heard(NOON, Optional.of("311480-1"));
    private static final Report ON_THE_ROAD = heard(NOON.plusSeconds(60), Optional.of("311480-2"));
    private static final Report SOMEWHERE = heard(NOON.plusSeconds(120), Optional.empty());

    @Test
    void the_last_cell_is_the_same_in_whatever_order_reports_arrive() {
        var lastCell = Optional.of(new Device.Cell("311480-2", NOON.plusSeconds(60)));

        assertThat(after(IN_THE_YARD, ON_THE_ROAD, SOMEWHERE).profile().cell()).isEqualTo(lastCell);
        assertThat(after(SOMEWHERE, ON_THE_ROAD, IN_THE_YARD).profile().cell()).isEqualTo(lastCell);
        assertThat(after(ON_THE_ROAD, SOMEWHERE, IN_THE_YARD, ON_THE_ROAD)
                        .profile()
                        .cell())
                .isEqualTo(lastCell);
    }

    @Test
    void a_report_that_says_nothing_new_leaves_the_device_equal() {
        Device device = after(IN_THE_YARD, ON_THE_ROAD);

        assertThat(device.reported(IN_THE_YARD, HealthSettings.DEFAULTS, NOON)).isEqualTo(device);
    }

    /** A person had it activated on the platform meanwhile: what the carrier names of it is still our request. */
    @Test
    void an_acceptance_without_an_id_leaves_what_is_known_of_the_request_before() {
        var accepted = new Lifecycle.Activating(true, NOON);
        Device device = Trackers.inService().accepted(accepted, Optional.of("request-1"), true);

        assertThat(device.accepted(accepted, Optional.empty(), false).progress())
                .extracting(Device.Progress::requestId, Device.Progress::isAlone)
                .containsExactly(Optional.of("request-1"), true);
        assertThat(device.accepted(accepted, Optional.of("request-2"), false).progress())
                .extracting(Device.Progress::requestId, Device.Progress::isAlone)
                .containsExactly(Optional.of("request-2"), false);
    }

    private static Device after(Report... reports) {
        Device device = Trackers.inService();
        for (Report report : List.of(reports)) {
            device = device.reported(report, HealthSettings.DEFAULTS, NOON);
        }
        return device;
    }

    private static Report heard(Instant at, Optional<String> cell) {
        return new Report(Optional.empty(), Optional.of(Trackers.IMEI), at, Map.of(), cell);
    }
}

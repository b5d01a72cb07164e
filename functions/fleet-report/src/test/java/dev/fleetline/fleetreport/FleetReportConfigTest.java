package dev.fleetline.fleetreport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.fleetreport.FleetReport.Line;
import dev.fleetline.lambda.Settings;
import java.time.Period;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FleetReportConfigTest {

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "FILES_BUCKET", "files",
            "VISIT_DAYS", "30",
            "BATTERY_WARNING", "25",
            "BATTERY_CRITICAL", "10",
            "HEALTH_SETTINGS", "{\"fleet\":{\"RSRP_WARNING\":-108}}"));

    @Test
    void what_is_set_is_read() {
        FleetReportConfig config = read();

        assertThat(config.filesBucket()).isEqualTo("files");
        assertThat(config.nextVisit()).isEqualTo(Period.ofDays(30));
        assertThat(config.judgedBy().battery()).containsExactly(new Line("warning", 25), new Line("critical", 10));
        assertThat(config.judgedBy().signal()).containsExactly(new Line("warning", -108), new Line("critical", -120));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FILES_BUCKET", "VISIT_DAYS", "BATTERY_WARNING", "BATTERY_CRITICAL"})
    void refuses_to_start_without_a_setting_and_says_which_and_where(String name) {
        environment.remove(name);

        assertThatThrownBy(this::read).hasMessageContaining(name).hasMessageContaining("function FleetReport");
    }

    @ParameterizedTest
    @CsvSource({"VISIT_DAYS,0", "VISIT_DAYS,366", "VISIT_DAYS,soon", "BATTERY_WARNING,96", "BATTERY_CRITICAL,25"})
    void what_cannot_be_is_refused_by_name(String name, String bad) {
        environment.put(name, bad);

        assertThatThrownBy(this::read).hasMessageContaining("setting " + name);
    }

    private FleetReportConfig read() {
        return FleetReportConfig.from(new Settings(environment, "fleet-report"));
    }
}

package dev.fleetline.healthsettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fleetline.device.HealthSetting;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.device.Imei;
import dev.fleetline.lambda.Settings;
import dev.fleetline.lambda.Settings.BadSetting;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthSettingsReaderTest {

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "BATTERY_WARNING", "20", "BATTERY_CRITICAL", "10", "REPORTING_INTERVAL", "PT24H", "SLACK_PERCENT", "10"));

    @Test
    void a_deployment_that_sets_the_defaults_and_nothing_else_has_the_defaults() {
        assertThat(read()).isEqualTo(HealthSettings.DEFAULTS);
    }

    @Test
    void the_fleet_s_models_and_devices_numbers_are_read_from_one_text() {
        environment.put("HEALTH_SETTINGS", """
                {"fleet":{"RSRP_WARNING":-105.5,"NEVER_SEEN_WARNING":"PT12H"},
                 "models":{"Asset-Tracker-2":{"REPORTING_INTERVAL":"PT6H","HAS_BATTERY":true}},
                 "devices":{"999999000000014":{"BATTERY_WARNING":30}}}
                """);

        HealthSettings settings = read();

        assertThat(settings.ofFleet().number(HealthSetting.RSRP_WARNING)).isEqualTo(-105.5);
        assertThat(settings.ofFleet().number(HealthSetting.NEVER_SEEN_WARNING)).isEqualTo(43_200);
        assertThat(settings.models())
                .containsEntry(
                        "Asset-Tracker-2",
                        Map.of(HealthSetting.REPORTING_INTERVAL, 21_600.0, HealthSetting.HAS_BATTERY, 1.0));
        assertThat(settings.devices())
                .containsEntry(new Imei("999999000000014"), Map.of(HealthSetting.BATTERY_WARNING, 30.0));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "all                                                     | ''                                 | is no JSON",
                "[]                                                      | ''                                 | has an unknown place",
                "{\"groups\":{}}                                         | ''                                 | has an unknown place",
                "{\"fleet\":{\"BATERY\":1}}                              | ' fleet.BATERY'                    | is unknown",
                "{\"models\":{\"a\":{\"X\":1}}}                          | ' models.a.X'                      | is unknown",
                "{\"models\":{\"a\":3}}                                  | ' models.a'                        | is no object",
                "{\"fleet\":{\"RSRP_WARNING\":\"low\"}}                  | ' fleet.RSRP_WARNING'              | is no number",
                "{\"fleet\":{\"HAS_BATTERY\":1}}                         | ' fleet.HAS_BATTERY'               | is neither",
                "{\"fleet\":{\"BATTERY_WARNING\":25}}                    | ' fleet.BATTERY_WARNING'           | is set twice",
                "{\"fleet\":{\"RESUME_WARNING\":\"a week\"}}             | ' fleet.RESUME_WARNING'            | is no duration",
                "{\"models\":{\"a\":{\"REPORTING_INTERVAL\":\"-PT1H\"}}} | ' models.a.REPORTING_INTERVAL'     | is out of bounds",
                "{\"models\":{\"a\":{\"BATTERY_CRITICAL\":20}}}          | ' models.a.BATTERY_CRITICAL'       | contradicts",
                "{\"devices\":{\"12\":{}}}                               | ' devices'                         | names what is no IMEI",
                "{\"devices\":{\"999999000000014\":{\"X\":1}}}           | ' devices.…0014.X'                 | is unknown",
                "{\"fleet\":{\"RSRP_CLEARS_BY\":0}}                      | ' fleet.RSRP_CLEARS_BY'            | is out of bounds",
            })
    void what_is_wrong_is_refused_by_name(String text, String place, String what) {
        environment.put("HEALTH_SETTINGS", text);

        assertThatExceptionOfType(BadSetting.class)
                .isThrownBy(this::read)
                .withMessageStartingWith("setting HEALTH_SETTINGS" + place + " of health-sweep " + what);
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "BATTERY_CRITICAL, 20",
        "BATTERY_WARNING, 96",
        "BATTERY_WARNING, NaN",
        "REPORTING_INTERVAL, -PT1H",
        "REPORTING_INTERVAL, daily",
        "SLACK_PERCENT, -1",
        "SLACK_PERCENT, ''",
    })
    void a_number_of_its_own_is_refused_by_its_own_name(String name, String value) {
        environment.put(name, value);

        assertThatExceptionOfType(BadSetting.class)
                .isThrownBy(this::read)
                .withMessageStartingWith("setting " + name + " of health-sweep ");
    }

    private HealthSettings read() {
        return new HealthSettingsReader(new Settings(environment, "health-sweep"))
                .number("BATTERY_WARNING")
                .number("BATTERY_CRITICAL")
                .duration("REPORTING_INTERVAL")
                .number("SLACK_PERCENT")
                .optional("HEALTH_SETTINGS");
    }
}

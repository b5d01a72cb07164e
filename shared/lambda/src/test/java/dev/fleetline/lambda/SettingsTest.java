package dev.fleetline.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {

    private static final String WRONG = "s3cret-by-mistake";

    @Test
    void reads_what_is_set() {
        Settings settings = settings(Map.of(
                "TABLE", "devices",
                "SIZE", " 25 ",
                "LINE", "19.5",
                "EVERY", "PT15M",
                "URL", "https://core.example.test/core"));

        assertThat(settings.text("TABLE")).isEqualTo("devices");
        assertThat(settings.number("SIZE", 1, 25)).isEqualTo(25);
        assertThat(settings.decimal("LINE", 0, 100)).isEqualTo(19.5);
        assertThat(settings.duration("EVERY", Duration.ofMinutes(15), Duration.ofHours(1)))
                .isEqualTo(Duration.ofMinutes(15));
        assertThat(settings.address("URL")).isEqualTo(URI.create("https://core.example.test/core"));
        assertThat(settings.optional("ELSE")).isEmpty();
    }

    @Test
    void a_blank_setting_is_no_setting() {
        assertThat(settings(Map.of("TABLE", "  ")).optional("TABLE")).isEmpty();
    }

    @Test
    void a_list_has_each_of_its_texts_once_and_every_one_has_the_form() {
        assertThat(settings(Map.of("TACS", "99999900, 35000000,99999900")).list("TACS", "[0-9]{8}", "numbers"))
                .containsExactly("35000000", "99999900");
        assertThat(settings(Map.of()).list("TACS", "[0-9]{8}", "numbers")).isEmpty();
        assertThatThrownBy(() -> settings(Map.of("TACS", "99999900,")).list("TACS", "[0-9]{8}", "numbers"))
                .hasMessageContaining("setting TACS")
                .hasMessageContaining("numbers, with a comma between two");
    }

    @Test
    void a_text_of_another_form_is_refused() {
        assertThat(settings(Map.of("ZIP", "98801")).optional("ZIP", "[0-9]{5}", "is none", "five digits"))
                .contains("98801");
        assertThatThrownBy(() -> settings(Map.of("ZIP", "9880")).optional("ZIP", "[0-9]{5}", "is none", "five digits"))
                .hasMessageContaining("setting ZIP");
    }

    static Stream<Arguments> readings() {
        return Stream.of(
                reading("a text", WRONG, settings -> settings.text("X"), true),
                reading("a whole number from 1 to 25", WRONG, settings -> settings.number("X", 1, 25), false),
                reading("a whole number from 1 to 25", "26", settings -> settings.number("X", 1, 25), false),
                reading("a whole number from 1 to 25", "0", settings -> settings.number("X", 1, 25), false),
                reading("a whole number from 1 to 25", "99999999999", settings -> settings.number("X", 1, 25), false),
                reading("a number from 0.0 to 100.0", "NaN", settings -> settings.decimal("X", 0, 100), false),
                reading("a number from 0.0 to 100.0", "100.1", settings -> settings.decimal("X", 0, 100), false),
                reading("a number from 0.0 to 100.0", WRONG, settings -> settings.decimal("X", 0, 100), false),
                reading("from PT1M to PT1H", WRONG, SettingsTest::minuteToHour, false),
                reading("from PT1M to PT1H", "PT59S", SettingsTest::minuteToHour, false),
                reading("from PT1M to PT1H", "PT1H1S", SettingsTest::minuteToHour, false),
                reading("an http or https address", WRONG, settings -> settings.address("X"), false),
                reading(
                        "an http or https address",
                        "ftp://files.example.test",
                        settings -> settings.address("X"),
                        false),
                reading("an http or https address", "https://", settings -> settings.address("X"), false),
                reading("an http or https address", "https://a b", settings -> settings.address("X"), false));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("readings")
    void a_bad_setting_is_refused_by_name_bound_and_place_and_its_value_is_never_said(
            String bound, String value, Function<Settings, Object> reading, boolean anythingGoes) {
        if (!anythingGoes) {
            assertThatThrownBy(() -> reading.apply(settings(Map.of("X", value))))
                    .isInstanceOf(Settings.BadSetting.class)
                    .hasMessageStartingWith("setting X of health-sweep ")
                    .hasMessageContaining("must be ")
                    .hasMessageContaining(bound)
                    .hasMessageEndingWith("It is set in template.yaml, in the Environment of function HealthSweep.")
                    .hasMessageNotContaining(WRONG)
                    .hasNoCause();
        }
        assertThatThrownBy(() -> reading.apply(settings(Map.of())))
                .isInstanceOf(Settings.BadSetting.class)
                .hasMessageContaining("setting X of health-sweep is missing")
                .hasMessageContaining(bound);
    }

    private static Object minuteToHour(Settings settings) {
        return settings.duration("X", Duration.ofMinutes(1), Duration.ofHours(1));
    }

    private static Arguments reading(
            String bound, String value, Function<Settings, Object> reading, boolean anythingGoes) {
        return Arguments.of(bound, value, reading, anythingGoes);
    }

    private static Settings settings(Map<String, String> environment) {
        return new Settings(environment, "health-sweep");
    }
}

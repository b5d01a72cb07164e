package dev.fleetline.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImeiTest {

    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "999999000000014,   999999000000014, fifteen digits stay as they are",
        "99999900000001,    999999000000014, fourteen digits get their check digit",
        "9999990000000153,  999999000000014, an IMEISV loses its software version",
        "' 999999000000022 ', 999999000000022, spaces around it do not matter",
        "99999900000003,    999999000000030, a check digit can be 0",
    })
    void reads_what_people_and_platforms_write(String written, String imei, String because) {
        assertThat(Imei.parse(written).digits()).as(because).isEqualTo(imei);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "9999990000000,     an IMEI has 15 digits",
        "99999900000001234, an IMEI has 15 digits",
        "'',                an IMEI has 15 digits",
        "999999000000015,   the check digit of the IMEI is wrong",
        "99999900000001X,   an IMEI has digits only",
        "99999900000001٤,   an IMEI has digits only",
        "999999-00-000001,  an IMEI has digits only",
    })
    void names_the_rule_that_is_broken(String written, String rule) {
        assertThatThrownBy(() -> Imei.parse(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999900000001", "999999000000015", "9999990000000153", " 99999900000001", ""})
    void exists_only_when_it_is_whole_and_checked(String digits) {
        assertThatThrownBy(() -> new Imei(digits)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shows_its_last_four_digits_only() {
        assertThat(new Imei("999999000000014")).hasToString("…0014");
        assertThatThrownBy(() -> Imei.parse("999999000000015")).hasMessageNotContaining("99999900000");
    }

    @Test
    void names_its_model_by_the_first_eight_digits() {
        assertThat(new Imei("999999000000014").tac()).isEqualTo("99999900");
    }
}

package dev.fleetline.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IccidTest {

    @ParameterizedTest
    @ValueSource(strings = {"89148000009999900014", " 89148000009999900014 "})
    void reads_twenty_digits(String written) {
        assertThat(Iccid.parse(written).digits()).isEqualTo("89148000009999900014");
    }

    @Test
    void reads_nineteen_digits() {
        String without = "891480000099999000";
        String nineteen = without + Luhn.checkDigit(without);

        assertThat(Iccid.parse(nineteen).digits()).hasSize(19);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "891480000099999000,    19 or 20 digits",
        "891480000099999000141, 19 or 20 digits",
        "8914800000999990001F,  letters or signs",
        "99148000009999900013,  begins with 89",
        "89148000009999900015,  check digit",
    })
    void names_the_rule_that_is_broken(String written, String rule) {
        assertThatThrownBy(() -> Iccid.parse(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(rule);
    }

    @Test
    void shows_its_last_four_digits_only() {
        assertThat(new Iccid("89148000009999900014")).hasToString("…0014");
        assertThatThrownBy(() -> new Iccid("89148000009999900015")).hasMessageNotContaining("9999900");
    }
}

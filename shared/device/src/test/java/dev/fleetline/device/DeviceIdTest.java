package dev.fleetline.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceIdTest {

    @Test
    void keeps_an_id_that_no_uuid_library_would_take() {
        assertThat(DeviceId.parse("d0c1e0a1-0000-6abc-f001-0123456789ab").value())
                .isEqualTo("d0c1e0a1-0000-6abc-f001-0123456789ab");
    }

    @Test
    void is_the_same_in_capitals_and_between_spaces() {
        assertThat(DeviceId.parse(" D0C1E0A1-0000-6ABC-F001-0123456789AB "))
                .isEqualTo(new DeviceId("d0c1e0a1-0000-6abc-f001-0123456789ab"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "d0c1e0a1",
                "d0c1e0a100006abcf0010123456789ab",
                "d0c1e0a1-0000-6abc-f001-0123456789a",
                "d0c1e0a1-0000-6abc-f001-0123456789ag",
                "{d0c1e0a1-0000-6abc-f001-0123456789ab}"
            })
    void has_one_shape(String text) {
        assertThatThrownBy(() -> DeviceId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shows_its_last_four_digits_only() {
        assertThat(new DeviceId("d0c1e0a1-0000-6abc-f001-0123456789ab")).hasToString("…89ab");
    }
}

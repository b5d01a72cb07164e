package dev.fleetline.callbackreceiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceAddressesTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "0.0.0.0/0, 198.51.100.1, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "192.0.2.0/24, somewhere.example.test, false",
    })
    void an_address_is_in_a_block_when_its_first_bits_are(String block, String caller, boolean isAllowed) {
        assertThat(SourceAddresses.parse("203.0.113.9, " + block).allow(Optional.of(caller)))
                .isEqualTo(isAllowed);
    }

    @Test
    void without_a_list_everybody_may_call_and_with_one_nobody_whose_address_is_not_known() {
        assertThat(SourceAddresses.parse("").allow(Optional.empty())).isTrue();
        assertThat(SourceAddresses.parse("192.0.2.0/24").allow(Optional.empty()))
                .isFalse();
    }
}

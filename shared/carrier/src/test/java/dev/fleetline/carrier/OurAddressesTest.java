package dev.fleetline.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OurAddressesTest {

    private final OurAddresses ours = new OurAddresses("rx.example.test");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://rx.example.test/unguessable/stream",
                "https://rx.example.test:443/unguessable/stream",
                "https://RX.example.test/stream",
                "http://rx.example.test:80/a/b/stream",
            })
    void a_stream_to_our_host_is_ours(String address) {
        assertThat(ours.isStream(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rx.example.test/stream",
                "https://rx.example.test",
                "https://rx.example.test:8443/unguessable/stream",
                "https://rx.example.test.elsewhere.test/unguessable/stream",
                "https://elsewhere.test/?https://rx.example.test/unguessable/stream",
                "https://rx.example.test@elsewhere.test/unguessable/stream",
                "https://rx.example.test/unguessable/streams",
                "https://rx.example.test/unguessable/callbacks/CarrierService",
                "not an address",
                "mailto:stream",
            })
    void any_other_is_not(String address) {
        assertThat(ours.isStream(address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://rx.example.test/unguessable/callbacks/DeviceService",
                "https://rx.example.test/unguessable/callbacks-of-others/CarrierService",
                "https://rx.example.test/unguessable/stream",
                "https://elsewhere.test/callbacks/CarrierService",
            })
    void a_callback_is_ours_when_it_comes_where_its_service_is_taken_in(String other) {
        assertThat(ours.isCallbackOf("CarrierService", "https://rx.example.test/unguessable/callbacks/CarrierService"))
                .isTrue();
        assertThat(ours.isCallbackOf("CarrierService", other)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://rx.example.test/Unguessable/stream",
                "https://rx.example.test:443/Unguessable/stream",
                "HTTPS://RX.example.test/Unguessable/stream",
            })
    void an_address_is_the_same_with_its_usual_port_and_a_host_in_other_letters(String shown) {
        assertThat(OurAddresses.isSame(shown, "https://rx.example.test/Unguessable/stream"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://rx.example.test/unguessable/stream",
                "https://rx.example.test:8443/Unguessable/stream",
                "http://rx.example.test/Unguessable/stream",
                "https://rx.example.test/Unguessable/stream?x=1",
                "https://user@rx.example.test/Unguessable/stream",
                "not an address",
            })
    void any_other_address_is_another(String shown) {
        assertThat(OurAddresses.isSame(shown, "https://rx.example.test/Unguessable/stream"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8700/x/stream", "https://127.0.0.1:8700/stream"})
    void a_host_may_have_a_port(String address) {
        assertThat(new OurAddresses("127.0.0.1:8700").isStream(address)).isTrue();
        assertThat(new OurAddresses("127.0.0.1:8701").isStream(address)).isFalse();
    }
}

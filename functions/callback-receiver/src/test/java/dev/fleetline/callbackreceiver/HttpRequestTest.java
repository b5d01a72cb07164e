package dev.fleetline.callbackreceiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRequestTest {

    @ParameterizedTest
    @ValueSource(strings = {"authorization", "Authorization", "AUTHORIZATION"})
    void a_header_is_found_in_whatever_case_it_comes(String sent) {
        HttpRequest request = with(Optional.of(Map.of(sent, "key", "content-type", "application/json")));

        assertThat(request.header("authorization")).contains("key");
    }

    @Test
    void a_header_with_another_name_is_not_it() {
        HttpRequest request = with(Optional.of(Map.of("x-authorization", "key", "authorization-2", "key")));

        assertThat(request.header("authorization")).isEmpty();
    }

    @Test
    void without_headers_there_is_none() {
        assertThat(with(Optional.empty()).header("authorization")).isEmpty();
    }

    @Test
    void it_prints_without_what_lets_somebody_in() {
        var request = new HttpRequest(
                Optional.of("/unguessable/stream"),
                Optional.of(Map.of("authorization", "stream-key-under-test")),
                Optional.of("{\"password\":\"password-under-test\"}"),
                false,
                Optional.empty());

        assertThat(request).hasToString("HttpRequest[ ***]");
    }

    private static HttpRequest with(Optional<Map<String, String>> headers) {
        return new HttpRequest(Optional.empty(), headers, Optional.empty(), false, Optional.empty());
    }
}

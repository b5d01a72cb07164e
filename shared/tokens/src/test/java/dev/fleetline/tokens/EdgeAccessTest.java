package dev.fleetline.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.tokens.EdgeAccess.EdgeApi;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgeAccessTest {

    @ParameterizedTest
    @CsvSource({
        "REGIONS,               true,  true",
        "PLATFORMS,             true,  true",
        "SERVICE_PROFILES,      true,  false",
        "SERVICE_ENDPOINTS,     true,  false",
        "ALL_SERVICE_ENDPOINTS, true,  false"
    })
    void which_part_of_the_api_needs_which_access(EdgeApi api, boolean full, boolean limited) {
        assertThat(EdgeAccess.FULL.opens(api)).isEqualTo(full);
        assertThat(EdgeAccess.LIMITED.opens(api)).isEqualTo(limited);
        assertThat(EdgeAccess.NONE.opens(api)).isFalse();
    }

    @Test
    void scopes_as_answered_say_what_a_token_opens() {
        assertThat(EdgeAccess.of(List.of())).isEqualTo(EdgeAccess.FULL);
        assertThat(EdgeAccess.of(List.of("ts.application.ro", "ts.mec.fullaccess")))
                .isEqualTo(EdgeAccess.FULL);
        assertThat(EdgeAccess.of(List.of("ts.application.ro", "ts.mec.limitaccess")))
                .isEqualTo(EdgeAccess.LIMITED);
        assertThat(EdgeAccess.of(List.of("ts.application.ro"))).isEqualTo(EdgeAccess.NONE);
    }
}

package dev.fleetline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.device.Imei;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.testing.SimulatorDesk;
import dev.fleetline.tokenssecretsmanager.SecretsManagerSigningKeyBook;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the registration of a service that signs to its message in our table, with the real functions on both sides. */
class SigningServicesIT {

    private static final Imei IMEI = new Imei("999999000000014");
    private static final List<String> SERVICES = List.of("Diagnostics", "DeviceLocation", "Location");

    private final LocalFleetline fleetline = LocalFleetline.startAgreed(
            LocalSetup.onFreePorts(Path.of("").toAbsolutePath()).standingAt(Instant.parse("2026-03-02T15:00:00Z")));
    private final SimulatorDesk desk = new SimulatorDesk(fleetline.simulatorUri());

    @BeforeEach
    void there_are_tokens() {
        asked("token-refresh", "refresh");
        fleetline.settle();
    }

    @AfterEach
    void stop() {
        fleetline.close();
    }

    @Test
    void what_is_signed_is_let_in_and_kept_until_it_is_torn_down() {
        assertThat(outcomes("repair")).isNotEmpty().containsOnly("in-order");

        for (String service : SERVICES) {
            assertThat(desk.callsBack(service, IMEI)).as(service).isEqualTo(200);
        }
        fleetline.settle();
        // nobody reads what they say yet, and nothing is lost of it
        assertThat(fleetline.callbacks())
                .extracting(callback -> callback.path("kind").asText(), callback -> callback.path("status")
                        .asText())
                .containsExactlyInAnyOrderElementsOf(SERVICES.stream()
                        .map(service -> tuple(service, "UNHANDLED"))
                        .toList());
        assertThat(outcomes("watch")).containsOnly("in-order");

        assertThat(outcomes("tear-down")).contains("repaired").doesNotContain("failed");
        assertThatThrownBy(() -> desk.callsBack("Diagnostics", IMEI))
                .hasMessageContaining("nobody listens to Diagnostics");
    }

    @Test
    void after_another_registration_both_keys_count_while_the_platform_goes_on_with_the_old_one() {
        fleetline.forward(Duration.ofHours(1), false);
        there_are_tokens();
        desk.faults("{\"stalePassword\":\"PT14M\"}");
        new SecretsManagerSigningKeyBook(fleetline.secrets(), "fleetline/local/callback/hmac")
                .isReplaced("Diagnostics");

        assertThat(outcomes("repair")).contains("repaired").doesNotContain("failed");

        assertThat(desk.callsBack("Diagnostics", IMEI))
                .as("signed with the old key")
                .isEqualTo(200);
        fleetline.forward(Duration.ofMinutes(15), false);
        assertThat(desk.callsBack("Diagnostics", IMEI))
                .as("signed with the new key")
                .isEqualTo(200);
    }

    private List<String> outcomes(String task) {
        return asked("stream-subscription", task)
                .map(part -> part.path("outcome").asText())
                .toList();
    }

    private Stream<JsonNode> asked(String function, String task) {
        return fleetline
                .invoke(function, EdgeJson.JSON.createObjectNode().put("task", task))
                .orElseThrow()
                .path("parts")
                .valueStream();
    }
}

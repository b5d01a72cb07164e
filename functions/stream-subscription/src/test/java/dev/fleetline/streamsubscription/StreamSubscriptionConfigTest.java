package dev.fleetline.streamsubscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.lambda.Settings;
import dev.fleetline.streamsubscription.StreamSubscriptionConfig.From;
import dev.fleetline.streamsubscription.StreamSubscriptionConfig.Kept;
import dev.fleetline.streamsubscription.StreamSubscriptionConfig.Platform;
import dev.fleetline.streamsubscription.StreamSubscriptionConfig.Secrets;
import dev.fleetline.streamsubscription.StreamSubscriptionConfig.Worlds;
import dev.fleetline.streamsubscription.WantedSetup.Frame;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamSubscriptionConfigTest {

    private final Map<String, String> environment = new HashMap<>(Map.ofEntries(
            Map.entry("CALLBACK_URL", "https://rx.example.test/unguessable"),
            Map.entry("CALLBACK_SECRET", "fleetline/test/callback"),
            Map.entry("CALLBACK_SERVICES", "CarrierService, DeviceService"),
            Map.entry("CALLBACK_HMAC_SECRET", "fleetline/test/callback/hmac"),
            Map.entry("SIGNING_SERVICES", "Diagnostics, DeviceLocation"),
            Map.entry("SIGNING_KEY_HEADER", "Shared-Key"),
            Map.entry("STREAM_FROM", "core"),
            Map.entry("STREAM_KINDS", "ts.event"),
            Map.entry("SILENT_AFTER", "PT1H"),
            Map.entry("THINGSPACE_CORE_URL", "https://core.example.test"),
            Map.entry("CORE_TOKEN_SECRET", "fleetline/test/core/token"),
            Map.entry("THINGSPACE_M2M_URL", "https://m2m.example.test"),
            Map.entry("M2M_TOKEN_SECRET", "fleetline/test/m2m/token"),
            Map.entry("ACCOUNT", "0999000001-00001"),
            Map.entry("CARRIER_TIMEOUT", "PT10S"),
            Map.entry("CLAIMS_TABLE", "claims"),
            Map.entry("OUTBOX_TABLE", "outbox"),
            Map.entry("BUS_NAME", "bus")));

    @Test
    void takes_what_the_deployment_sets() {
        assertThat(read())
                .isEqualTo(new StreamSubscriptionConfig(
                        new Frame(
                                URI.create("https://rx.example.test/unguessable"),
                                List.of("ts.event"),
                                List.of("CarrierService", "DeviceService"),
                                List.of("Diagnostics", "DeviceLocation")),
                        From.CORE,
                        new Worlds(
                                new Platform(URI.create("https://core.example.test"), "fleetline/test/core/token"),
                                new Platform(URI.create("https://m2m.example.test"), "fleetline/test/m2m/token"),
                                "0999000001-00001",
                                Duration.ofSeconds(10),
                                "Shared-Key"),
                        new Kept("claims", "outbox", "bus"),
                        new Secrets("fleetline/test/callback", "fleetline/test/callback/hmac"),
                        Duration.ofHours(1)));
        assertThat(read().callbackHost()).isEqualTo("rx.example.test");
    }

    @Test
    void nobody_need_call_us_and_the_other_platform_may_stream() {
        environment.put("CALLBACK_SERVICES", "");
        environment.put("SIGNING_SERVICES", "");
        environment.put("STREAM_FROM", "cloud-connector");

        assertThat(read().frame().services()).isEmpty();
        assertThat(read().frame().signers()).isEmpty();
        assertThat(read().from()).isEqualTo(From.CLOUD_CONNECTOR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CALLBACK_URL",
                "CALLBACK_SECRET",
                "CALLBACK_HMAC_SECRET",
                "SIGNING_KEY_HEADER",
                "STREAM_FROM",
                "STREAM_KINDS",
                "SILENT_AFTER",
                "THINGSPACE_CORE_URL",
                "CORE_TOKEN_SECRET",
                "THINGSPACE_M2M_URL",
                "M2M_TOKEN_SECRET",
                "ACCOUNT",
                "CARRIER_TIMEOUT",
                "CLAIMS_TABLE",
                "OUTBOX_TABLE",
                "BUS_NAME"
            })
    void does_not_start_without_one_of_them(String name) {
        environment.remove(name);

        assertThatThrownBy(this::read)
                .isInstanceOf(Settings.BadSetting.class)
                .hasMessageContaining("setting " + name + " of stream-subscription is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "STREAM_FROM, m2m",
        "STREAM_KINDS, 'ts.event,'",
        "CALLBACK_SERVICES, Carrier Service",
        "SIGNING_SERVICES, CarrierService",
        "SIGNING_KEY_HEADER, Shared Key",
        "SILENT_AFTER, PT14M",
        "SILENT_AFTER, P8D",
        "CARRIER_TIMEOUT, PT21S",
        "CALLBACK_URL, rx.example.test"
    })
    void does_not_start_with_one_out_of_bounds(String name, String value) {
        environment.put(name, value);

        assertThatThrownBy(this::read).hasMessageContaining("setting " + name);
    }

    private StreamSubscriptionConfig read() {
        return StreamSubscriptionConfig.from(new Settings(environment, "stream-subscription"));
    }
}

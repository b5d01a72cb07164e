package dev.fleetline.callbackreceiver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureCheckTest {

    private static final String LOCATION = "Location";
    private static final byte[] BODY = "{\"msid\":\"5550100014\"}".getBytes(UTF_8);

    @Test
    void a_signature_is_good_in_hex_and_in_base64_and_with_its_algorithm_before_it() {
        var check = new SignatureCheck(new SigningKeysOnHand().with(LOCATION, "key-now"));
        byte[] signature = signed("key-now", BODY);
        String hex = HexFormat.of().formatHex(signature);
        String base64 = Base64.getEncoder().encodeToString(signature);

        assertThat(check.isGood(LOCATION, hex, BODY)).isTrue();
        assertThat(check.isGood(LOCATION, " " + hex.toUpperCase(Locale.ROOT), BODY))
                .isTrue();
        assertThat(check.isGood(LOCATION, "sha256=" + hex, BODY)).isTrue();
        assertThat(check.isGood(LOCATION, base64, BODY)).isTrue();
        assertThat(check.isGood(LOCATION, "SHA256=" + base64, BODY)).isTrue();
        assertThat(check.isGood(
                        LOCATION, Base64.getUrlEncoder().withoutPadding().encodeToString(signature), BODY))
                .isTrue();
    }

    @Test
    void the_signature_of_another_body_another_key_or_another_service_is_not() {
        var check = new SignatureCheck(
                new SigningKeysOnHand().with(LOCATION, "key-now").with("Diagnostics", "key-of-diagnostics"));

        assertThat(check.isGood(LOCATION, hex("key-now", "{}".getBytes(UTF_8)), BODY))
                .isFalse();
        assertThat(check.isGood(LOCATION, hex("key-of-diagnostics", BODY), BODY))
                .isFalse();
        assertThat(check.isGood("DeviceLocation", hex("key-now", BODY), BODY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256=", "zz", "md5=00", "00", "=====", "é"})
    void what_is_no_signature_costs_no_reading_of_the_secret(String header) {
        var keys = new SigningKeysOnHand().with(LOCATION, "key-now");

        assertThat(new SignatureCheck(keys).isGood(LOCATION, header, BODY)).isFalse();
        assertThat(keys.refreshes()).isZero();
    }

    @Test
    void the_key_before_is_good_as_well_and_one_that_is_newer_is_found_by_reading_again() {
        var keys = new SigningKeysOnHand().with(LOCATION, "key-now", "key-before");
        keys.registeredAgain(LOCATION, "key-new", "key-now");
        var check = new SignatureCheck(keys);

        assertThat(check.isGood(LOCATION, hex("key-before", BODY), BODY)).isTrue();
        assertThat(keys.refreshes()).isZero();
        assertThat(check.isGood(LOCATION, hex("key-new", BODY), BODY)).isTrue();
        assertThat(keys.refreshes()).isOne();
    }

    @Test
    void while_no_service_is_registered_nobody_is_let_in() {
        assertThat(new SignatureCheck(new SigningKeysOnHand()).isGood(LOCATION, hex("key-now", BODY), BODY))
                .isFalse();
    }

    static String hex(String key, byte[] body) {
        return HexFormat.of().formatHex(signed(key, body));
    }

    private static byte[] signed(String key, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.fleetline.callbackreceiver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamKeyCheckTest {

    @ParameterizedTest
    @ValueSource(strings = {"key-now", "Bearer key-now", "bearer key-now", "key-before", "Bearer key-pending"})
    void every_key_that_counts_is_good_verbatim_and_as_a_bearer_token(String authorization) {
        assertThat(new StreamKeyCheck(new KeysOnHand("key-now", "key-before", "key-pending")).isGood(authorization))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "key", "key-now2", "Bearer", "Bearer ", "Basic key-now", "KEY-NOW", "key-now "})
    void anything_else_is_not(String authorization) {
        assertThat(new StreamKeyCheck(new KeysOnHand("key-now")).isGood(authorization))
                .isFalse();
    }

    @Test
    void a_key_that_begins_with_bearer_is_good_verbatim() {
        assertThat(new StreamKeyCheck(new KeysOnHand("Bearer key-now")).isGood("Bearer key-now"))
                .isTrue();
    }

    @Test
    void without_any_key_nobody_is_let_in() {
        assertThat(new StreamKeyCheck(new KeysOnHand()).isGood("key-now")).isFalse();
        assertThat(new StreamKeyCheck(new KeysOnHand()).isGood("")).isFalse();
        assertThat(new StreamKeyCheck(new KeysOnHand("", " ")).isGood("Bearer "))
                .isFalse();
    }

    @Test
    void a_key_that_is_newer_than_what_we_know_is_found_by_reading_again() {
        KeysOnHand keys = new KeysOnHand("key-now");
        keys.rotatedTo("key-new", "key-now");

        assertThat(new StreamKeyCheck(keys).isGood("key-new")).isTrue();
        assertThat(keys.refreshes()).isOne();
    }

    @Test
    void a_good_key_costs_no_second_reading() {
        KeysOnHand keys = new KeysOnHand("key-now");

        assertThat(new StreamKeyCheck(keys).isGood("key-now")).isTrue();
        assertThat(keys.refreshes()).isZero();
    }
}

package dev.fleetline.fleetevents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DigestTest {

    @Test
    void the_same_parts_have_the_same_id_and_other_cuts_another() {
        assertThat(Digest.of("a", "bc")).isEqualTo(Digest.of("a", "bc")).matches("[0-9a-f]{32}");
        assertThat(Digest.of("ab", "c")).isNotEqualTo(Digest.of("a", "bc"));
        assertThat(Digest.of("alert", 12)).isNotEqualTo(Digest.of("alert", 1, 2));
    }
}

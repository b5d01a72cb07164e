package dev.fleetline.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @Test
    void a_message_counts_for_24_hours() {
        Messages six = Messages.NONE;
        for (int count = 0; count < 6; count++) {
            assertThat(six.hasRoom(6, NOON.plusSeconds(count))).isTrue();
            six = six.told(NOON.plusSeconds(count));
        }

        assertThat(six.hasRoom(6, NOON.plusSeconds(6))).isFalse();
        assertThat(six.hasRoom(6, NOON.plus(Duration.ofHours(24)).minusMillis(1)))
                .isFalse();
        assertThat(six.hasRoom(6, NOON.plus(Duration.ofHours(24)))).isTrue();
    }

    @Test
    void what_counts_no_longer_is_forgotten() {
        Messages told = Messages.NONE.told(NOON).told(NOON.plusSeconds(1));

        Instant tomorrow = NOON.plus(Duration.ofHours(25));
        assertThat(told.told(tomorrow).at()).containsExactly(tomorrow);
    }

    @Test
    void the_next_message_tells_how_many_were_held_back() {
        Messages held = Messages.NONE.told(NOON).heldBack().heldBack();

        assertThat(held.held()).isEqualTo(2);
        assertThat(held.at()).containsExactly(NOON);
        assertThat(held.told(NOON).held()).isZero();
    }

    @Test
    void only_so_many_are_remembered() {
        Messages many = Messages.NONE;
        for (int count = 0; count < 100; count++) {
            many = many.told(NOON.plusSeconds(count));
        }

        assertThat(many.at()).hasSize(Messages.REMEMBERED).endsWith(NOON.plusSeconds(99));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Messages(Collections.nCopies(Messages.REMEMBERED + 1, NOON), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Messages(List.of(), -1));
    }
}

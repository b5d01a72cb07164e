package dev.fleetline.fleetdynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.device.Messages;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MessagesCodecTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00.250Z");

    @Test
    void messages_come_back_as_they_were_packed() {
        Messages six = Messages.NONE;
        for (int count = 0; count < 6; count++) {
            six = six.told(NOON.plusSeconds(3_600L * count));
        }
        Messages held = six.heldBack();

        assertThat(MessagesCodec.unpack(MessagesCodec.pack(held))).isEqualTo(held);
        assertThat(MessagesCodec.pack(held)).hasSizeLessThan(40);
        assertThat(MessagesCodec.unpack(MessagesCodec.pack(Messages.NONE.heldBack())))
                .isEqualTo(Messages.NONE.heldBack());
    }

    @Test
    void what_no_version_packed_is_refused() {
        assertThatThrownBy(() -> MessagesCodec.unpack(new byte[] {9, 0, 0})).isInstanceOf(UnreadableItem.class);
        assertThatThrownBy(() -> MessagesCodec.unpack(new byte[] {1, 0, 5})).isInstanceOf(UnreadableItem.class);
    }
}

package dev.fleetline.fleetdynamodb;

import dev.fleetline.device.CannotBeRead;

/** A stored item that is not what this version can read; the message names the attribute and the rule. */
final class UnreadableItem extends CannotBeRead {

    private static final long serialVersionUID = 1L;

    UnreadableItem(String message) {
        super(message);
    }

    UnreadableItem(String message, Throwable cause) {
        super(message, cause);
    }
}

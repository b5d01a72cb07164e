package dev.fleetline.callback;

import java.util.List;

/** The keys that a sender may show; the platform goes on showing an old one for minutes after a change. */
public interface CallbackKeys {

    /**
     * The stream keys that count now: of the current, the previous and the pending version of the secret. Empty when
     * none is set up, and then nobody is let in. May be some minutes old.
     */
    List<String> streamKeys();

    /** Reads again before the next answer, at most once in some seconds: for a key that did not match. */
    void refresh();
}

package dev.fleetline.callbackreceiver;

import dev.fleetline.callback.CallbackKeys;
import java.util.List;

/** Keys as they were read last, and as a refresh will find them. */
final class KeysOnHand implements CallbackKeys {

    private List<String> known;
    private List<String> inTheSecret;
    private int refreshes;

    KeysOnHand(String... keys) {
        known = List.of(keys);
        inTheSecret = known;
    }

    void rotatedTo(String... keys) {
        inTheSecret = List.of(keys);
    }

    int refreshes() {
        return refreshes;
    }

    @Override
    public List<String> streamKeys() {
        return known;
    }

    @Override
    public void refresh() {
        refreshes++;
        known = inTheSecret;
    }
}

package dev.fleetline.callbackreceiver;

import dev.fleetline.callback.CallbackKeys;
import java.util.List;

/** Keys as they were read last, and as a refresh will find them. */
final class KeysOnHand implements CallbackKeys {

    private List<String> known;
    private List<String> inTheSecret;
    private List<Login> knownLogins = List.of();
    private List<Login> loginsInTheSecret = List.of();
    private int refreshes;

    KeysOnHand(String... keys) {
        known = List.of(keys);
        inTheSecret = known;
    }

    void rotatedTo(String... keys) {
        inTheSecret = List.of(keys);
    }

    /** The same keys, and these logins. */
    KeysOnHand with(Login... logins) {
        knownLogins = List.of(logins);
        loginsInTheSecret = knownLogins;
        return this;
    }

    void loginsRotatedTo(Login... logins) {
        loginsInTheSecret = List.of(logins);
    }

    int refreshes() {
        return refreshes;
    }

    @Override
    public List<String> streamKeys() {
        return known;
    }

    @Override
    public List<Login> logins() {
        return knownLogins;
    }

    @Override
    public void refresh() {
        refreshes++;
        knownLogins = loginsInTheSecret;
        known = inTheSecret;
    }
}

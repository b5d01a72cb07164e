package dev.fleetline.callbackreceiver;

import dev.fleetline.callback.SigningKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Signing keys as they were read last, and as a refresh will find them. */
final class SigningKeysOnHand implements SigningKeys {

    private final Map<String, List<String>> known = new HashMap<>();
    private final Map<String, List<String>> inTheSecret = new HashMap<>();
    private int refreshes;

    /** Knows these keys of a service. */
    SigningKeysOnHand with(String service, String... keys) {
        known.put(service, List.of(keys));
        inTheSecret.put(service, List.of(keys));
        return this;
    }

    void registeredAgain(String service, String... keys) {
        inTheSecret.put(service, List.of(keys));
    }

    int refreshes() {
        return refreshes;
    }

    @Override
    public List<String> of(String service) {
        return known.getOrDefault(service, List.of());
    }

    @Override
    public void refresh() {
        refreshes++;
        known.putAll(inTheSecret);
    }
}

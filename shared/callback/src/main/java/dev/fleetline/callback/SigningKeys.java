package dev.fleetline.callback;

import java.util.List;

/** The keys with which services of the platform sign what they send us, as their registrations answered them. */
public interface SigningKeys {

    /**
     * The keys that count now for this service: the current one and the one before it, which it goes on using for a
     * while. None when nobody registered it. May be some minutes old.
     */
    List<String> of(String service);

    /**
     * Reads again, at most once in some seconds: for a signature that did not fit. An exception when the last reading
     * failed: then nobody knows whether the signature is a new one or wrong.
     */
    void refresh();
}

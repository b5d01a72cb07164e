package dev.fleetline.callback;

import java.util.Map;

/**
 * What the platform shows when it calls us.
 *
 * @param username which every callback service shows in its bodies
 * @param password shown beside it; the platform takes no new one of more than {@value #LONGEST_PASSWORD} characters
 * @param streamKey which every stream shows as Authorization
 * @param services the callback services that this value is to be told to, each with the address that it calls, noted by
 *     the rotation that made it before it touches any of them; empty for a value that people put there
 */
public record CallbackSecret(String username, String password, String streamKey, Map<String, String> services) {

    /** So many characters the platform takes. */
    public static final int LONGEST_PASSWORD = 40;

    public CallbackSecret {
        services = Map.copyOf(services);
        if (username.isBlank() || password.isBlank() || streamKey.isBlank()) {
            throw new IllegalArgumentException("username, password and streamKey must not be blank");
        }
    }

    /** With another password and stream key, for these services. */
    public CallbackSecret renewed(String newPassword, String newStreamKey, Map<String, String> toBeTold) {
        return new CallbackSecret(username, newPassword, newStreamKey, toBeTold);
    }

    /** Without anything secret, as the addresses are. */
    @Override
    public String toString() {
        return "CallbackSecret[***, services=" + services.keySet() + "]";
    }
}

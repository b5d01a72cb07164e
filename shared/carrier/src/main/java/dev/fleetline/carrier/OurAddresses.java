package dev.fleetline.carrier;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Which addresses on the platform lead to us: those of our host, with the ends that our ways in have. What stands between
 * is unguessable and not known here; it is taken from what is registered.
 */
public final class OurAddresses {

    private final String host;

    /** {@code host} is a name, with a port where it is not the usual one. */
    public OurAddresses(String host) {
        this.host = host;
    }

    /** Whether streams that are sent there come to us. */
    public boolean isStream(String address) {
        return isOurs(address, "/stream");
    }

    /** Whether callbacks of that service that are sent there come to us. */
    public boolean isCallbackOf(String service, String address) {
        return isOurs(address, "/callbacks/" + service);
    }

    private boolean isOurs(String address, String end) {
        try {
            URI shown = new URI(address);
            String path = shown.getPath();
            return shown.getHost() != null && isHost(shown) && path != null && path.endsWith(end);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** A list may show the port that an address has anyway. */
    private boolean isHost(URI shown) {
        boolean usual = shown.getPort() < 0 || shown.getPort() == ("http".equals(shown.getScheme()) ? 80 : 443);
        return host.equalsIgnoreCase(shown.getHost() + (usual ? "" : ":" + shown.getPort()));
    }
}

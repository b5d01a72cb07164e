package dev.fleetline.carrier;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

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

    /** Whether two addresses are the same place: a list may show the usual port, and a host in other letters. */
    public static boolean isSame(String one, String other) {
        return one.equals(other) || usual(one).equals(usual(other));
    }

    private static String usual(String address) {
        try {
            URI shown = new URI(address);
            return shown.getHost() == null || shown.getRawUserInfo() != null
                    ? address
                    : (shown.getScheme() + "://" + authority(shown)).toLowerCase(Locale.ROOT)
                            + shown.getRawPath()
                            + (shown.getRawQuery() == null ? "" : "?" + shown.getRawQuery());
        } catch (URISyntaxException e) {
            return address;
        }
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

    private boolean isHost(URI shown) {
        return host.equalsIgnoreCase(authority(shown));
    }

    /** A list may show the port that an address has anyway. */
    private static String authority(URI shown) {
        boolean usual = shown.getPort() < 0 || shown.getPort() == ("http".equals(shown.getScheme()) ? 80 : 443);
        return shown.getHost() + (usual ? "" : ":" + shown.getPort());
    }
}

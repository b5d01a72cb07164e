package dev.fleetline.thingspacesimulator.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Where messages can be sent. The platform takes certain ports and trusted certificates alone; here any address will do. */
public final class HttpAddress {

    private HttpAddress() {}

    /** The http or https address that a text spells. */
    public static Optional<URI> of(String text) {
        try {
            return Optional.of(new URI(text))
                    .filter(uri -> "http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    .filter(uri -> uri.getHost() != null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}

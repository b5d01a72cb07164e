package dev.fleetline.tokenauthorization;

import java.net.URI;
import java.util.List;

/** Where at ThingSpace a person consents. */
@FunctionalInterface
interface ConsentPage {

    /** Its address, for these scopes; {@code state} and a code come back to {@code redirectUri}. */
    URI address(List<String> scopes, String state, URI redirectUri);
}

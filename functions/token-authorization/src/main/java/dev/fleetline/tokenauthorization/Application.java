package dev.fleetline.tokenauthorization;

import dev.fleetline.tokens.ClientCredentials;
import dev.fleetline.tokens.TokenStore.BadSecret;
import java.net.URI;
import java.util.function.Supplier;

/** Our application at ThingSpace, as people have put it into its secret. */
final class Application {

    private final String secret;
    private final Supplier<ClientCredentials> credentials;

    /**
     * Nothing is read yet.
     *
     * @param secret the secret's name, for complaints
     */
    Application(String secret, Supplier<ClientCredentials> credentials) {
        this.secret = secret;
        this.credentials = credentials;
    }

    /** The address that ThingSpace sends the person back to; a complaint when anything of the application is missing. */
    URI redirectUri() {
        return credentials
                .get()
                .redirectUri()
                .orElseThrow(() -> new BadSecret("secret " + secret
                        + ": field redirectUri is missing or empty: put there, with infra/secrets, the callback URL that"
                        + " the application has in the ThingSpace portal"));
    }
}

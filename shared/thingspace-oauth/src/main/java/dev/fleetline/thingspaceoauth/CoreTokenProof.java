package dev.fleetline.thingspaceoauth;

import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.DeviceScope;
import dev.fleetline.tokens.TokenIssuer;
import dev.fleetline.tokens.TokenIssuer.Info;
import dev.fleetline.tokens.TokenProof;

/**
 * Proves a Core token by asking its issuer what it knows of it. One that lives and opens no device, such as one of the
 * application alone, is as good as none.
 */
public final class CoreTokenProof implements TokenProof {

    private final TokenIssuer issuer;

    /** Asks that issuer. */
    public CoreTokenProof(TokenIssuer issuer) {
        this.issuer = issuer;
    }

    @Override
    public Proof prove(AccessToken token) {
        return switch (issuer.info(token.accessToken())) {
            case Info.Alive(var _, var _, var scopes, var _, var _) ->
                DeviceScope.isAmong(scopes) ? new Proof.Alive() : new Proof.TokenEnded();
            case Info.Unknown() -> new Proof.TokenEnded();
            case Info.Unavailable(var reason) -> new Proof.Unavailable(reason);
        };
    }
}
